// The journal on Node's built-in SQLite in a folder: one owner, and readers beside it.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { pathsIn, volumeOf } from './folder-volume.ts';
import { takeInstanceLock } from './instance-lock.ts';
import type { Journal, JournalRefusal, ReadOnlyJournal } from './journal.ts';
import { closeAll, openOn, type Closers } from './open-journal.ts';
import { openForReading } from './open-for-reading.ts';
import { readingHalf } from './read-journal.ts';
import { refusalOfError } from './refusal-of-error.ts';
import { refusals } from './refusals.ts';

const LOCK = 'journal.lock';

/**
 * Opens the journal in `folder` for its one owner, or makes it. A journal that may not be trusted is a
 * refusal, never an empty journal. What is taken here is given back by `close`, or by the operating system.
 */
export async function openSqliteJournal(folder: string, clock: Clock): Promise<Journal | JournalRefusal> {
  return open(folder, clock, false);
}

/**
 * The same for an older copy that was put back: it is not refused for being older. The first records appended
 * must say what follows from that, because with them it becomes the journal that is worked with.
 */
export async function openPutBackJournal(folder: string, clock: Clock): Promise<Journal | JournalRefusal> {
  return open(folder, clock, true);
}

async function open(folder: string, clock: Clock, putBack: boolean): Promise<Journal | JournalRefusal> {
  const closers: Closers = [];
  try {
    await mkdir(folder, { recursive: true, mode: 0o750 });
    const lock = takeInstanceLock(join(folder, LOCK), clock);
    if (!lock.held) return refusals.inUse(folder, lock.owner);
    closers.push(lock.release);
    const opened = await openOn(volumeOf(pathsIn(folder)), clock, closers, putBack);
    if ('refused' in opened) await closeAll(closers);
    return opened;
  } catch (error) {
    await closeAll(closers);
    return refusalOfError(folder, error);
  }
}

/**
 * Opens the journal for reading beside its owner. Checks nothing but that it can be read: `verify` does the
 * rest.
 */
export async function openJournalForReading(folder: string): Promise<ReadOnlyJournal | JournalRefusal> {
  const opened = await openForReading(pathsIn(folder));
  if ('refused' in opened) return opened;
  return { ...readingHalf(opened.parts), close: async () => opened.database.close() };
}
