import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHead } from '../../src/journal/head-file.ts';
import { chainHash, chainStart } from '../../src/journal/hash-chain.ts';
import { migrate, MIGRATIONS, newestVersion, schemaVersion } from '../../src/journal/migrations.ts';
import { openJournalForReading, openSqliteJournal } from '../../src/journal/sqlite-journal.ts';
import { createTestClock } from '../test-clock.ts';

/** Version 1 as it was released. This text never changes, whatever becomes of src/. */
const VERSION_1 = `
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
  INSERT INTO meta VALUES (1, '01JNB0000000000000000000AB', 1);
`;

describe('an older journal', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'goniec-migrations-'));
    path = join(folder, 'journal.sqlite');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('of version 1 is read and sound', async () => {
    const { hash, sequence } = chainStart('01JNB0000000000000000000AB');
    const row = {
      sequence: sequence + 1,
      stream: 'bank/bnp',
      at: '2026-03-02T08:00:00.000Z',
      body: '{"type":"bank-resumed","who":"Ewa","reason":"new certificate"}',
    };
    const database = new DatabaseSync(path);
    database.exec(VERSION_1);
    database
      .prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?)')
      .run(row.sequence, row.stream, row.at, row.body, chainHash(hash, row));
    database.exec("INSERT INTO stream VALUES ('bank/bnp', 1, 1, NULL)");
    database.close();
    await writeHeadOf(folder, hash);

    const journal = await openSqliteJournal(folder, createTestClock());
    if ('refused' in journal) throw new Error(journal.sentence);
    expect(await journal.read('bank/bnp')).toEqual([
      {
        sequence: 1,
        stream: 'bank/bnp',
        at: row.at,
        event: { type: 'bank-resumed', who: 'Ewa', reason: 'new certificate' },
      },
    ]);
    expect(await journal.verify()).toBeUndefined();
    await journal.close();
  });

  it('is taken through every step it lacks, in order and once', () => {
    const database = new DatabaseSync(path);
    migrate(database, () => 'ID', [{ version: 1, sql: 'CREATE TABLE a (x)' }]);
    const steps = [
      { version: 1, sql: 'CREATE TABLE a (x)' },
      { version: 2, sql: 'ALTER TABLE a ADD COLUMN y' },
      { version: 3, sql: 'INSERT INTO a VALUES (1, 2)' },
    ];
    migrate(database, () => 'OTHER', steps);
    migrate(database, () => 'OTHER', steps);
    expect(schemaVersion(database)).toBe(3);
    expect(database.prepare('SELECT x, y FROM a').all()).toMatchObject([{ x: 1, y: 2 }]);
    expect(database.prepare('SELECT journal_id FROM meta').get()).toMatchObject({ journal_id: 'ID' });
    database.close();
  });

  it('stays as it was when a step fails', () => {
    const database = new DatabaseSync(path);
    migrate(database, () => 'ID', [{ version: 1, sql: 'CREATE TABLE a (x)' }]);
    const broken = [
      { version: 2, sql: 'CREATE TABLE b (x)' },
      { version: 3, sql: 'CREATE TABLE b (x)' },
    ];
    expect(() => migrate(database, () => 'ID', broken)).toThrow('already exists');
    expect(schemaVersion(database)).toBe(1);
    expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'b'").get()).toBeUndefined();
    database.close();
  });

  it('has versions that count up from 1', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
  });

  it('or a newer one is refused with what to do', async () => {
    const database = new DatabaseSync(path);
    migrate(database, () => 'ID');
    database.exec(`UPDATE meta SET schema_version = ${newestVersion() + 1}`);
    database.close();
    for (const opened of [
      await openSqliteJournal(folder, createTestClock()),
      await openJournalForReading(folder),
    ]) {
      expect(opened).toMatchObject({ refused: 'schema-newer' });
    }
  });
});

async function writeHeadOf(folder: string, hash: Uint8Array): Promise<void> {
  await createHead(join(folder, 'journal.head'), {
    journalId: '01JNB0000000000000000000AB',
    sequence: 0,
    hash,
  });
}
