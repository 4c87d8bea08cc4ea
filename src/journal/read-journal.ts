// Every question a journal answers; the same for its owner and for a reader beside it.

import { sql, type Kysely } from 'kysely';
import type { JournalEvent } from '../domain/journal-event.ts';
import { recordRows } from './check-chain.ts';
import { JournalFailure, type JournalRecord, type ReadOnlyJournal } from './journal.ts';
import { failureOfReading } from './refusal-of-error.ts';
import type { JournalTables, RecordRow } from './schema.ts';
import { verifyJournal, type JournalParts } from './verify-journal.ts';

/**
 * The reading half of a journal; `close` is the opener's. A question that SQLite cannot answer is a
 * `JournalFailure`: what cannot be read must not be taken for absent.
 */
export function readingHalf(parts: JournalParts): Omit<ReadOnlyJournal, 'close'> {
  const { id, queries } = parts;
  return {
    id,
    read: (stream) => answered(readStream(queries, stream)),
    last: (stream) => answered(lastRecord(queries, stream)),
    openStreams: (prefix) => answered(openStreams(queries, prefix)),
    recentStreams: (prefix, limit) => answered(recentStreams(queries, prefix, limit)),
    keys: (name, value) => answered(keys(queries, name, value)),
    async *records(after) {
      try {
        for await (const row of recordRows(queries, after)) yield asRecord(row);
      } catch (error) {
        throw failureOfReading(error);
      }
    },
    verify: async () => {
      const verified = await verifyJournal(parts);
      return 'reason' in verified ? verified : undefined;
    },
  };
}

async function answered<Answer>(question: Promise<Answer>): Promise<Answer> {
  try {
    return await question;
  } catch (error) {
    throw failureOfReading(error);
  }
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

async function lastRecord(
  queries: Kysely<JournalTables>,
  stream: string | undefined,
): Promise<JournalRecord | undefined> {
  const newest = queries.selectFrom('record').selectAll().orderBy('sequence', 'desc').limit(1);
  const row = await (stream === undefined ? newest : newest.where('stream', '=', stream)).executeTakeFirst();
  return row && asRecord(row);
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

function asRecord({ sequence, stream, at, body }: RecordRow): JournalRecord {
  try {
    return { sequence, stream, at, event: JSON.parse(body) as JournalEvent };
  } catch (error) {
    throw new JournalFailure(
      `record ${sequence} of the journal is damaged; "goniec journal verify" says more`,
      error,
    );
  }
}
