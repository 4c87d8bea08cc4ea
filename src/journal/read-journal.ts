// Every question a journal answers; the same for its owner and for a reader beside it.

import { sql, type Kysely } from 'kysely';
import type { JournalEvent } from '../domain/journal-event.ts';
import { recordRows } from './check-chain.ts';
import type { JournalRecord, ReadOnlyJournal } from './journal.ts';
import type { JournalTables, RecordRow } from './schema.ts';
import { verifyJournal, type JournalParts } from './verify-journal.ts';

/** The reading half of a journal; `close` is the opener's. */
export function readingHalf(parts: JournalParts): Omit<ReadOnlyJournal, 'close'> {
  const { id, queries } = parts;
  return {
    id,
    read: (stream) => readStream(queries, stream),
    openStreams: (prefix) => openStreams(queries, prefix),
    recentStreams: (prefix, limit) => recentStreams(queries, prefix, limit),
    keys: (name, value) => keys(queries, name, value),
    async *records(after) {
      for await (const row of recordRows(queries, after)) yield asRecord(row);
    },
    verify: () => verifyJournal(parts),
  };
}

async function readStream(queries: Kysely<JournalTables>, stream: string): Promise<readonly JournalRecord[]> {
  const rows = await queries
    .selectFrom('record')
    .selectAll()
    .where('stream', '=', stream)
    .orderBy('sequence')
    .execute();
  return rows.map(asRecord);
}

async function openStreams(queries: Kysely<JournalTables>, prefix: string): Promise<readonly string[]> {
  const rows = await queries
    .selectFrom('stream')
    .select('name')
    .where('closed', 'is', null)
    .where('name', '>=', prefix)
    .where('name', '<', afterPrefix(prefix))
    .orderBy('name')
    .execute();
  return rows.map((row) => row.name);
}

async function recentStreams(
  queries: Kysely<JournalTables>,
  prefix: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await queries
    .selectFrom('stream')
    .select('name')
    .where('name', '>=', prefix)
    .where('name', '<', afterPrefix(prefix))
    .orderBy('opened', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => row.name);
}

async function keys(
  queries: Kysely<JournalTables>,
  name: string,
  value: string | undefined,
): Promise<readonly { readonly value: string; readonly stream: string }[]> {
  const named = queries.selectFrom('stream_key').select(['value', 'stream']).where('name', '=', name);
  const narrowed = value === undefined ? named : named.where('value', '=', value);
  return await narrowed.orderBy(sql`rowid`).execute();
}

/** The end of the range of names that begin with a prefix: no name holds the last code point there is. */
function afterPrefix(prefix: string): string {
  return `${prefix}\u{10FFFF}`;
}

function asRecord(row: RecordRow): JournalRecord {
  return {
    sequence: row.sequence,
    stream: row.stream,
    at: row.at,
    event: JSON.parse(row.body) as JournalEvent,
  };
}
