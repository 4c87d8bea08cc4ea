import * as fs from 'node:fs/promises';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rotatingFile, type LogDisk } from '../../src/operations/rotating-file.ts';

let folder: string;
let failures: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goniec-rotating-'));
  failures = [];
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function file(more: { fileSizeMaxBytes?: number; filesMax?: number; disk?: LogDisk } = {}): Writable {
  const onFailure = (error: unknown): void =>
    void failures.push(error instanceof Error ? error.message : 'thrown');
  return rotatingFile({ folder, fileSizeMaxBytes: 1_000_000, filesMax: 3, onFailure, ...more });
}

/** The real disk with faults that can be switched on; `partly` bytes of a failing line still get through. */
function faulty(): {
  disk: LogDisk;
  fail: { open: boolean; append: boolean; rename: boolean; partly: number };
} {
  const fail = { open: false, append: false, rename: false, partly: 0 };
  const disk: LogDisk = {
    mkdir: fs.mkdir,
    readdir: (path) => fs.readdir(path),
    async open(path, flags, mode) {
      if (fail.open) throw new Error('denied');
      const handle = await fs.open(path, flags, mode);
      return {
        stat: () => handle.stat(),
        read: (bytes, offset, length, position) => handle.read(bytes, offset, length, position),
        close: () => handle.close(),
        async appendFile(bytes) {
          await handle.appendFile(fail.append ? bytes.subarray(0, fail.partly) : bytes);
          if (fail.append) throw new Error('no space left');
        },
      };
    },
    async rename(from, to) {
      if (fail.rename) throw new Error('denied');
      await fs.rename(from, to);
    },
  };
  return { disk, fail };
}

function say(stream: Writable, line: string): Promise<void> {
  return new Promise((resolve, reject) =>
    stream.write(`${line}\n`, (error) => (error ? reject(error) : resolve())),
  );
}

function end(stream: Writable): Promise<void> {
  return new Promise((resolve) => stream.end(resolve));
}

async function lines(name = 'goniec.log'): Promise<string[]> {
  return (await readFile(join(folder, name), 'utf8')).split('\n').slice(0, -1);
}

test('a burst of lines loses none at rotations, keeps their order and the limit of each file', async () => {
  const stream = file({ fileSizeMaxBytes: 1_000, filesMax: 100 });
  const said = Array.from({ length: 2_000 }, (_none, number) => `line ${number}`);
  for (const line of said) stream.write(`${line}\n`);
  await end(stream);
  const names = (await readdir(folder)).sort(
    (a, b) => Number(/\d+/.exec(b) ?? 0) - Number(/\d+/.exec(a) ?? 0),
  );
  expect(names.length).toBeGreaterThan(15);
  expect((await Promise.all(names.map(lines))).flat()).toEqual(said);
  for (const name of names) expect((await stat(join(folder, name))).size).toBeLessThanOrEqual(1_000);
});

test('only so many files are kept, the oldest lines go first', async () => {
  const stream = file({ fileSizeMaxBytes: 4, filesMax: 3 });
  for (const line of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']) await say(stream, line);
  await end(stream);
  expect((await readdir(folder)).sort()).toEqual(['goniec.log', 'goniec1.log', 'goniec2.log']);
  expect([await lines('goniec2.log'), await lines('goniec1.log'), await lines()]).toEqual([
    ['e', 'f'],
    ['g', 'h'],
    ['i'],
  ]);
});

test('the size of a file that is there already counts', async () => {
  await writeFile(join(folder, 'goniec.log'), 'old\n');
  const stream = file({ fileSizeMaxBytes: 6 });
  await say(stream, 'new');
  await end(stream);
  expect([await lines('goniec1.log'), await lines()]).toEqual([['old'], ['new']]);
});

test('a line longer than a file gets a file of its own', async () => {
  const stream = file({ fileSizeMaxBytes: 5 });
  for (const line of ['a', 'very long', 'b']) await say(stream, line);
  await end(stream);
  expect([await lines('goniec2.log'), await lines('goniec1.log'), await lines()]).toEqual([
    ['a'],
    ['very long'],
    ['b'],
  ]);
});

test('lines are lost while the disk is full, and only then', async () => {
  const { disk, fail } = faulty();
  const stream = file({ disk });
  await say(stream, 'one');
  fail.append = true;
  await say(stream, 'two');
  await say(stream, 'three');
  fail.append = false;
  await say(stream, 'four');
  await end(stream);
  expect(await lines()).toEqual(['one', 'four']);
  expect(failures).toEqual(['no space left', 'no space left']);
});

test('half a line left behind by a full disk or a crash does not spoil the next one', async () => {
  await writeFile(join(folder, 'goniec.log'), '{"event":"cra');
  const { disk, fail } = faulty();
  const stream = file({ disk });
  await say(stream, '{"event":"one"}');
  Object.assign(fail, { append: true, partly: 3 });
  await say(stream, '{"event":"two"}');
  fail.append = false;
  await say(stream, '{"event":"three"}');
  await end(stream);
  expect(await lines()).toEqual(['{"event":"cra', '{"event":"one"}', '{"e', '{"event":"three"}']);
});

test('a file that could not be opened is opened for a later line', async () => {
  const { disk, fail } = faulty();
  fail.open = true;
  const stream = file({ disk });
  await say(stream, 'one');
  fail.open = false;
  await say(stream, 'two');
  await end(stream);
  expect(await lines()).toEqual(['two']);
  expect(failures).toEqual(['denied']);
});

test('a rotation that fails is told and costs no line', async () => {
  const { disk, fail } = faulty();
  fail.rename = true;
  const stream = file({ disk, fileSizeMaxBytes: 4 });
  for (const line of ['one', 'two']) await say(stream, line);
  await end(stream);
  expect(await lines()).toEqual(['one', 'two']);
  expect(failures).toEqual(['denied']);
});

test('a file whose half line can not be ended is closed again', async () => {
  await writeFile(join(folder, 'goniec.log'), 'half');
  const { disk, fail } = faulty();
  fail.append = true;
  let open = 0;
  const counting: LogDisk = {
    ...disk,
    async open(path, flags, mode) {
      const handle = await disk.open(path, flags, mode);
      open += 1;
      return { ...handle, close: () => handle.close().finally(() => (open -= 1)) };
    },
  };
  const stream = file({ disk: counting });
  await say(stream, 'one');
  await say(stream, 'two');
  expect(open).toBe(0);
  await end(stream);
});

test('a folder that was taken away is made again', async () => {
  const stream = file({ fileSizeMaxBytes: 4 });
  await say(stream, 'one');
  await rm(folder, { recursive: true });
  await say(stream, 'two');
  await end(stream);
  expect(await lines()).toEqual(['two']);
});
