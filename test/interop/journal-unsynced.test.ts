// SQLite, our head file and the order of their flushes against a disk that loses what was not flushed: the
// system calls of a real journal are recorded with strace, and a loss of power is tried at each of them.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteJournal } from '../../src/journal/sqlite-journal.ts';
import { createTestClock } from '../test-clock.ts';
import { STRACE, systemCalls, type SystemCall } from './support/system-calls.ts';
import { UnsyncedDisk, type Image } from './support/unsynced-disk.ts';

/** Enough for SQLite to merge its log into the database several times (every 1,000 pages). */
const APPENDS = 600;
/** Losses of power that are tried; the first appends at every call, the rest spread evenly. */
const LOSSES = 200;
const FIRST_CALLS = 80;
const SCRIPT = join(import.meta.dirname, '..', 'journal', 'append-until-killed.ts');

const reason = whyNot();
if (reason !== undefined) process.stderr.write(`journal-unsynced is skipped: ${reason}\n`);

describe.skipIf(reason !== undefined)('A loss of power that takes what was not flushed', () => {
  let root: string;
  let calls: readonly SystemCall[];
  beforeAll(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'goniec-unsynced-')));
    const folder = join(root, 'recorded');
    const trace = join(root, 'trace');
    await mkdir(folder);
    const args = [...STRACE, '-o', trace, process.execPath, SCRIPT, folder, String(APPENDS)];
    spawnSync('strace', args, { stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 * 1024 * 1024 });
    calls = systemCalls(await readFile(trace, 'latin1'), folder).filter(
      (call) => call.kind === 'print' || call.kind === 'flush-folder' || isOfTheJournal(call.file),
    );
  }, 300_000);
  afterAll(() => rm(root, { recursive: true }));

  it('leaves every acknowledged record, and a journal that opens', async () => {
    const count = calls.length;
    expect(calls.filter(({ kind }) => kind === 'flush').length).toBeGreaterThan(APPENDS / 3);
    const step = Math.ceil((count - FIRST_CALLS) / (LOSSES - FIRST_CALLS));
    const chance = chanceOf(4_711);
    const disk = new UnsyncedDisk();
    const acknowledged: string[] = [];
    const tried = { losses: 0, merges: 0 };
    let printed = '';
    for (const [index, call] of calls.entries()) {
      disk.perform(call);
      if (call.kind === 'write' && call.file === 'journal.sqlite') tried.merges += 1;
      if (call.kind === 'print') {
        printed += call.text;
        const lines = printed.split('\n');
        printed = lines.pop() ?? '';
        acknowledged.push(...lines);
      }
      if (index > FIRST_CALLS && index % step !== 0) continue;
      // Nothing, everything, or some blocks of what was not flushed have got to the disk.
      const share = [0, 1, 0.5, 0.1, 0.9][tried.losses % 5] ?? 0;
      await check(
        disk.afterPowerLoss(share, chance),
        acknowledged,
        `after call ${index} of ${count}, share ${share}`,
      );
      tried.losses += 1;
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(APPENDS);
    expect(tried.merges).toBeGreaterThan(100);
    process.stderr.write(
      `${tried.losses} losses of power over ${count} system calls, ${acknowledged.length} records\n`,
    );
  }, 600_000);

  it('is noticed by this test where a flush is left out', async () => {
    // As if the head were flushed before the records: then a record is acknowledged that the disk may not have.
    const without = calls.filter(
      ({ kind, ...call }) => !(kind === 'flush' && 'file' in call && call.file === 'journal.sqlite-wal'),
    );
    const disk = new UnsyncedDisk();
    for (const call of without) disk.perform(call);
    const acknowledged = without.flatMap((call) =>
      call.kind === 'print' ? call.text.trimEnd().split('\n') : [],
    );
    await expect(
      check(
        disk.afterPowerLoss(0, () => 0),
        acknowledged,
        'without flushes',
      ),
    ).rejects.toThrow();
  });

  async function check(image: Image, acknowledged: readonly string[], where: string): Promise<void> {
    const folder = await mkdtemp(join(root, 'image-'));
    for (const [name, content] of image) await writeFile(join(folder, name), content);
    const journal = await openSqliteJournal(folder, createTestClock());
    if ('refused' in journal) throw new Error(`${where}: ${journal.sentence}`);
    try {
      const stored = new Set<string>();
      for await (const { sequence, stream } of journal.records(0)) stored.add(`${sequence} ${stream}`);
      expect(
        acknowledged.filter((line) => !stored.has(line)),
        where,
      ).toEqual([]);
      expect(await journal.verify(), where).toBeUndefined();
    } finally {
      await journal.close();
      await rm(folder, { recursive: true });
    }
  }
});

/** The lock and SQLite's index of its log hold nothing that must last. */
function isOfTheJournal(file: string): boolean {
  return !file.startsWith('journal.lock') && !file.endsWith('-shm');
}

function whyNot(): string | undefined {
  if (process.platform !== 'linux') return 'strace is for Linux';
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `strace is missing or may not be used here (${error instanceof Error ? error.message.trim() : String(error)})`;
  }
}

/** The same sequence on every machine. */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
}
