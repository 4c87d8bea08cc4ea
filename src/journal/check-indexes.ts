// Checks the derived tables against the records: they decide what is worked on and what counts as a
// duplicate, so they are computed again and compared whole.

import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { closesStream, keysOf } from '../domain/journal-index.ts';
import type { JournalEvent } from '../domain/journal-event.ts';
import type { JournalDamage } from './journal.ts';
import type { RecordRow, StreamKeyRow } from './schema.ts';
import type { JournalParts } from './verify-journal.ts';

const RECORDS_PER_READ = 500;

export interface IndexesChecked {
  readonly keys: number;
  readonly streams: number;
}

/**
 * Streams that are not as their records say, and rows that no record stands behind. Each is one statement,
 * so that records appended meanwhile cannot make a difference.
 */
const NO_SUCH_RECORD = [
  {
    sql: `SELECT k.sequence FROM stream_key k LEFT JOIN record r ON r.sequence = k.sequence
          WHERE r.sequence IS NULL OR r.stream <> k.stream LIMIT 1`,
    reason: 'a key is stored that no record has',
  },
  {
    sql: `SELECT s.last AS sequence FROM stream s
          LEFT JOIN (SELECT stream, min(sequence) AS opened, max(sequence) AS last FROM record GROUP BY stream) r
          ON r.stream = s.name WHERE r.opened IS NULL OR r.opened <> s.opened OR r.last <> s.last LIMIT 1`,
    reason: 'a stream is stored that begins or ends with other records',
  },
  {
    sql: `SELECT s.closed AS sequence FROM stream s LEFT JOIN record r ON r.sequence = s.closed
          WHERE s.closed IS NOT NULL AND (r.stream IS NULL OR r.stream <> s.name) LIMIT 1`,
    reason: 'a stream is stored as closed by a record that is not its own',
  },
] as const;

/** Checks the indexes of the records up to `last`. */
export async function checkIndexes(
  parts: JournalParts,
  last: number,
): Promise<IndexesChecked | JournalDamage> {
  for (const { sql: query, reason } of NO_SUCH_RECORD) {
    const wrong = parts.database.prepare(query).get();
    if (wrong !== undefined) return { sequence: Number(wrong.sequence), reason };
  }
  return checkIndexesOf(parts, 1, last);
}

/** The same for the records from `first` to `last` alone, in time that grows with their number. */
export async function checkIndexesOf(
  parts: JournalParts,
  first: number,
  last: number,
): Promise<IndexesChecked | JournalDamage> {
  let keys = 0;
  let streams = 0;
  for (let from = first; from <= last; from += RECORDS_PER_READ) {
    const to = Math.min(from + RECORDS_PER_READ - 1, last);
    const stored = keysBySequence(await storedKeys(parts, from, to));
    for (const row of await recordsWithStreams(parts, from, to)) {
      const fault = recordFault(row, stored.get(row.sequence) ?? []);
      if (fault !== undefined) return { sequence: row.sequence, reason: fault };
      keys += stored.get(row.sequence)?.length ?? 0;
      streams += row.opened === row.sequence ? 1 : 0;
    }
    // Between two pieces other work of the process gets its turn.
    if (to < last) await setImmediate();
  }
  return { keys, streams };
}

type IndexedRecord = Omit<RecordRow, 'hash' | 'at'> & {
  readonly opened: number | null;
  readonly last: number | null;
  readonly closed: number | null;
};

async function recordsWithStreams(
  { queries }: JournalParts,
  from: number,
  to: number,
): Promise<readonly IndexedRecord[]> {
  return await queries
    .selectFrom('record')
    .leftJoin('stream', 'stream.name', 'record.stream')
    .select([
      'record.sequence',
      'record.stream',
      'record.body',
      'stream.opened',
      'stream.last',
      'stream.closed',
    ])
    .where('record.sequence', '>=', from)
    .where('record.sequence', '<=', to)
    .orderBy('record.sequence')
    .execute();
}

async function storedKeys(
  { queries }: JournalParts,
  from: number,
  to: number,
): Promise<readonly StreamKeyRow[]> {
  return await queries
    .selectFrom('stream_key')
    .selectAll()
    .where('sequence', '>=', from)
    .where('sequence', '<=', to)
    .orderBy('sequence')
    .orderBy(sql`rowid`)
    .execute();
}

function keysBySequence(rows: readonly StreamKeyRow[]): ReadonlyMap<number, readonly StreamKeyRow[]> {
  return Map.groupBy(rows, ({ sequence }) => sequence);
}

/** What is wrong with what one record has in the indexes. */
function recordFault(row: IndexedRecord, stored: readonly StreamKeyRow[]): string | undefined {
  const event = JSON.parse(row.body) as JournalEvent;
  const expected = keysOf(row.stream, event);
  const same = ({ name, value, stream }: StreamKeyRow, index: number): boolean =>
    name === expected[index]?.name && value === expected[index].value && stream === row.stream;
  if (stored.length !== expected.length || !stored.every(same))
    return 'the keys stored for the record are not its own';
  if (row.opened === null || row.last === null) return 'the stream of the record is not stored';
  if (row.last < row.sequence) return 'the stream of the record is stored as ending before it';
  const closed = row.closed !== null && row.closed <= row.sequence;
  if (closesStream(event) && !closed) return 'the record closes its stream, which is stored as open';
  return row.closed === row.sequence && !closesStream(event)
    ? 'the stream is stored as closed by this record'
    : undefined;
}
