// A journal's place on a real disk: the names of its files, and how its database is opened there.

import { constants, existsSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { headOnDisk } from './head-disk.ts';
import type { Found, JournalVolume } from './journal-volume.ts';
import { openDatabase } from './sqlite-database.ts';
import { syncFile, syncFolder } from './sync-to-disk.ts';

export interface JournalPaths {
  /** Names the place in sentences for people. */
  readonly name: string;
  readonly database: string;
  readonly head: string;
}

/** The files of the journal that works in `folder`. */
export function pathsIn(folder: string): JournalPaths {
  return { name: folder, database: join(folder, 'journal.sqlite'), head: join(folder, 'journal.head') };
}

export function volumeOf(paths: JournalPaths): JournalVolume {
  const log = `${paths.database}-wal`;
  return {
    name: paths.name,
    head: headOnDisk(paths.head),
    found: () => foundAt(paths.database, log),
    openDatabase(mode) {
      if (existsSync(`${paths.database}-journal`)) undoUnfinished(paths.database);
      const database = openDatabase(paths.database, mode);
      return {
        database,
        close() {
          if (database.isOpen) database.close();
        },
      };
    },
    mergedThrough: () => mergedThrough(paths.database),
    async syncDatabase() {
      await syncFile(log);
      await syncFolder(dirname(paths.database));
    },
    async openLog() {
      const handle = await open(log, constants.O_RDWR);
      return { flush: () => handle.datasync(), close: () => handle.close() };
    },
  };
}

function foundAt(database: string, log: string): Found {
  const logged = (statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 0;
  if (existsSync(database)) return logged ? 'with-log' : 'database';
  return logged ? 'log-only' : 'nothing';
}

/** Read as if there were no log. A crash may have come while the log was being merged: then the file is not whole by itself. */
function mergedThrough(database: string): number | undefined {
  let alone: DatabaseSync | undefined;
  try {
    const url = pathToFileURL(database);
    url.searchParams.set('immutable', '1');
    alone = new DatabaseSync(url, { readOnly: true });
    return Number(alone.prepare('SELECT coalesce(max(sequence), 0) AS last FROM record').get()?.last);
  } catch {
    return undefined;
  } finally {
    alone?.close();
  }
}

/**
 * A crash while the write-ahead log was turned on leaves the file in which SQLite kept what to undo; only an
 * owner may do that.
 */
function undoUnfinished(database: string): void {
  const opened = new DatabaseSync(database);
  try {
    opened.exec('SELECT 1 FROM sqlite_schema');
  } finally {
    opened.close();
  }
}
