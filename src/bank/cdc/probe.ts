// Finds out at a bank's test endpoint how it answers an unknown and a repeated message id, so that a person can fill in
// the bank's AnswerProfile from what was seen.

import type { Operation } from '../../domain/bank-profile.ts';
import type { StatusReason } from '../../domain/order-event.ts';
import { openEnvelope } from './answers/envelope.ts';
import { readServiceFault } from './answers/service-fault.ts';
import { allReasons, readStatusReport } from './answers/status-report.ts';
import { isUnreadable } from './answers/unreadable.ts';
import type { CdcOptions } from './cdc-options.ts';
import { connectTo } from './cdc-service.ts';
import { requestOf, type Exchange } from './transport/exchange.ts';

/** A complete message as `compose` made it, with payments that may be lost or executed twice without harm. */
export interface ProbeOrder {
  readonly operation: Operation;
  readonly bytes: Uint8Array;
}

/** What one question was answered with. */
export interface ProbeAnswer {
  readonly kind: 'report' | 'fault' | 'something-else' | 'no-answer';
  readonly httpStatus: number | undefined;
  /** GrpSts of a report. */
  readonly groupStatus: string | undefined;
  /** Codes of the fault, or of the reasons in the report. */
  readonly codes: readonly string[];
  /** For a person: all the texts, or what went wrong. */
  readonly text: string;
}

export interface ProbeFindings {
  readonly unknownId: ProbeAnswer;
  /** Absent when no message was given. */
  readonly firstSending?: ProbeAnswer;
  readonly repeatedId?: ProbeAnswer;
  /** Codes to consider for the profile; a person decides, because a code may mean more than was seen here. */
  readonly suggested: { readonly notFound: readonly string[]; readonly duplicate: readonly string[] };
}

/** Only for a test endpoint: the message is sent twice on purpose. Never throws for what a network or a bank does. */
export async function probeAnswers(options: CdcOptions, order?: ProbeOrder): Promise<ProbeFindings> {
  const { dialect, soap, queries, pool } = connectTo(options);
  try {
    const unknownId = probeAnswerOf(await pool.query(queries.harmless().request));
    const notFound = isRefusal(unknownId) ? unknownId.codes : [];
    if (order === undefined) return { unknownId, suggested: { notFound, duplicate: [] } };
    const request = requestOf(soap.action(dialect.orderOperations[order.operation]), order.bytes);
    const firstSending = probeAnswerOf(await pool.order(request));
    const repeatedId = probeAnswerOf(await pool.order(request));
    const duplicate = isRefusal(repeatedId)
      ? repeatedId.codes.filter((code) => !firstSending.codes.includes(code))
      : [];
    return { unknownId, firstSending, repeatedId, suggested: { notFound, duplicate } };
  } finally {
    await pool.close();
  }
}

/** A report without RJCT says that the bank took the message, so its codes mean something else. */
function isRefusal(answer: ProbeAnswer): boolean {
  return answer.kind === 'fault' || (answer.kind === 'report' && answer.groupStatus === 'RJCT');
}

function probeAnswerOf(outcome: Exchange): ProbeAnswer {
  if (outcome.kind !== 'answered') return withoutCodes('no-answer', undefined, outcome.cause);
  const { status, body } = outcome;
  const opened = openEnvelope(body);
  if (isUnreadable(opened)) return withoutCodes('something-else', status, opened.reason);
  if (opened.kind === 'fault') {
    const fault = readServiceFault(opened.document);
    if (isUnreadable(fault)) return withoutCodes('something-else', status, fault.reason);
    return {
      kind: 'fault',
      httpStatus: status,
      groupStatus: undefined,
      codes: codesOf(fault.reasons),
      text: fault.text,
    };
  }
  const report = readStatusReport(opened.document);
  if (isUnreadable(report)) return withoutCodes('something-else', status, report.reason);
  const reasons = allReasons(report);
  const text = reasons.flatMap(({ texts }) => texts).join('; ');
  return {
    kind: 'report',
    httpStatus: status,
    groupStatus: report.groupStatus,
    codes: codesOf(reasons),
    text,
  };
}

function withoutCodes(
  kind: 'something-else' | 'no-answer',
  httpStatus: number | undefined,
  text: string,
): ProbeAnswer {
  return { kind, httpStatus, groupStatus: undefined, codes: [], text };
}

function codesOf(reasons: readonly StatusReason[]): string[] {
  return [...new Set(reasons.flatMap(({ code }) => (code === undefined ? [] : [code])))];
}
