import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { link, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backUpJournal, pathsOfBackup } from '../../src/journal/backup-journal.ts';
import { pathsIn } from '../../src/journal/folder-volume.ts';
import { openSqliteJournal } from '../../src/journal/sqlite-journal.ts';
import { verifyFiles } from '../../src/journal/verify-files.ts';
import { claimed } from '../contract/claimed.ts';
import { createTestClock } from '../test-clock.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goniec-backup-'));
  file = join(folder, 'copies.sqlite');
});
afterEach(() => rm(folder, { recursive: true }));

describe('a backup of the journal', () => {
  it('is one consistent state each time, while another process appends all the while', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'append-until-killed.ts'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const ends: number[] = [];
    for (let number = 1; number <= 4; number++) {
      const outcome = await backUpJournal(pathsIn(folder), `${file}.${number}`);
      if (!('records' in outcome)) throw new Error(JSON.stringify(outcome));
      expect(outcome.head).toBe(outcome.records);
      ends.push(outcome.records);
      expect(await verifyFiles(pathsOfBackup(`${file}.${number}`), 'backup')).toEqual(outcome);
    }
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    expect(ends).toEqual(ends.toSorted((a, b) => a - b));
    expect(ends.at(-1)).toBeGreaterThan(ends[0] ?? 0);
  });

  it('ends where its head says, though records came while it was copied', async () => {
    const journal = await openSqliteJournal(folder, createTestClock());
    if ('refused' in journal) throw new Error(journal.sentence);
    // More than SQLite copies in one go.
    await journal.append(Array.from({ length: 20_000 }, (_, index) => claimed(`${index}`)));
    const backup = backUpJournal(pathsIn(folder), file);
    const copying = new AbortController();
    void backup.finally(() => copying.abort());
    for (let late = 0; !copying.signal.aborted || late < 10; late++) {
      await journal.append([claimed(`late-${late}`)]);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const outcome = await backup;
    expect(outcome).toMatchObject({ journalId: journal.id });
    if ('records' in outcome) expect(outcome.head).toBe(outcome.records);
    expect(await verifyFiles(pathsOfBackup(file), 'backup')).toEqual(outcome);
    await journal.close();
  });

  it('is one file with its head, and needs no log beside it', async () => {
    await withRecords(3);
    expect(await backUpJournal(pathsIn(folder), file)).toMatchObject({ records: 3, head: 3 });
    expect((await readdir(folder)).filter((name) => name.startsWith('copies'))).toEqual([
      'copies.sqlite',
      'copies.sqlite.head',
    ]);
    const database = new DatabaseSync(file, { readOnly: true });
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'delete' });
    database.close();
  });

  it.each(['copies.sqlite', 'copies.sqlite.head', 'copies.sqlite.part'])(
    'overwrites nothing, such as %s',
    async (name) => {
      await withRecords(3);
      await writeFile(join(folder, name), 'precious');
      const outcome = await backUpJournal(pathsIn(folder), file);
      expect(outcome).toMatchObject({ notWritten: expect.stringContaining(name) as string });
      expect((await readdir(folder)).filter((found) => found.startsWith('copies'))).toEqual([name]);
    },
  );

  it('is not left behind in part when the place cannot be written', async () => {
    await withRecords(3);
    expect(await backUpJournal(pathsIn(folder), join(folder, 'none', 'x'))).toHaveProperty('notWritten');
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  it('is not made of a damaged journal', async () => {
    await withRecords(3);
    const database = new DatabaseSync(join(folder, 'journal.sqlite'));
    database.exec("UPDATE record SET at = '2020' WHERE sequence = 2");
    database.close();
    expect(await backUpJournal(pathsIn(folder), file)).toMatchObject({ refused: 'chain-broken' });
    expect((await readdir(folder)).filter((name) => name.startsWith('copies'))).toEqual([]);
  });

  it('that lost its head, its end, or got another head is found by its verification', async () => {
    await withRecords(30);
    await backUpJournal(pathsIn(folder), file);
    const working = { ...pathsOfBackup(file), head: join(folder, 'journal.head') };
    // A working head beside it says nothing about where this copy ends, but that is where it ends.
    expect(await verifyFiles(working, 'backup')).toMatchObject({ records: 30 });
    await link(`${file}.head`, join(folder, 'aside'));
    await rm(`${file}.head`);
    expect(await verifyFiles(pathsOfBackup(file), 'backup')).toMatchObject({ refused: 'head-missing' });
    await link(join(folder, 'aside'), `${file}.head`);
    await truncate(file, 8_192);
    expect(await verifyFiles(pathsOfBackup(file), 'backup')).toMatchObject({ refused: 'damaged' });
  });
});

async function withRecords(count: number): Promise<void> {
  const journal = await openSqliteJournal(folder, createTestClock());
  if ('refused' in journal) throw new Error(journal.sentence);
  for (let number = 1; number <= count; number++) await journal.append([claimed(`${number}`)]);
  await journal.close();
}
