// GetPaymentStatusReport: what became of a message, unless the bank is in a mood not to know it.

import type { AnswerDocument } from './answer-envelope.ts';
import { documentId, present } from './bank.ts';
import type { Bank } from './bank.ts';
import type { Taking } from './ledger.ts';
import { LATE_MS } from './moods.ts';
import type { QueryValues } from './query-values.ts';
import { refusal } from './request-reader.ts';
import type { Refusal } from './request-reader.ts';
import { statusAnswer } from './status-answer.ts';

/** `unlisted`: the fault that says nothing, because nobody has listed its code. */
export type StatusAnswer = AnswerDocument | Refusal | { readonly kind: 'unlisted'; readonly text: string };

/** The statuses of the message asked for; of a repeated message the newest. */
export async function answerStatusQuery(
  bank: Bank,
  customer: string,
  query: QueryValues,
): Promise<StatusAnswer> {
  const messageId = query.one('GetPayStsRpt/OrgnlGrpInfAndSts/OrgnlMsgId') ?? '';
  const nowMs = present(bank);
  const taking = bank.ledger.takingsOf(customer, messageId).at(-1);
  if (taking !== undefined && !(await isDenied(bank, taking, nowMs)))
    return statusAnswer(taking, documentId(bank, 'PSR'), nowMs);
  const text = `Message ${messageId} is not known`;
  if ((await bank.moods.use(['unknown-ids-unlisted-fault'], 'status')) !== undefined)
    return { kind: 'unlisted', text };
  return refusal('E404', text);
}

async function isDenied(bank: Bank, taking: Taking, nowMs: number): Promise<boolean> {
  const late = bank.moods.current.find((mood) => mood.mood === 'not-found-then-found');
  if (late !== undefined && nowMs < taking.event.at + (late.ms ?? LATE_MS)) {
    await bank.moods.use(['not-found-then-found'], 'status');
    return true;
  }
  if (!bank.moods.current.some((mood) => mood.mood === 'confirmed-then-denied')) return false;
  if (taking.confirmed) return (await bank.moods.use(['confirmed-then-denied'], 'status')) !== undefined;
  bank.ledger.record([{ type: 'confirmed', at: nowMs, taking: taking.number }]);
  return false;
}
