// The port between a journal and what it lies on: a database and a head file, real ones in a folder or
// simulated ones that lose what was not flushed.

import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

/** What the journal needs of a database; Node's own fits. */
export interface SqlDatabase extends Pick<DatabaseSync, 'exec' | 'isTransaction'> {
  prepare(sql: string): SqlStatement;
}

/** Values are given by position. */
export interface SqlStatement {
  columns(): readonly unknown[];
  get(...values: SQLInputValue[]): Record<string, SQLOutputValue> | undefined;
  all(...values: SQLInputValue[]): Record<string, SQLOutputValue>[];
  iterate(...values: SQLInputValue[]): IterableIterator<Record<string, SQLOutputValue>>;
  run(...values: SQLInputValue[]): ReturnType<StatementSync['run']>;
}

export interface JournalVolume {
  /** Names the place in sentences for people. */
  readonly name: string;
  readonly head: HeadDisk;
  /** What is there before anything is opened; opening a database that is not there makes an empty one. */
  found(): Found;
  /** Open for writing, a commit is durable when the log has been flushed after it. `close` may be called again. */
  openDatabase(mode: 'read' | 'write'): { readonly database: SqlDatabase; readonly close: () => void };
  /** The last record that the database holds without its log; undefined where that cannot be said. */
  mergedThrough(): number | undefined;
  /** Makes durable what a process that is gone may have committed without flushing it. */
  syncDatabase(): Promise<void>;
  /** The log that commits are written to, once the database is open for writing and made durable. */
  openLog(): Promise<OpenLog>;
}

export interface OpenLog {
  /** Makes every commit that has returned by now durable. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/**
 * `with-log`: the database's log holds what is not merged into it, as when its last owner was killed.
 * `log-only`: there is such a log, but no database.
 */
export type Found = 'nothing' | 'database' | 'with-log' | 'log-only';

/** Where a head file lies. */
export interface HeadDisk {
  /** undefined where there is no file. */
  read(): Promise<Uint8Array | undefined>;
  /** Makes the file whole or not at all, durably. */
  create(bytes: Uint8Array): Promise<void>;
  /** Opens the file for writing in place. */
  open(): Promise<OpenHead>;
}

export interface OpenHead {
  /** May be torn when the power goes before `flush` has resolved. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  flush(): Promise<void>;
  close(): Promise<void>;
}
