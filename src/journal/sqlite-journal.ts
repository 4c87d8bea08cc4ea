// The journal on Node's built-in SQLite: one file, one owner, a head file beside it.

import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { ulid } from '../domain/identifiers.ts';
import { createAppendQueue } from './append-queue.ts';
import type { ChainEnd } from './hash-chain.ts';
import { createHead, openHead, readHead, type HeadFile } from './head-file.ts';
import { takeInstanceLock } from './instance-lock.ts';
import type { Journal, JournalRefusal, ReadOnlyJournal } from './journal.ts';
import { migrate, newestVersion, schemaVersion } from './migrations.ts';
import { checkAtOpening } from './opening-checks.ts';
import { readingHalf } from './read-journal.ts';
import { refusals } from './refusals.ts';
import { openDatabase, queriesOn, SQLITE, sqliteErrorCode } from './sqlite-database.ts';
import { syncFile, syncFolder } from './sync-to-disk.ts';
import type { JournalParts } from './verify-journal.ts';
import { prepareRecord, writeRecords } from './write-records.ts';

const DATABASE = 'journal.sqlite';
const HEAD = 'journal.head';
const LOCK = 'journal.lock';

/**
 * Opens the journal in `folder` for its one owner, or makes it. A journal that may not be trusted is a
 * refusal, never an empty journal. What is taken here is given back by `close`, or by the operating system.
 */
export async function openSqliteJournal(folder: string, clock: Clock): Promise<Journal | JournalRefusal> {
  const closers: (() => unknown)[] = [];
  try {
    const opened = await openOwned(folder, clock, closers);
    if ('refused' in opened) await closeAll(closers);
    return opened;
  } catch (error) {
    await closeAll(closers);
    return refusalFor(folder, error);
  }
}

/**
 * Opens the journal for reading beside its owner. Checks nothing but that it can be read: `verify` does the
 * rest.
 */
export async function openJournalForReading(folder: string): Promise<ReadOnlyJournal | JournalRefusal> {
  const closers: (() => unknown)[] = [];
  try {
    const path = join(folder, DATABASE);
    if (!existsSync(path)) return refusals.missing(folder);
    const database = openDatabase(path, 'read');
    closers.push(() => database.close());
    const version = schemaVersion(database);
    const refusal = versionRefusal(folder, version);
    if (refusal !== undefined) await closeAll(closers);
    return refusal ?? { ...readingHalf(partsOf(folder, database)), close: () => closeAll(closers) };
  } catch (error) {
    await closeAll(closers);
    return refusalFor(folder, error);
  }
}

async function openOwned(
  folder: string,
  clock: Clock,
  closers: (() => unknown)[],
): Promise<Journal | JournalRefusal> {
  await mkdir(folder, { recursive: true, mode: 0o750 });
  const lock = takeInstanceLock(join(folder, LOCK), clock);
  if (!lock.held) return refusals.inUse(folder, lock.owner);
  closers.push(lock.release);

  const head = await readHead(join(folder, HEAD));
  if (head !== 'missing' && !existsSync(join(folder, DATABASE))) return refusals.databaseMissing(folder);
  const database = openDatabase(join(folder, DATABASE), 'write');
  closers.push(() => database.close());
  const version = schemaVersion(database);
  if (version > newestVersion()) return refusals.schemaNewer(folder, version, newestVersion());
  if (version === 0 && head !== 'missing') return refusals.databaseMissing(folder);
  migrate(database, () => ulid(clock.now(), clock.random(10)));
  // A process that was killed may have written a commit into the log without flushing it. SQLite takes such a
  // commit for good, so it is made good before anything is believed, or is named by the head.
  await syncFile(join(folder, `${DATABASE}-wal`));
  await syncFolder(folder);

  const parts = partsOf(folder, database);
  const end = await checkAtOpening({ folder, id: parts.id, queries: parts.queries, head });
  if ('refused' in end) return end;
  if (head === 'missing') await createHead(parts.headPath, { journalId: parts.id, ...end });
  const headFile = await openHead(parts.headPath);
  closers.push(() => headFile.close());
  await headFile.write({ journalId: parts.id, ...end });
  return ownedJournal(parts, end, headFile, clock, closers);
}

function ownedJournal(
  parts: JournalParts,
  start: ChainEnd,
  headFile: HeadFile,
  clock: Clock,
  closers: (() => unknown)[],
): Journal {
  let end = start;
  const queue = createAppendQueue(async (records) => {
    const at = new Date(clock.now()).toISOString();
    const written = await writeRecords(parts.queries, parts.id, end, at, records);
    // Committed and flushed; only with the head on the disk as well may anybody act on these records.
    await headFile.write({ journalId: parts.id, ...written.end });
    end = written.end;
    return written.records;
  });
  return {
    ...readingHalf(parts),
    append: async (records) => (records.length === 0 ? [] : await queue.append(records.map(prepareRecord))),
    async close() {
      await queue.close();
      await closeAll(closers);
    },
  };
}

function partsOf(folder: string, database: DatabaseSync): JournalParts {
  const id = String(database.prepare('SELECT journal_id FROM meta').get()?.journal_id);
  return { id, database, queries: queriesOn(database), headPath: join(folder, HEAD) };
}

function versionRefusal(folder: string, version: number): JournalRefusal | undefined {
  if (version === 0) return refusals.missing(folder);
  if (version > newestVersion()) return refusals.schemaNewer(folder, version, newestVersion());
  return version < newestVersion() ? refusals.schemaOlder(folder, version, newestVersion()) : undefined;
}

/** Errors of the disk and of SQLite are the operator's to mend; anything else is a bug and is thrown on. */
function refusalFor(folder: string, error: unknown): JournalRefusal {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  const code = sqliteErrorCode(error);
  const damaged = code === SQLITE.corrupt || code === SQLITE.notADatabase;
  return damaged ? refusals.damaged(folder, error.message) : refusals.unusable(folder, error.message);
}

/** In reverse, as taken; once. */
async function closeAll(closers: (() => unknown)[]): Promise<void> {
  for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) await closer();
}
