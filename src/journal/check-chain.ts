// Walks the chain of a journal and says where it breaks.

import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { chainHash, checkpointSeal, sameBytes, type ChainEnd } from './hash-chain.ts';
import type { JournalDamage } from './journal.ts';
import type { JournalTables, RecordRow } from './schema.ts';

const ROWS_PER_READ = 500;

export type ChainCheck =
  | { readonly sound: true; readonly end: ChainEnd }
  | { readonly sound: false; readonly damage: JournalDamage };

/** Checks every record after `start`; `end` is the last record, or `start` where there is none. */
export async function checkChain(queries: Kysely<JournalTables>, start: ChainEnd): Promise<ChainCheck> {
  let end = start;
  for await (const row of recordRows(queries, start.sequence)) {
    const sequence = end.sequence + 1;
    if (row.sequence !== sequence)
      return broken(sequence, `the record is missing; the next one there is ${row.sequence}`);
    if (!sameBytes(chainHash(end.hash, row), row.hash)) {
      return broken(sequence, 'the record is not the one that was written (its hash does not fit)');
    }
    end = { sequence, hash: row.hash };
  }
  return { sound: true, end };
}

/** Rows after `after`, in pieces; between two pieces other work of the process gets its turn. */
export async function* recordRows(queries: Kysely<JournalTables>, after: number): AsyncGenerator<RecordRow> {
  let last = after;
  for (;;) {
    const rows = await queries
      .selectFrom('record')
      .selectAll()
      .where('sequence', '>', last)
      .orderBy('sequence')
      .limit(ROWS_PER_READ)
      .execute();
    yield* rows;
    last = rows.at(-1)?.sequence ?? last;
    if (rows.length < ROWS_PER_READ) return;
    await setImmediate();
  }
}

/**
 * The last checkpoint, believed only if its seal fits and its record is there; `none` where no checkpoint is
 * stored.
 */
export async function lastCheckpoint(
  queries: Kysely<JournalTables>,
  journalId: string,
): Promise<ChainEnd | 'none' | JournalDamage> {
  const row = await queries
    .selectFrom('checkpoint')
    .leftJoin('record', 'record.sequence', 'checkpoint.sequence')
    .select(['checkpoint.sequence', 'checkpoint.hash', 'checkpoint.seal', 'record.hash as recordHash'])
    .orderBy('checkpoint.sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return 'none';
  const end = { sequence: row.sequence, hash: row.hash };
  const sealed = sameBytes(row.seal, checkpointSeal(journalId, end));
  if (!sealed || row.recordHash === null || !sameBytes(row.recordHash, row.hash)) {
    return { sequence: row.sequence, reason: 'the checkpoint does not fit its record' };
  }
  return end;
}

function broken(sequence: number, reason: string): ChainCheck {
  return { sound: false, damage: { sequence, reason } };
}
