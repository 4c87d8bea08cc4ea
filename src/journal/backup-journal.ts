// Copies a journal while its owner works: one consistent state, verified, with a head that says that it is a
// backup, so that it is never worked with by mistake.

import { existsSync } from 'node:fs';
import { link, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import type { JournalPaths } from './folder-volume.ts';
import { chainStart, type ChainEnd } from './hash-chain.ts';
import { createHead } from './head-file.ts';
import { headOnDisk } from './head-disk.ts';
import type { JournalRefusal } from './journal.ts';
import { openForReading, type OpenForReading } from './open-for-reading.ts';
import { syncFile, syncFolder } from './sync-to-disk.ts';
import { verifyFiles } from './verify-files.ts';
import type { Verified } from './verify-journal.ts';

export interface BackupNotWritten {
  readonly notWritten: string;
}

/** The files of a backup: the database under the name given, its head beside it. */
export function pathsOfBackup(file: string): JournalPaths {
  return { name: file, database: file, head: `${file}.head` };
}

/** Overwrites nothing. A backup counts from the moment its head is there; that is the last thing written. */
export async function backUpJournal(
  journal: JournalPaths,
  file: string,
): Promise<Verified | JournalRefusal | BackupNotWritten> {
  const target = pathsOfBackup(file);
  const part = pathsOfBackup(`${file}.part`);
  for (const path of [target.database, target.head, part.database])
    if (existsSync(path)) return { notWritten: `${path} is there already; a backup overwrites nothing.` };
  const opened = await openForReading(journal);
  if ('refused' in opened) return opened;
  try {
    await writeFile(part.database, '', { flag: 'wx', mode: 0o640 });
    await copy(opened, part);
    const verified = await verifyFiles({ ...part, name: file }, 'backup');
    if ('refused' in verified) return verified;
    await name(part.database, target.database);
    await name(part.head, target.head);
    await syncFolder(dirname(file));
    return verified;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { notWritten: `${file}: ${error.message}` };
    throw error;
  } finally {
    opened.database.close();
    for (const path of [part.database, part.head, `${part.head}.part`]) await rm(path, { force: true });
  }
}

async function copy({ parts, database }: OpenForReading, part: JournalPaths): Promise<void> {
  // One snapshot, whatever the owner appends meanwhile: the copy would begin anew with every commit otherwise.
  database.exec('BEGIN');
  const end = endOf(database, parts.id);
  await backup(database, part.database);
  const written = new DatabaseSync(part.database);
  try {
    // One file that needs no log beside it.
    written.exec('PRAGMA journal_mode = DELETE');
  } finally {
    written.close();
  }
  await syncFile(part.database);
  await createHead(headOnDisk(part.head), { kind: 'backup', journalId: parts.id, ...end });
}

function endOf(database: DatabaseSync, journalId: string): ChainEnd {
  const row = database.prepare('SELECT sequence, hash FROM record ORDER BY sequence DESC LIMIT 1').get();
  if (!(row?.hash instanceof Uint8Array)) return chainStart(journalId);
  return { sequence: Number(row.sequence), hash: row.hash };
}

/** Gives a file its name unless something has that name; where there are no hard links, as near as can be. */
async function name(part: string, path: string): Promise<void> {
  try {
    await link(part, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error) || error.code === 'EEXIST' || existsSync(path))
      throw error;
    await rename(part, path);
    return;
  }
  await rm(part);
}
