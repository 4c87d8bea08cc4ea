import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headOnDisk } from '../../src/journal/head-disk.ts';
import { createHead, readHead } from '../../src/journal/head-file.ts';
import { JournalFailure, type Journal, type JournalRefusal } from '../../src/journal/journal.ts';
import { openJournalForReading, openSqliteJournal } from '../../src/journal/sqlite-journal.ts';
import { claimed, closed } from '../contract/claimed.ts';
import { createTestClock } from '../test-clock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goniec-sqlite-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a journal on SQLite', () => {
  it('goes on where it was, under the same id', async () => {
    const id = await withJournal(async (journal) => {
      await journal.append([claimed('A'), claimed('B')]);
      return journal.id;
    });
    await withJournal(async (journal) => {
      expect(journal.id).toBe(id);
      expect(await journal.openStreams('order/')).toEqual(['order/A', 'order/B']);
      expect((await journal.append([closed('A')]))[0]?.sequence).toBe(3);
      expect(await journal.verify()).toBeUndefined();
    });
  });

  it('has its head on the disk before an append resolves', async () => {
    await withJournal(async (journal) => {
      for (const last of [2, 4, 6]) {
        await journal.append([claimed(`${last}a`), claimed(`${last}b`)]);
        expect(await readHead(headOnDisk(join(folder, 'journal.head')))).toMatchObject({
          journalId: journal.id,
          sequence: last,
        });
      }
    });
  });

  it('brings a head up that a crash left behind the journal', async () => {
    await withJournal((journal) => journal.append([claimed('A')]));
    await cp(join(folder, 'journal.head'), join(folder, 'older.head'));
    await withJournal((journal) => journal.append([claimed('B'), claimed('C')]));
    await rename(join(folder, 'older.head'), join(folder, 'journal.head'));
    await withJournal((journal) => journal.verify());
    expect(await readHead(headOnDisk(join(folder, 'journal.head')))).toMatchObject({ sequence: 3 });
  });

  it('starts anew after a crash between making the database and the head', async () => {
    await withJournal(async () => undefined);
    await rm(join(folder, 'journal.head'));
    await withJournal(async (journal) => expect(await journal.append([claimed('A')])).toHaveLength(1));
  });

  it('undoes what a crash left half done before its log was turned on', async () => {
    await withJournal((journal) =>
      journal.append(Array.from({ length: 300 }, (_, index) => claimed(`${index}`))),
    );
    const path = join(folder, 'journal.sqlite');
    const database = new DatabaseSync(path);
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN');
    database.exec("UPDATE record SET body = 'half done'");
    const files = new Map<string, Buffer>();
    for (const name of [path, `${path}-journal`]) files.set(name, await readFile(name));
    database.exec('ROLLBACK');
    database.close();
    for (const [name, content] of files) await writeFile(name, content);
    await withJournal(async (journal) => {
      expect(await journal.openStreams('order/')).toHaveLength(300);
      expect(await journal.verify()).toBeUndefined();
    });
  });

  it('takes nothing more after it could not write', async () => {
    await withJournal(async (journal) => {
      await journal.append([claimed('A')]);
      const other = new DatabaseSync(join(folder, 'journal.sqlite'));
      other.exec("CREATE TRIGGER full BEFORE INSERT ON record BEGIN SELECT RAISE(FAIL, 'disk full'); END");
      await expect(journal.append([claimed('B')])).rejects.toThrow(JournalFailure);
      other.exec('DROP TRIGGER full');
      other.close();
      await expect(journal.append([claimed('C')])).rejects.toThrow('disk full');
      expect(await journal.openStreams('order/')).toEqual(['order/A']);
    });
    await withJournal(async (journal) => expect(await journal.verify()).toBeUndefined());
  });

  it('says what the disk said, also where the database has rolled back by itself', async () => {
    await withJournal(async (journal) => {
      const other = new DatabaseSync(join(folder, 'journal.sqlite'));
      other.exec(
        "CREATE TRIGGER full BEFORE INSERT ON record BEGIN SELECT RAISE(ROLLBACK, 'disk full'); END",
      );
      other.close();
      await expect(journal.append([claimed('A')])).rejects.toThrow('the journal did not write: disk full');
    });
  });

  it('is checked from its last checkpoint on at the start, and whole by verify', async () => {
    await withJournal((journal) =>
      journal.append(Array.from({ length: 1_500 }, (_, index) => claimed(`${index}`))),
    );
    change("UPDATE record SET body = replace(body, 'acme', 'evil') WHERE sequence = 900");
    await withJournal(async (journal) => expect(await journal.verify()).toMatchObject({ sequence: 900 }));
    change("UPDATE record SET body = replace(body, 'acme', 'evil') WHERE sequence = 1100");
    expect(await refusal()).toMatchObject({ refused: 'chain-broken' });
  });

  it('keeps every record it acknowledged when its process is killed', async () => {
    const acknowledged: string[] = [];
    for (const afterMs of [60, 150, 300]) acknowledged.push(...(await appendUntilKilled(afterMs)));
    expect(acknowledged.length).toBeGreaterThan(10);
    await withJournal(async (journal) => {
      const stored = new Set<string>();
      for await (const { sequence, stream } of journal.records(0)) stored.add(`${sequence} ${stream}`);
      expect(acknowledged.filter((line) => !stored.has(line))).toEqual([]);
      expect(await journal.verify()).toBeUndefined();
    });
  });
});

describe('a journal that may not be trusted is refused', () => {
  it('when its database is gone', async () => {
    await withJournal((journal) => journal.append([claimed('A')]));
    for (const name of await readdir(folder))
      if (name.startsWith('journal.sqlite')) await rm(join(folder, name));
    expect(await refusal()).toMatchObject({ refused: 'database-missing' });
    await writeFile(join(folder, 'journal.sqlite'), '');
    expect(await refusal()).toMatchObject({ refused: 'database-missing' });
  });

  it('when an older copy was put back', async () => {
    await withJournal((journal) => journal.append([claimed('A')]));
    await cp(join(folder, 'journal.sqlite'), join(folder, 'backup'));
    await withJournal((journal) => journal.append([claimed('B')]));
    await rename(join(folder, 'backup'), join(folder, 'journal.sqlite'));
    const refused = await refusal();
    expect(refused).toMatchObject({ refused: 'behind-head' });
    expect(refused.sentence).toContain('ends at record 1 but had reached 2');
  });

  it('when an older copy was put back and has gone on', async () => {
    await withJournal((journal) => journal.append([claimed('A')]));
    await cp(join(folder, 'journal.sqlite'), join(folder, 'backup'));
    await cp(join(folder, 'journal.head'), join(folder, 'backup.head'));
    await withJournal((journal) => journal.append([claimed('B')]));
    await cp(join(folder, 'journal.head'), join(folder, 'newest.head'));
    await rename(join(folder, 'backup'), join(folder, 'journal.sqlite'));
    await rename(join(folder, 'backup.head'), join(folder, 'journal.head'));
    await withJournal((journal) => journal.append([claimed('C'), claimed('D')]));
    await rename(join(folder, 'newest.head'), join(folder, 'journal.head'));
    expect(await refusal()).toMatchObject({ refused: 'head-differs' });
  });

  it('when records at its end were taken away', async () => {
    await withJournal((journal) => journal.append([claimed('A'), claimed('B')]));
    change('PRAGMA foreign_keys = OFF; DELETE FROM record WHERE sequence = 2');
    expect(await refusal()).toMatchObject({ refused: 'behind-head' });
  });

  it('when a record in its middle was taken away or changed', async () => {
    await withJournal((journal) => journal.append([claimed('A'), claimed('B'), claimed('C')]));
    change("UPDATE record SET stream = 'order/X' WHERE sequence = 2");
    const changed = await refusal();
    expect(changed).toMatchObject({ refused: 'chain-broken' });
    expect(changed.sentence).toContain('record 2');
    change('PRAGMA foreign_keys = OFF; DELETE FROM record WHERE sequence = 2');
    expect(await refusal()).toMatchObject({ refused: 'chain-broken' });
  });

  it('when a checkpoint was changed', async () => {
    await withJournal((journal) =>
      journal.append(Array.from({ length: 1_001 }, (_, index) => claimed(`${index}`))),
    );
    change("UPDATE checkpoint SET seal = x'00'");
    expect(await refusal()).toMatchObject({ refused: 'chain-broken' });
  });

  it('when its head is gone or damaged', async () => {
    await withJournal((journal) => journal.append([claimed('A')]));
    await writeFile(join(folder, 'journal.head'), 'x'.repeat(8_192));
    expect(await refusal()).toMatchObject({ refused: 'head-unreadable' });
    await rm(join(folder, 'journal.head'));
    expect(await refusal()).toMatchObject({ refused: 'head-missing' });
  });

  it("when its head is another journal's", async () => {
    await withJournal((journal) => journal.append([claimed('A')]));
    const journalId = '00000000000000000000000000';
    await createHead(headOnDisk(join(folder, 'journal.head')), {
      kind: 'own',
      journalId,
      sequence: 1,
      hash: Buffer.alloc(32),
    });
    expect(await refusal()).toMatchObject({ refused: 'other-journal' });
  });

  it('when its file is no database', async () => {
    await writeFile(
      join(folder, 'journal.sqlite'),
      'this is not a database, whatever its name says. '.repeat(50),
    );
    expect(await refusal()).toMatchObject({ refused: 'damaged' });
  });

  it('when its folder cannot be made', async () => {
    await writeFile(join(folder, 'state'), '');
    const opened = await openSqliteJournal(join(folder, 'state'), createTestClock());
    expect(opened).toMatchObject({ refused: 'unusable' });
  });

  it('when another process has it, named with the time since when', async () => {
    await withJournal(async () => {
      const refused = await refusal();
      expect(refused.refused).toBe('in-use');
      expect(refused.sentence).toContain(`process ${process.pid}, since 2026-03-02T08:00:00.000Z`);
    });
    await withJournal(async (journal) => expect(await journal.append([claimed('A')])).toHaveLength(1));
  });

  it('only as long as the other process lives', async () => {
    const child = startAppending();
    await firstLine(child);
    const refused = await refusal();
    expect(refused.sentence).toContain(`process ${child.pid ?? 0},`);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    await withJournal(async (journal) => expect(await journal.verify()).toBeUndefined());
  });
});

describe('verify', () => {
  it.each([
    ['a key that is gone', 'DELETE FROM stream_key WHERE sequence = 2', 2],
    ['a key of another value', "UPDATE stream_key SET value = 'x' WHERE sequence = 1", 1],
    ['an open stream stored as closed', "UPDATE stream SET closed = 2 WHERE name = 'order/B'", 2],
    ['a closed stream stored as open', "UPDATE stream SET closed = NULL WHERE name = 'order/A'", 3],
    ['a stream that is not stored', "DELETE FROM stream WHERE name = 'order/B'", 2],
  ])('finds %s, and so does the start', async (_, sql, sequence) => {
    await withJournal((journal) => journal.append([claimed('A'), claimed('B'), closed('A')]));
    change(sql);
    const reader = await openJournalForReading(folder);
    if ('refused' in reader) throw new Error(reader.sentence);
    expect(await reader.verify()).toMatchObject({ sequence });
    await reader.close();
    expect(await refusal()).toMatchObject({ refused: 'chain-broken' });
  });
});

describe('a reader beside the owner', () => {
  it('sees what was appended, and finds it sound', async () => {
    await withJournal(async (journal) => {
      await journal.append([claimed('A')]);
      const reader = await openJournalForReading(folder);
      if ('refused' in reader) throw new Error(reader.sentence);
      expect(reader.id).toBe(journal.id);
      await journal.append([claimed('B'), closed('A')]);
      expect(await reader.openStreams('order/')).toEqual(['order/B']);
      expect(await reader.verify()).toBeUndefined();
      await reader.close();
      expect(await journal.append([claimed('C')])).toHaveLength(1);
    });
  });

  it('reads a journal nobody owns, and reports what an owner would refuse', async () => {
    await withJournal((journal) => journal.append([claimed('A')]));
    await cp(join(folder, 'journal.sqlite'), join(folder, 'backup'));
    await withJournal((journal) => journal.append([claimed('B')]));
    await rename(join(folder, 'backup'), join(folder, 'journal.sqlite'));
    const reader = await openJournalForReading(folder);
    if ('refused' in reader) throw new Error(reader.sentence);
    expect(await reader.read('order/A')).toHaveLength(1);
    expect(await reader.verify()).toEqual({ sequence: 2, reason: 'the journal ends before its head file' });
    await reader.close();
  });

  it('is told when there is no journal', async () => {
    expect(await openJournalForReading(folder)).toMatchObject({ refused: 'missing' });
    expect(await readdir(folder)).toEqual([]);
  });
});

async function withJournal<Result>(use: (journal: Journal) => Promise<Result>): Promise<Result> {
  const journal = await openSqliteJournal(folder, createTestClock());
  if ('refused' in journal) throw new Error(journal.sentence);
  try {
    return await use(journal);
  } finally {
    await journal.close();
  }
}

async function refusal(): Promise<JournalRefusal> {
  const opened = await openSqliteJournal(folder, createTestClock());
  if ('refused' in opened) return opened;
  await opened.close();
  throw new Error('the journal was opened');
}

/** Changes the database behind the journal's back. */
function change(sql: string): void {
  const database = new DatabaseSync(join(folder, 'journal.sqlite'));
  database.exec(sql);
  database.close();
}

function startAppending(): ReturnType<typeof spawn> {
  return spawn(process.execPath, [join(import.meta.dirname, 'append-until-killed.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function firstLine(child: ReturnType<typeof spawn>): Promise<void> {
  await new Promise((resolve) => child.stdout?.once('data', resolve));
}

/**
 * The lines a process printed before it was killed, `afterMs` after the first of them; a torn last line is
 * left out.
 */
async function appendUntilKilled(afterMs: number): Promise<readonly string[]> {
  const child = startAppending();
  let output = '';
  child.stdout?.on('data', (piece: Buffer) => (output += piece.toString('utf8')));
  await firstLine(child);
  setTimeout(() => child.kill('SIGKILL'), afterMs);
  await new Promise((resolve) => child.once('close', resolve));
  return output.split('\n').slice(0, -1);
}
