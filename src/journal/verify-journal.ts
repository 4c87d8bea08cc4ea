// The whole check of a journal: the database file, the chain from the first record, the index, the head.

import type { DatabaseSync } from 'node:sqlite';
import { sql, type Kysely } from 'kysely';
import { closesStream, keysOf } from '../domain/journal-index.ts';
import type { JournalEvent } from '../domain/journal-event.ts';
import { checkChain, lastCheckpoint, recordRows } from './check-chain.ts';
import { chainStart, sameBytes } from './hash-chain.ts';
import { readHead } from './head-file.ts';
import type { JournalDamage } from './journal.ts';
import type { JournalTables, RecordRow } from './schema.ts';

export interface JournalParts {
  readonly id: string;
  readonly database: DatabaseSync;
  readonly queries: Kysely<JournalTables>;
  readonly headPath: string;
}

/** undefined when everything fits together. Reads the whole journal; safe while the owner appends. */
export async function verifyJournal(parts: JournalParts): Promise<JournalDamage | undefined> {
  // The head is read first: what it names was committed before it was written, so the walk must meet it.
  const head = await readHead(parts.headPath);
  const file = parts.database.prepare('PRAGMA integrity_check(1)').get()?.integrity_check;
  if (file !== 'ok') return { sequence: 0, reason: `the database file is damaged: ${String(file)}` };
  const chain = await checkChain(parts.queries, chainStart(parts.id));
  if (!chain.sound) return chain.damage;
  const checkpoint = await lastCheckpoint(parts.queries, parts.id);
  if (typeof checkpoint === 'object' && 'reason' in checkpoint) return checkpoint;
  const index = await checkIndex(parts.queries, chain.end.sequence);
  if (index !== undefined) return index;
  if (head === 'missing' || head === 'unreadable') return { sequence: 0, reason: `the head file is ${head}` };
  return await checkHead(parts, head.sequence, head.hash);
}

async function checkHead(
  parts: JournalParts,
  sequence: number,
  hash: Uint8Array,
): Promise<JournalDamage | undefined> {
  const there = sequence === 0 ? chainStart(parts.id).hash : await hashAt(parts.queries, sequence);
  if (there !== undefined && sameBytes(there, hash)) return undefined;
  return {
    sequence,
    reason:
      there === undefined
        ? 'the journal ends before its head file'
        : 'the head file names another record here',
  };
}

/** The hash of one record; undefined where there is none. */
export async function hashAt(
  queries: Kysely<JournalTables>,
  sequence: number,
): Promise<Uint8Array | undefined> {
  const row = await queries
    .selectFrom('record')
    .select('hash')
    .where('sequence', '=', sequence)
    .executeTakeFirst();
  return row?.hash;
}

/**
 * The derived tables decide what is worked on and what counts as a duplicate, so they are checked like the
 * records.
 */
async function checkIndex(queries: Kysely<JournalTables>, last: number): Promise<JournalDamage | undefined> {
  for await (const row of recordRows(queries, 0)) {
    if (row.sequence > last) return undefined;
    const reason = await indexFault(queries, row);
    if (reason !== undefined) return { sequence: row.sequence, reason };
  }
  return undefined;
}

async function indexFault(queries: Kysely<JournalTables>, row: RecordRow): Promise<string | undefined> {
  const event = JSON.parse(row.body) as JournalEvent;
  const keys = await queries
    .selectFrom('stream_key')
    .select(['name', 'value', 'stream'])
    .where('sequence', '=', row.sequence)
    .orderBy(sql`rowid`)
    .execute();
  const expected = keysOf(row.stream, event).map(({ name, value }) => ({ name, value, stream: row.stream }));
  if (JSON.stringify(keys) !== JSON.stringify(expected))
    return 'the keys stored for the record are not its own';
  const stream = await queries
    .selectFrom('stream')
    .selectAll()
    .where('name', '=', row.stream)
    .executeTakeFirst();
  if (stream === undefined || row.sequence < stream.opened || row.sequence > stream.last) {
    return 'the record is outside the stream that is stored for it';
  }
  const closed = stream.closed !== null && stream.closed <= row.sequence;
  if (closesStream(event) && !closed) return 'the record closes its stream, which is stored as open';
  if (stream.closed === row.sequence && !closesStream(event))
    return 'the stream is stored as closed by this record';
  return undefined;
}
