import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headOnDisk } from '../../src/journal/head-disk.ts';
import { createHead } from '../../src/journal/head-file.ts';
import { migrate, MIGRATIONS, newestVersion, schemaVersion } from '../../src/journal/migrations.ts';
import { openJournalForReading, openSqliteJournal } from '../../src/journal/sqlite-journal.ts';
import { claimed } from '../contract/claimed.ts';
import { createTestClock } from '../test-clock.ts';
import { OLDER_SCHEMAS, type OldRecord } from './older-schemas.ts';
import { readExport } from './recompute-chain.ts';

describe('an older journal', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'goniec-migrations-'));
    path = join(folder, 'journal.sqlite');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each(Object.entries(OLDER_SCHEMAS))(
    'of schema version %s is brought up to date: read, sound and appended to',
    async (version, build) => {
      const { id, records } = goldenRecords();
      const old = new DatabaseSync(path);
      build(old, id, records);
      expect(schemaVersion(old)).toBe(Number(version));
      old.close();
      const { sequence, hash } = records.at(-1) ?? { sequence: 0, hash: '' };
      await createHead(headOnDisk(join(folder, 'journal.head')), {
        kind: 'own',
        journalId: id,
        sequence,
        hash: Buffer.from(hash, 'hex'),
      });

      for (let life = 1; life <= 2; life++) {
        const journal = await openSqliteJournal(folder, createTestClock());
        if ('refused' in journal) throw new Error(journal.sentence);
        expect(journal.id).toBe(id);
        const read: unknown[] = [];
        for await (const record of journal.records(0)) read.push(record);
        expect(read.slice(0, records.length)).toEqual(
          records.map(({ sequence, stream, at, body }) => ({
            sequence,
            stream,
            at,
            event: JSON.parse(body) as unknown,
          })),
        );
        const appended = await journal.append([claimed(`new-${life}`)]);
        expect(appended[0]?.sequence).toBe(records.length + life);
        expect(await journal.verify()).toBeUndefined();
        await journal.close();
      }
      const upgraded = new DatabaseSync(path);
      expect(schemaVersion(upgraded)).toBe(newestVersion());
      expect(tablesOf(upgraded)).toEqual(tablesOf(newest()));
      upgraded.close();
    },
  );

  it('has a builder for every version there has been', () => {
    expect(Object.keys(OLDER_SCHEMAS).map(Number)).toEqual(MIGRATIONS.map(({ version }) => version));
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

/** Records of the first version, whatever schema they lie in. */
function goldenRecords(): { readonly id: string; readonly records: readonly OldRecord[] } {
  const text = (name: string): string => readFileSync(join(import.meta.dirname, 'golden', name), 'utf8');
  const { journal, records } = readExport(text('0.1.ndjson'));
  const indexed = text('0.1.keys.ndjson').trimEnd().split('\n');
  return {
    id: journal,
    records: records.map((record, index) => ({
      ...record,
      ...(JSON.parse(indexed[index] ?? '') as Pick<OldRecord, 'closes' | 'keys'>),
    })),
  };
}

function newest(): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  migrate(database, () => 'ID');
  return database;
}

/** Tables and indexes by their columns, however their SQL was written. */
function tablesOf(database: DatabaseSync): unknown {
  return database
    .prepare(
      `SELECT m.type, m.name, t.name AS column FROM sqlite_schema m
       JOIN pragma_table_xinfo(m.name) t WHERE m.type = 'table'
       UNION SELECT m.type, m.name, i.name FROM sqlite_schema m
       JOIN pragma_index_info(m.name) i WHERE m.type = 'index' ORDER BY 1, 2, 3`,
    )
    .all();
}
