// Reads documents as they would stand in a kept answer, and gives all that was taken on the way.

import type {
  AnswerBytes,
  Attachment,
  History,
  StatementDocument,
  Unreadable,
} from '../../../src/bank/channel.ts';
import { readAttachment } from '../../../src/bank/cdc/answers/attachment.ts';
import { balancesAnswerOf, type BalancesAnswer } from '../../../src/bank/cdc/answers/balances.ts';
import { readHistory } from '../../../src/bank/cdc/answers/history.ts';
import { readStatement } from '../../../src/bank/cdc/answers/statement.ts';
import { isUnreadable, readingOf } from '../../../src/bank/cdc/answers/unreadable.ts';
import type { CdcDialect } from '../../../src/bank/cdc/dialects/dialect.ts';
import type { BookedEntry, ListedEntry } from '../../../src/domain/entry.ts';
import { envelope } from './test-bank.ts';

/** An answer of these bytes, in pieces of `pieceBytes`. */
export function heldAnswer(content: Uint8Array | string, pieceBytes = 1000): AnswerBytes {
  const bytes = Buffer.from(content);
  return async function* ({ from, to } = { from: 0, to: Infinity }) {
    const end = Math.min(to, bytes.length);
    for (let at = from; at < end; at += pieceBytes) yield bytes.subarray(at, Math.min(end, at + pieceBytes));
  };
}

/** The answer that a document comes in. */
export function inAnswer(document: Uint8Array | string): string {
  const text = Buffer.from(document).toString('utf8');
  return envelope(`<w:R xmlns:w="urn:w">${text.replace(/^\uFEFF?(<\?xml.*?\?>)?/s, '')}</w:R>`);
}

export async function historyIn(
  document: Uint8Array | string,
  dialect: CdcDialect,
): Promise<(History & { readonly entries: readonly ListedEntry[] }) | Unreadable> {
  return historyAnswer(heldAnswer(inAnswer(document)), dialect);
}

export async function historyAnswer(
  answer: AnswerBytes,
  dialect: CdcDialect,
): Promise<(History & { readonly entries: readonly ListedEntry[] }) | Unreadable> {
  const entries: ListedEntry[] = [];
  const read = await readHistory(answer, dialect, async (some) => void entries.push(...some));
  return isUnreadable(read) ? read : { ...read, entries };
}

export async function statementIn(
  document: Uint8Array | string,
  dialect: CdcDialect,
): Promise<(StatementDocument & { readonly entries: readonly BookedEntry[] }) | Unreadable> {
  return statementAnswer(heldAnswer(inAnswer(document)), dialect);
}

export async function statementAnswer(
  answer: AnswerBytes,
  dialect: CdcDialect,
): Promise<(StatementDocument & { readonly entries: readonly BookedEntry[] }) | Unreadable> {
  const entries: BookedEntry[] = [];
  const read = await readStatement(answer, dialect, async (some) => void entries.push(...some));
  return isUnreadable(read) ? read : { ...read, entries };
}

export function balancesIn(document: Uint8Array, dialect: CdcDialect): BalancesAnswer | Unreadable {
  return readingOf(document, (root) => balancesAnswerOf(root, dialect));
}

export async function attachmentIn(
  answer: AnswerBytes,
): Promise<(Omit<Attachment, 'content'> & { readonly content: Buffer }) | Unreadable> {
  const read = await readAttachment(answer);
  return isUnreadable(read) ? read : { ...read, content: await wholeOf(read.content()) };
}

export async function wholeOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const gathered: Uint8Array[] = [];
  for await (const piece of pieces) gathered.push(Buffer.from(piece));
  return Buffer.concat(gathered);
}
