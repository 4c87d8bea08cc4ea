// The journal's SQL by version number, and the step from an older database to ours.

import type { SqlDatabase } from './journal-volume.ts';

export interface Migration {
  readonly version: number;
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE record (
        sequence INTEGER PRIMARY KEY,
        stream TEXT NOT NULL,
        at TEXT NOT NULL,
        body TEXT NOT NULL,
        hash BLOB NOT NULL
      ) STRICT;
      CREATE INDEX record_stream ON record (stream, sequence);
      CREATE TABLE stream (
        name TEXT PRIMARY KEY,
        opened INTEGER NOT NULL REFERENCES record (sequence),
        last INTEGER NOT NULL REFERENCES record (sequence),
        closed INTEGER REFERENCES record (sequence)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX stream_open ON stream (name) WHERE closed IS NULL;
      CREATE INDEX stream_opened ON stream (opened);
      CREATE TABLE stream_key (
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        stream TEXT NOT NULL,
        sequence INTEGER NOT NULL REFERENCES record (sequence)
      ) STRICT;
      CREATE INDEX stream_key_value ON stream_key (name, value);
      CREATE INDEX stream_key_sequence ON stream_key (sequence);
      CREATE TABLE checkpoint (
        sequence INTEGER PRIMARY KEY REFERENCES record (sequence),
        hash BLOB NOT NULL,
        seal BLOB NOT NULL
      ) STRICT;
    `,
  },
];

/** The newest version in a list of migrations: the one this program writes. */
export function newestVersion(migrations: readonly Migration[] = MIGRATIONS): number {
  return migrations.at(-1)?.version ?? 0;
}

/** The version a database is at; 0 for one that holds no journal. */
export function schemaVersion(database: SqlDatabase): number {
  const table = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'meta'").get();
  if (table === undefined) return 0;
  return Number(database.prepare('SELECT schema_version FROM meta').get()?.schema_version ?? 0);
}

/**
 * Brings a database to the newest version, all steps or none. `newId` is called once when the database holds
 * no journal yet, and names the new one.
 */
export function migrate(
  database: SqlDatabase,
  newId: () => string,
  migrations: readonly Migration[] = MIGRATIONS,
): void {
  const from = schemaVersion(database);
  const due = migrations.filter((migration) => migration.version > from);
  if (due.length === 0) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    if (from === 0) createMeta(database, newId());
    for (const migration of due) database.exec(migration.sql);
    database.prepare('UPDATE meta SET schema_version = ?').run(newestVersion(migrations));
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** The table that every version has: it says which version the rest is. */
function createMeta(database: SqlDatabase, id: string): void {
  database.exec(
    `CREATE TABLE meta (
       one INTEGER PRIMARY KEY CHECK (one = 1),
       journal_id TEXT NOT NULL,
       schema_version INTEGER NOT NULL
     ) STRICT`,
  );
  database.prepare('INSERT INTO meta (one, journal_id, schema_version) VALUES (1, ?, 0)').run(id);
}
