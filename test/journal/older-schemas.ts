// Builds a database of each schema version there has been, as that version would have left it. These texts
// never change, whatever becomes of src/.

import type { DatabaseSync } from 'node:sqlite';

export interface OldRecord {
  readonly sequence: number;
  readonly stream: string;
  readonly at: string;
  readonly body: string;
  readonly hash: string;
  readonly closes: boolean;
  readonly keys: readonly { readonly name: string; readonly value: string }[];
}

export type SchemaBuilder = (database: DatabaseSync, id: string, records: readonly OldRecord[]) => void;

/** By version; a new migration is not taken without the builder of the version before it. */
export const OLDER_SCHEMAS: Readonly<Record<number, SchemaBuilder>> = { 1: version1 };

function version1(database: DatabaseSync, id: string, records: readonly OldRecord[]): void {
  database.exec(`
    CREATE TABLE meta (one INTEGER PRIMARY KEY CHECK (one = 1),
      journal_id TEXT NOT NULL, schema_version INTEGER NOT NULL) STRICT;
    CREATE TABLE record (sequence INTEGER PRIMARY KEY, stream TEXT NOT NULL,
      at TEXT NOT NULL, body TEXT NOT NULL, hash BLOB NOT NULL) STRICT;
    CREATE INDEX record_stream ON record (stream, sequence);
    CREATE TABLE stream (name TEXT PRIMARY KEY, opened INTEGER NOT NULL REFERENCES record (sequence),
      last INTEGER NOT NULL REFERENCES record (sequence),
      closed INTEGER REFERENCES record (sequence)) STRICT, WITHOUT ROWID;
    CREATE INDEX stream_open ON stream (name) WHERE closed IS NULL;
    CREATE INDEX stream_opened ON stream (opened);
    CREATE TABLE stream_key (name TEXT NOT NULL, value TEXT NOT NULL,
      stream TEXT NOT NULL, sequence INTEGER NOT NULL REFERENCES record (sequence)) STRICT;
    CREATE INDEX stream_key_value ON stream_key (name, value);
    CREATE INDEX stream_key_sequence ON stream_key (sequence);
    CREATE TABLE checkpoint (sequence INTEGER PRIMARY KEY REFERENCES record (sequence),
      hash BLOB NOT NULL, seal BLOB NOT NULL) STRICT;
  `);
  database.prepare('INSERT INTO meta VALUES (1, ?, 1)').run(id);
  for (const { sequence, stream, at, body, hash, closes, keys } of records) {
    database
      .prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?)')
      .run(sequence, stream, at, body, Buffer.from(hash, 'hex'));
    database
      .prepare(
        `INSERT INTO stream VALUES (?1, ?2, ?2, ?3)
         ON CONFLICT (name) DO UPDATE SET last = ?2, closed = coalesce(closed, ?3)`,
      )
      .run(stream, sequence, closes ? sequence : null);
    for (const { name, value } of keys)
      database.prepare('INSERT INTO stream_key VALUES (?, ?, ?, ?)').run(name, value, stream, sequence);
  }
}
