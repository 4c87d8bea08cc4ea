// What must hold before a journal is worked with: it is whole since its last checkpoint, and not older than
// its head.

import type { Kysely } from 'kysely';
import { checkChain, lastCheckpoint } from './check-chain.ts';
import { chainStart, sameBytes, type ChainEnd } from './hash-chain.ts';
import type { FoundHead } from './head-file.ts';
import type { JournalRefusal } from './journal.ts';
import type { Found, SqlDatabase } from './journal-volume.ts';
import { newestVersion, schemaVersion } from './migrations.ts';
import { refusals } from './refusals.ts';
import type { JournalTables } from './schema.ts';
import { hashAt, type JournalParts } from './verify-journal.ts';

/** What forbids opening the database at all: SQLite would make an empty one, or throw its log away. */
export function checkBeforeOpening(
  folder: string,
  found: Found,
  head: FoundHead,
): JournalRefusal | undefined {
  if (found === 'log-only') return refusals.databaseMissing(folder);
  return found === 'nothing' && head !== 'missing' ? refusals.databaseMissing(folder) : undefined;
}

/** What an open database must be before a journal is made in it or brought up to date. */
export function checkVersion(
  folder: string,
  database: SqlDatabase,
  head: FoundHead,
  putBack = false,
): JournalRefusal | undefined {
  const version = schemaVersion(database);
  if (version > newestVersion()) return refusals.schemaNewer(folder, version, newestVersion());
  if (version > 0) return undefined;
  const anything = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get();
  if (anything !== undefined) return refusals.damaged(folder, 'it holds tables but no journal');
  if (putBack) return refusals.missing(folder);
  return head === 'missing' ? undefined : refusals.databaseMissing(folder);
}

/**
 * The end of the journal, or why it is not trusted. A head behind the journal is in order: the process ended
 * between the commit and the head. The effort does not grow with the journal's age; `verify` is for the whole
 * of it. After a restore a person answers for what the journal lacks, and `any` head will do.
 */
export async function checkAtOpening(
  parts: JournalParts,
  head: FoundHead | 'any',
): Promise<ChainEnd | JournalRefusal> {
  const { name, id, queries } = parts;
  const checkpoint = await lastCheckpoint(queries, id);
  if (typeof checkpoint === 'object' && 'reason' in checkpoint) return refusals.chainBroken(name, checkpoint);
  const last = await lastSequence(queries);
  const headRefusal = await checkHead(parts, head, last);
  if (headRefusal !== undefined) return headRefusal;
  if (head === 'missing' && last > 0) return refusals.headMissing(name, last);
  const chain = await checkChain(queries, checkpoint === 'none' ? chainStart(id) : checkpoint);
  return chain.sound ? chain.end : refusals.chainBroken(name, chain.damage);
}

async function checkHead(
  { name: folder, id, queries }: JournalParts,
  head: FoundHead | 'any',
  last: number,
): Promise<JournalRefusal | undefined> {
  if (head === 'missing' || head === 'any') return undefined;
  if (head === 'unreadable') return refusals.headUnreadable(folder);
  if (head.kind === 'backup') return refusals.isBackup(folder, head.sequence);
  if (head.journalId !== id) return refusals.otherJournal(folder, id, head.journalId);
  if (last < head.sequence) return refusals.behindHead(folder, last, head.sequence);
  const hash = head.sequence === 0 ? chainStart(id).hash : await hashAt(queries, head.sequence);
  return hash !== undefined && sameBytes(hash, head.hash)
    ? undefined
    : refusals.headDiffers(folder, head.sequence);
}

async function lastSequence(queries: Kysely<JournalTables>): Promise<number> {
  const row = await queries
    .selectFrom('record')
    .select('sequence')
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.sequence ?? 0;
}
