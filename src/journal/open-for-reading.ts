// Opens a journal's files for reading: the daemon's own, beside it, or a backup.

import type { DatabaseSync } from 'node:sqlite';
import { volumeOf, type JournalPaths } from './folder-volume.ts';
import { readHead, type FoundHead } from './head-file.ts';
import type { JournalRefusal } from './journal.ts';
import { newestVersion, schemaVersion } from './migrations.ts';
import { partsOf } from './open-journal.ts';
import { checkBeforeOpening, checkVersion } from './opening-checks.ts';
import { refusalOfError } from './refusal-of-error.ts';
import { refusals } from './refusals.ts';
import { openDatabase } from './sqlite-database.ts';
import type { JournalParts } from './verify-journal.ts';

export interface OpenForReading {
  readonly parts: JournalParts;
  readonly database: DatabaseSync;
  /** Read before the database was opened: what it names was committed before. */
  readonly head: FoundHead;
}

/** Checks that there is a journal and that this program can read it; `close` stays with the caller. */
export async function openForReading(paths: JournalPaths): Promise<OpenForReading | JournalRefusal> {
  let database: DatabaseSync | undefined;
  try {
    const volume = volumeOf(paths);
    const head = await readHead(volume.head);
    const before = checkBeforeOpening(paths.name, volume.found(), head);
    if (before !== undefined) return before;
    if (volume.found() === 'nothing') return refusals.missing(paths.name);
    database = openDatabase(paths.database, 'read');
    const refusal = checkVersion(paths.name, database, head) ?? tooOld(paths.name, database);
    if (refusal === undefined) return { parts: partsOf(volume, database), database, head };
    database.close();
    return refusal;
  } catch (error) {
    database?.close();
    return refusalOfError(paths.name, error);
  }
}

function tooOld(place: string, database: DatabaseSync): JournalRefusal | undefined {
  const version = schemaVersion(database);
  if (version === 0) return refusals.missing(place);
  return version < newestVersion() ? refusals.schemaOlder(place, version, newestVersion()) : undefined;
}
