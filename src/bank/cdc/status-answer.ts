// What the bank's answer to "what became of this message?" says: its report, that it has no such message, or nothing.

import type { AnswerProfile } from '../../domain/bank-profile.ts';
import type { StatusReport } from '../channel.ts';
import { openEnvelope } from './answers/envelope.ts';
import { readServiceFault, type ServiceFault } from './answers/service-fault.ts';
import { allReasons, readStatusReport } from './answers/status-report.ts';
import { isUnreadable } from './answers/unreadable.ts';

export type StatusAnswer =
  | { readonly kind: 'report'; readonly report: StatusReport }
  | { readonly kind: 'not-found'; readonly code: string }
  | { readonly kind: 'no-answer'; readonly cause: string };

/** `asked` is the message in question, `queryId` the id of the question. */
export function readStatusAnswer(
  status: number,
  body: Uint8Array,
  asked: string,
  queryId: string,
  profile: AnswerProfile,
): StatusAnswer {
  if (status !== 200 && status !== 500) return noAnswer(`the bank answered with HTTP ${status}`);
  const opened = openEnvelope(body);
  if (isUnreadable(opened)) return noAnswer(`the bank answered with HTTP ${status}, and ${opened.reason}`);
  if (opened.kind === 'fault') {
    const fault = readServiceFault(opened.document);
    return isUnreadable(fault)
      ? noAnswer(`the bank's fault cannot be read: ${fault.reason}`)
      : faultAnswer(fault, [asked, queryId], profile);
  }
  const report = readStatusReport(opened.document);
  if (isUnreadable(report)) return noAnswer(`the bank's answer is no status report: ${report.reason}`);
  if (report.originalMessageId !== asked)
    return noAnswer(`the bank's report is about the message ${report.originalMessageId}`);
  const codes = allReasons(report).flatMap(({ code }) => code ?? []);
  // It is of a copy that was refused because the bank has another: of that one it says nothing.
  const duplicate = codes.find((code) => profile.duplicate.includes(code));
  if (duplicate !== undefined)
    return noAnswer(`the bank's report is of a repeated sending that it refused (${duplicate})`);
  // Some services report an id they do not have as a rejected one.
  const notFound = codes.find((code) => profile.notFound.includes(code));
  if (notFound !== undefined && statusesOf(report).every((status) => status === 'RJCT'))
    return { kind: 'not-found', code: notFound };
  return { kind: 'report', report };
}

/** All that it calls by a status: the whole, blocks, transfers. */
function statusesOf({ groupStatus, blocks }: StatusReport): string[] {
  const all = [
    groupStatus,
    ...blocks.flatMap(({ status, transfers }) => [status, ...transfers.map((each) => each.status)]),
  ];
  return all.filter((status) => status !== undefined);
}

/** "Not found" may lead to the message being sent again, so a fault about anything else does not count. */
function faultAnswer(fault: ServiceFault, ids: readonly string[], profile: AnswerProfile): StatusAnswer {
  if (fault.refersTo !== undefined && fault.refersTo !== '' && !ids.includes(fault.refersTo)) {
    return noAnswer(`the bank's fault is about the message ${fault.refersTo}: ${fault.text}`);
  }
  const code = fault.reasons
    .map((reason) => reason.code)
    .find((one) => one !== undefined && profile.notFound.includes(one));
  if (code !== undefined) return { kind: 'not-found', code };
  return noAnswer(`the bank answered with a fault: ${fault.text}`);
}

function noAnswer(cause: string): StatusAnswer {
  return { kind: 'no-answer', cause };
}
