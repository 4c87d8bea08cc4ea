// The journal as NDJSON, so that a stranger can follow the chain with nothing but SHA-256: see docs/journal.md.

import { recordRows } from './check-chain.ts';
import { chainHash, chainStart, sameBytes } from './hash-chain.ts';
import type { JournalDamage } from './journal.ts';
import { failureOfReading } from './refusal-of-error.ts';
import { hashAt, type JournalParts } from './verify-journal.ts';

/**
 * The lines of an export from record `from` on, the heading first; undefined where the journal ends before
 * it. The lines return how many records they held, or stop at the first that breaks the chain.
 */
export async function exportLines(
  parts: JournalParts,
  from: number,
): Promise<AsyncGenerator<string, number | JournalDamage> | undefined> {
  const before = from === 1 ? chainStart(parts.id).hash : await hashAt(parts.queries, from - 1);
  return before === undefined ? undefined : lines(parts, from, before);
}

async function* lines(
  parts: JournalParts,
  from: number,
  before: Uint8Array,
): AsyncGenerator<string, number | JournalDamage> {
  yield `${JSON.stringify({ journal: parts.id, format: 1, after: from - 1, hash: hex(before) })}\n`;
  let hash = before;
  let count = 0;
  for await (const row of readable(recordRows(parts.queries, from - 1))) {
    const sequence = from + count;
    if (row.sequence !== sequence || !sameBytes(chainHash(hash, row), row.hash))
      return { sequence, reason: 'the record is missing or is not the one that was written' };
    hash = row.hash;
    count += 1;
    const stream = JSON.stringify(row.stream);
    // The event goes out as the bytes that were hashed, never written anew.
    yield `{"sequence":${sequence},"stream":${stream},"at":${JSON.stringify(row.at)},"event":${row.body},"hash":"${hex(hash)}"}\n`;
  }
  return count;
}

async function* readable<Row>(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  try {
    yield* rows;
  } catch (error) {
    throw failureOfReading(error);
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
