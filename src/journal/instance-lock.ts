// One process owns a journal. The lock is SQLite's own on a small file beside it: the operating system lets
// go of it when the process ends, however it ends, so that a stale lock cannot exist.

import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { SQLITE, sqliteErrorCode } from './sqlite-database.ts';

export interface Owner {
  readonly pid: number;
  /** ISO 8601 in UTC. */
  readonly since: string;
}

export type InstanceLock =
  | { readonly held: true; readonly release: () => void }
  | { readonly held: false; readonly owner: Owner | undefined };

/** Two starting processes may pass each other in the name plate's transaction for this long. */
const BUSY_TIMEOUT_MS = 500;

/** Takes the lock at `path` for the life of this process, or says who has it. */
export function takeInstanceLock(path: string, clock: Clock): InstanceLock {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.exec(
      'CREATE TABLE IF NOT EXISTS owner (token TEXT NOT NULL, pid INTEGER NOT NULL, since TEXT NOT NULL)',
    );
    hold(database, { pid: process.pid, since: new Date(clock.now()).toISOString() });
    return { held: true, release: () => database.close() };
  } catch (error) {
    const owner = sqliteErrorCode(error) === SQLITE.busy ? readOwner(database) : undefined;
    database.close();
    if (sqliteErrorCode(error) === SQLITE.busy) return { held: false, owner };
    throw error;
  }
}

/**
 * Ends inside a write transaction that is never committed: it keeps other writers out and lets readers see
 * the name plate. The plate needs a commit of its own first, and between the two another process may have
 * come and gone.
 */
function hold(database: DatabaseSync, owner: Owner): void {
  const token = randomUUID();
  for (;;) {
    database.exec('BEGIN IMMEDIATE');
    if (database.prepare('SELECT token FROM owner').get()?.token === token) return;
    database.exec('DELETE FROM owner');
    database.prepare('INSERT INTO owner VALUES (?, ?, ?)').run(token, owner.pid, owner.since);
    database.exec('COMMIT');
  }
}

function readOwner(database: DatabaseSync): Owner | undefined {
  try {
    const row = database.prepare('SELECT pid, since FROM owner').get();
    return row === undefined ? undefined : { pid: Number(row.pid), since: String(row.since) };
  } catch {
    // The other process is writing its name at this instant; that somebody has the lock is all that counts.
    return undefined;
  }
}
