// Opens a journal for its one owner, whatever it lies on: checks what is there, brings it up to date, and
// appends to it.

import type { Clock } from '../clock.ts';
import { ulid } from '../domain/identifiers.ts';
import { createAppendQueue } from './append-queue.ts';
import { checkRecent } from './check-recent.ts';
import { checkRecentIndexes } from './check-recent-indexes.ts';
import { checkpointBefore, type ChainEnd } from './hash-chain.ts';
import { createHead, openHead, readHead, type FoundHead, type HeadFile } from './head-file.ts';
import type { Journal, JournalDamage, JournalRefusal } from './journal.ts';
import type { Found, JournalVolume, OpenLog, SqlDatabase } from './journal-volume.ts';
import { migrate, newestVersion, schemaVersion } from './migrations.ts';
import { checkAtOpening, checkBeforeOpening, checkVersion } from './opening-checks.ts';
import { readingHalf } from './read-journal.ts';
import { refusals } from './refusals.ts';
import { queriesOn } from './sqlite-database.ts';
import { verifyDatabase, type JournalParts, type VerifiedDatabase } from './verify-journal.ts';
import { createWriter, prepareRecord } from './write-records.ts';

/** Gives back what was taken; called in reverse by whoever asked for the opening. */
export type Closers = (() => unknown)[];

/**
 * A journal that may not be trusted is a refusal, never an empty journal. What is taken is added to
 * `closers`, which `close` of the journal runs, or the caller where there is none. One that was `putBack` is
 * opened although it is older than its head, and gets a new head with its first records.
 */
export async function openOn(
  volume: JournalVolume,
  clock: Clock,
  closers: Closers,
  putBack = false,
): Promise<Journal | JournalRefusal> {
  const head = await readHead(volume.head);
  const found = volume.found();
  const before = checkBeforeOpening(volume.name, found, head);
  if (before !== undefined) return before;
  if (putBack && found === 'nothing') return refusals.missing(volume.name);
  // The last to close is a reader where there is a refusal: it leaves database and log as they were found.
  const reader = found === 'nothing' ? undefined : volume.openDatabase('read');
  if (reader !== undefined) closers.push(reader.close);
  const refusal = reader && checkVersion(volume.name, reader.database, head, putBack);
  if (refusal !== undefined) return refusal;
  const expected = putBack ? 'any' : head;
  const isCurrent = reader !== undefined && schemaVersion(reader.database) === newestVersion();
  const asFound = isCurrent
    ? await check(partsOf(volume, reader.database), expected, putBack ? 'all' : howMuch(found, volume))
    : undefined;
  if (asFound !== undefined && 'refused' in asFound) return asFound;

  const { database, close } = volume.openDatabase('write');
  closers.push(close);
  migrate(database, () => ulid(clock.now(), clock.random(10)));
  // A process that was killed may have written a commit into the log without flushing it. SQLite takes such a
  // commit for good, so it is made good before anything is believed, or is named by the head.
  await volume.syncDatabase();
  const log = await volume.openLog();
  closers.push(() => log.close());
  const parts = partsOf(volume, database);
  const end = asFound ?? (await check(parts, expected, reader === undefined ? 'since-checkpoint' : 'all'));
  if ('refused' in end) return end;
  const own = { kind: 'own', journalId: parts.id, ...end } as const;
  if (head === 'missing' && !putBack) await createHead(volume.head, own);
  const headFile = putBack ? madeAtFirstWrite(volume.head) : await openHead(volume.head);
  closers.push(() => headFile.close());
  if (!putBack) await headFile.write(own);
  reader?.close();
  return ownedJournal(parts, end, { log, headFile }, clock, closers);
}

/** Until the first records say what follows from the restore, the old head goes on refusing the journal. */
function madeAtFirstWrite(disk: JournalVolume['head']): HeadFile {
  let file: HeadFile | undefined;
  return {
    async write(head) {
      if (file === undefined) {
        await createHead(disk, head);
        file = await openHead(disk);
      } else await file.write(head);
    },
    close: async () => await file?.close(),
  };
}

/** All after an upgrade or a restore; what the log may tell of where one was left: it may belong to another copy of the database. */
type HowMuch = 'since-checkpoint' | 'all' | { readonly mergedThrough: number };

function howMuch(found: Found, volume: JournalVolume): HowMuch {
  if (found !== 'with-log') return 'since-checkpoint';
  const mergedThrough = volume.mergedThrough();
  return mergedThrough === undefined ? 'all' : { mergedThrough };
}

async function check(
  parts: JournalParts,
  head: FoundHead | 'any',
  how: HowMuch,
): Promise<ChainEnd | JournalRefusal> {
  const end = await checkAtOpening(parts, head);
  if ('refused' in end) return end;
  const found = await checkAround(parts, end, how);
  return found !== undefined && 'reason' in found ? refusals.chainBroken(parts.name, found) : end;
}

async function checkAround(
  parts: JournalParts,
  end: ChainEnd,
  how: HowMuch,
): Promise<VerifiedDatabase | JournalDamage | undefined> {
  if (how === 'since-checkpoint')
    return checkRecentIndexes(parts, checkpointBefore(end.sequence) + 1, end.sequence);
  // A file that holds more without its log than with it is not the one that the log belongs to.
  const isRecent = how !== 'all' && how.mergedThrough <= end.sequence;
  return isRecent ? checkRecent(parts, end, how.mergedThrough) : verifyDatabase(parts);
}

/** An open database as the journal's queries want it. */
export function partsOf(volume: Pick<JournalVolume, 'name' | 'head'>, database: SqlDatabase): JournalParts {
  const id = String(database.prepare('SELECT journal_id FROM meta').get()?.journal_id);
  return { name: volume.name, id, database, queries: queriesOn(database), head: volume.head };
}

/** In reverse, as taken; once. */
export async function closeAll(closers: Closers): Promise<void> {
  for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) await closer();
}

function ownedJournal(
  parts: JournalParts,
  start: ChainEnd,
  { log, headFile }: { readonly log: OpenLog; readonly headFile: HeadFile },
  clock: Clock,
  closers: Closers,
): Journal {
  let end = start;
  const write = createWriter(parts);
  const queue = createAppendQueue(async (records) => {
    if (records.length === 0) return [];
    const at = new Date(clock.now()).toISOString();
    const written = write(end, at, records);
    // The disk is waited for beside other work, and not inside SQLite's commit.
    await log.flush();
    // Committed and flushed; only with the head on the disk as well may anybody act on these records.
    await headFile.write({ kind: 'own', journalId: parts.id, ...written.end });
    end = written.end;
    return written.records;
  });
  return {
    ...readingHalf(parts),
    append: async (records) => await queue.append(records.map(prepareRecord)),
    async close() {
      await queue.close();
      await closeAll(closers);
    },
  };
}
