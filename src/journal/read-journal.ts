// Every question a journal answers; the same for its owner and for a reader beside it.

import type { SQLOutputValue } from 'node:sqlite';
import { sql, type CompiledQuery, type Kysely } from 'kysely';
import type { JournalEvent } from '../domain/journal-event.ts';
import { recordRows } from './check-chain.ts';
import { JournalFailure, type JournalRecord, type ReadOnlyJournal } from './journal.ts';
import type { SqlStatement } from './journal-volume.ts';
import { failureOfReading } from './refusal-of-error.ts';
import type { JournalTables, RecordRow } from './schema.ts';
import { verifyJournal, type JournalParts } from './verify-journal.ts';

/**
 * The reading half of a journal; `close` is the opener's. A question that SQLite cannot answer is a
 * `JournalFailure`: what cannot be read must not be taken for absent.
 */
export function readingHalf(parts: JournalParts): Omit<ReadOnlyJournal, 'close'> {
  const { id, queries } = parts;
  const ask = oftenAsked(parts);
  return {
    id,
    read: (stream) => answered(async () => ask.stream.all(stream).map(asRecord)),
    last: (stream) =>
      answered(async () => {
        const row = stream === undefined ? ask.last.get() : ask.lastOf.get(stream);
        return row && asRecord(row);
      }),
    openStreams: (prefix) => answered(() => openStreams(queries, prefix)),
    recentStreams: (prefix, limit) => answered(() => recentStreams(queries, prefix, limit)),
    keys: (name, value) =>
      answered(async () => {
        if (value === undefined) return ask.keys.all(name).map(asKey);
        if (typeof value === 'string') return ask.keysOf.all(name, value).map(asKey);
        return keysOfMany(queries, name, value);
      }),
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

async function answered<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await question();
  } catch (error) {
    throw failureOfReading(error);
  }
}

/** What is asked for every order, prepared once. */
function oftenAsked({
  database,
  queries,
}: JournalParts): Readonly<Record<'stream' | 'last' | 'lastOf' | 'keys' | 'keysOf', SqlStatement>> {
  const records = queries.selectFrom('record').selectAll();
  const ofStream = records.where('stream', '=', '');
  const keys = queries.selectFrom('stream_key').select(['value', 'stream']).where('name', '=', '');
  const prepared = (query: { compile(): CompiledQuery }): SqlStatement =>
    database.prepare(query.compile().sql);
  return {
    stream: prepared(ofStream.orderBy('sequence')),
    last: prepared(records.orderBy('sequence', 'desc').limit(sql<number>`1`)),
    lastOf: prepared(ofStream.orderBy('sequence', 'desc').limit(sql<number>`1`)),
    keys: prepared(keys.orderBy(sql`rowid`)),
    keysOf: prepared(keys.where('value', '=', '').orderBy(sql`rowid`)),
  };
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

/** The keys under many values at once, in the order written. */
async function keysOfMany(
  queries: Kysely<JournalTables>,
  name: string,
  values: readonly string[],
): Promise<readonly { readonly value: string; readonly stream: string }[]> {
  const named = queries
    .selectFrom('stream_key')
    .select(['value', 'stream', sql<number>`rowid`.as('row')])
    .where('name', '=', name);
  const rows = [];
  for (let from = 0; from < values.length; from += VALUES_AT_ONCE)
    rows.push(...(await named.where('value', 'in', values.slice(from, from + VALUES_AT_ONCE)).execute()));
  return rows.sort((a, b) => a.row - b.row).map(({ value, stream }) => ({ value, stream }));
}

/** SQLite takes 32,766 parameters in one statement. */
const VALUES_AT_ONCE = 10_000;

/** The end of the range of names that begin with a prefix: no name holds the last code point there is. */
function afterPrefix(prefix: string): string {
  return `${prefix}\u{10FFFF}`;
}

function asRecord(row: Readonly<Record<string, SQLOutputValue>> | RecordRow): JournalRecord {
  const { sequence, stream, at, body } = row;
  try {
    return {
      sequence: Number(sequence),
      stream: String(stream),
      at: String(at),
      event: JSON.parse(String(body)) as JournalEvent,
    };
  } catch (error) {
    throw new JournalFailure(
      `record ${String(sequence)} of the journal is damaged; "goniec journal verify" says more`,
      error,
    );
  }
}

function asKey(row: Readonly<Record<string, SQLOutputValue>>): { value: string; stream: string } {
  return { value: String(row.value), stream: String(row.stream) };
}
