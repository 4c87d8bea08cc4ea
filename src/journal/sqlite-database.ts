// Node's built-in SQLite, opened the way a journal needs it and lent to Kysely.

import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import type { SqlDatabase, SqlStatement } from './journal-volume.ts';
import type { JournalTables } from './schema.ts';

/**
 * How long a statement waits for another process's lock; only a reader's check of the file can be in the way.
 */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens a database file. For writing: write-ahead log, which whoever commits flushes (`OpenLog`) before a commit is believed.
 * Throws what SQLite throws; `sqliteErrorCode` tells a damaged file from others.
 */
export function openDatabase(path: string, mode: 'write' | 'read'): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: mode === 'read', timeout: BUSY_TIMEOUT_MS });
  try {
    database.exec('PRAGMA foreign_keys = ON');
    if (mode === 'write') makeDurable(database, path);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** Typed queries over an open database. Closing stays with whoever opened it. */
export function queriesOn(database: SqlDatabase): Kysely<JournalTables> {
  return new Kysely({ dialect: new SqliteDialect({ database: asKyselyWants(database) }) });
}

/** SQLite's primary result code, undefined for any other error. */
export function sqliteErrorCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined;
  return error.errcode & 0xff;
}

/** Result codes of SQLite (sqlite.org/rescode.html) that this folder decides by. */
export const SQLITE = { busy: 5, corrupt: 11, notADatabase: 26 } as const;

function makeDurable(database: DatabaseSync, path: string): void {
  const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode;
  if (mode !== 'wal') throw new UnsuitableDisk(`${path} lies on a disk that cannot hold a write-ahead log`);
  // FULL would flush the log inside the commit, with everything else standing still meanwhile. NORMAL flushes it where order
  // matters to SQLite itself: when the log begins anew, and before it is merged.
  database.exec('PRAGMA synchronous = NORMAL');
  // On macOS a plain fsync stops at the drive's cache; elsewhere these two do nothing.
  database.exec('PRAGMA fullfsync = ON');
  database.exec('PRAGMA checkpoint_fullfsync = ON');
}

/** The state folder is on a network share or another place where SQLite's log does not work. */
export class UnsuitableDisk extends Error {
  readonly code = 'UNSUITABLE_DISK';
}

/**
 * Kysely expects better-sqlite3's calls; statements are kept, because a journal asks the same few again and
 * again.
 */
function asKyselyWants(database: SqlDatabase): SqliteDatabase {
  const statements = new Map<string, SqlStatement>();
  return {
    close: () => undefined,
    prepare(sql) {
      // After an error of the disk SQLite has rolled back by itself; a second time would fail and hide the first error.
      if (sql === 'rollback' && !database.isTransaction) return NOTHING_TO_DO;
      let statement = statements.get(sql);
      if (statement === undefined) {
        if (statements.size >= 64) statements.clear();
        statement = database.prepare(sql);
        statements.set(sql, statement);
      }
      return new BorrowedStatement(statement);
    },
  };
}

const NOTHING_TO_DO: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
};

class BorrowedStatement {
  readonly #statement: SqlStatement;
  readonly reader: boolean;

  constructor(statement: SqlStatement) {
    this.#statement = statement;
    this.reader = statement.columns().length > 0;
  }

  all(parameters: readonly unknown[]): unknown[] {
    return this.#statement.all(...(parameters as SQLInputValue[]));
  }

  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    return this.#statement.run(...(parameters as SQLInputValue[]));
  }

  iterate(parameters: readonly unknown[]): IterableIterator<unknown> {
    return this.#statement.iterate(...(parameters as SQLInputValue[]));
  }
}
