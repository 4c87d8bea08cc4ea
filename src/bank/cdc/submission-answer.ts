// What the bank's answer to an order proves. Whatever is not proof is `lost`, however much it looks like a refusal.

import type { AnswerProfile } from '../../domain/bank-profile.ts';
import type { StatusReason } from '../../domain/order-event.ts';
import type { StatusReport } from '../channel.ts';
import { openEnvelope } from './answers/envelope.ts';
import { readServiceFault, type ServiceFault } from './answers/service-fault.ts';
import { allReasons, readStatusReport } from './answers/status-report.ts';
import { isUnreadable } from './answers/unreadable.ts';

export type SubmissionAnswer =
  | { readonly kind: 'answered'; readonly report: StatusReport }
  | { readonly kind: 'refused'; readonly reasons: readonly StatusReason[]; readonly systemic: boolean }
  | { readonly kind: 'duplicate'; readonly code: string }
  | { readonly kind: 'lost'; readonly cause: string };

/** Reads a complete HTTP answer to the order with this message id. */
export function readSubmissionAnswer(
  status: number,
  body: Uint8Array,
  messageId: string,
  profile: AnswerProfile,
): SubmissionAnswer {
  if (status !== 200 && status !== 500) return lost(`the bank answered with HTTP ${status}`);
  const opened = openEnvelope(body);
  if (isUnreadable(opened)) return lost(`the bank answered with HTTP ${status}, and ${opened.reason}`);
  if (opened.kind === 'fault') {
    const fault = readServiceFault(opened.document);
    return isUnreadable(fault)
      ? lost(`the bank's fault cannot be read: ${fault.reason}`)
      : faultAnswer(fault, messageId, profile);
  }
  if (status !== 200) return lost(`the bank answered with HTTP ${status} and no fault`);
  const report = readStatusReport(opened.document);
  if (isUnreadable(report)) return lost(`the bank's answer is no status report: ${report.reason}`);
  return reportAnswer(report, messageId, profile);
}

function faultAnswer(fault: ServiceFault, messageId: string, profile: AnswerProfile): SubmissionAnswer {
  if (fault.refersTo !== undefined && fault.refersTo !== '' && fault.refersTo !== messageId) {
    return lost(`the bank's fault is about the message ${fault.refersTo}: ${fault.text}`);
  }
  const codes = fault.reasons.flatMap(({ code }) => (code === undefined ? [] : [code]));
  // A repeated id means that the bank has the message, and no other code can take that back.
  const duplicate = codes.find((code) => profile.duplicate.includes(code));
  if (duplicate !== undefined) return { kind: 'duplicate', code: duplicate };
  const systemic = codes.some((code) => profile.systemic.includes(code));
  if (systemic || codes.some((code) => profile.refusal.includes(code)))
    return { kind: 'refused', reasons: fault.reasons, systemic };
  return lost(`the bank answered with a fault that is not known to be a refusal: ${fault.text}`);
}

function reportAnswer(report: StatusReport, messageId: string, profile: AnswerProfile): SubmissionAnswer {
  if (report.originalMessageId !== messageId)
    return lost(`the bank's report is about the message ${report.originalMessageId}`);
  // A bank may say "I have this id" at any level; believing it costs a question, overlooking it could cost a payment.
  const duplicate = allReasons(report).find(
    ({ code }) => code !== undefined && profile.duplicate.includes(code),
  );
  if (duplicate?.code !== undefined) return { kind: 'duplicate', code: duplicate.code };
  const isSystemic = report.groupReasons.some(
    ({ code }) => code !== undefined && profile.systemic.includes(code),
  );
  if (report.groupStatus === 'RJCT' && isSystemic)
    return { kind: 'refused', reasons: report.groupReasons, systemic: true };
  return { kind: 'answered', report };
}

function lost(cause: string): SubmissionAnswer {
  return { kind: 'lost', cause };
}
