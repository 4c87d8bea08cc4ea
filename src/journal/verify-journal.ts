// The whole check of a journal: the database file, the chain from the first record, the checkpoints, the
// indexes computed again, the head.

import type { Kysely } from 'kysely';
import { checkChain } from './check-chain.ts';
import { checkCheckpoints } from './check-checkpoints.ts';
import { checkIndexes } from './check-indexes.ts';
import { chainStart, sameBytes } from './hash-chain.ts';
import { readHead } from './head-file.ts';
import type { JournalDamage } from './journal.ts';
import type { HeadDisk, SqlDatabase } from './journal-volume.ts';
import { isDamage } from './refusal-of-error.ts';
import type { JournalTables } from './schema.ts';

export interface JournalParts {
  /** Names the place in sentences for people. */
  readonly name: string;
  readonly id: string;
  readonly database: SqlDatabase;
  readonly queries: Kysely<JournalTables>;
  readonly head: HeadDisk;
}

/** What was checked in the database and found to fit together. */
export interface VerifiedDatabase {
  readonly records: number;
  readonly checkpoints: number;
  readonly keys: number;
  readonly streams: number;
}

export interface Verified extends VerifiedDatabase {
  readonly journalId: string;
  /** Where the head file stands; behind `records` while the owner appends. */
  readonly head: number;
}

/** Reads the whole journal; safe while the owner appends. */
export async function verifyJournal(parts: JournalParts): Promise<Verified | JournalDamage> {
  // The head is read first: what it names was committed before it was written, so the walk must meet it.
  const head = await readHead(parts.head);
  const database = await verifyDatabase(parts);
  if ('reason' in database) return database;
  if (head === 'missing' || head === 'unreadable') return { sequence: 0, reason: `the head file is ${head}` };
  if (head.journalId !== parts.id)
    return { sequence: 0, reason: `the head file belongs to journal ${head.journalId}` };
  const damage = await checkHead(parts, head.sequence, head.hash);
  return damage ?? { journalId: parts.id, ...database, head: head.sequence };
}

/** The same without the head. */
export async function verifyDatabase(parts: JournalParts): Promise<VerifiedDatabase | JournalDamage> {
  try {
    const file = parts.database.prepare('PRAGMA integrity_check(1)').get()?.integrity_check;
    if (file !== 'ok') return fileDamaged(String(file));
    const chain = await checkChain(parts.queries, chainStart(parts.id));
    if (!chain.sound) return chain.damage;
    const records = chain.end.sequence;
    const checkpoints = await checkCheckpoints(parts.queries, parts.id, records);
    if (typeof checkpoints === 'object') return checkpoints;
    const indexes = await checkIndexes(parts, records);
    return 'reason' in indexes ? indexes : { records, checkpoints, ...indexes };
  } catch (error) {
    if (error instanceof Error && isDamage(error)) return fileDamaged(error.message);
    throw error;
  }
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

function fileDamaged(message: string): JournalDamage {
  return { sequence: 0, reason: `the database file is damaged: ${message}` };
}
