import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headOnDisk } from '../../src/journal/head-disk.ts';
import { createHead, openHead, readHead, type Head } from '../../src/journal/head-file.ts';
import type { HeadDisk } from '../../src/journal/journal-volume.ts';

const journalId = '01JNB0000000000000000000AB';

describe('the head file', () => {
  let folder: string;
  let path: string;
  let disk: HeadDisk;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'goniec-head-'));
    path = join(folder, 'journal.head');
    disk = headOnDisk(path);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is missing before it is made', async () => {
    expect(await readHead(disk)).toBe('missing');
  });

  it('holds the last head written, over many writes and openings', async () => {
    await createHead(disk, head(0));
    for (let sequence = 1; sequence <= 5; sequence++) {
      const file = await openHead(disk);
      await file.write(head(sequence));
      await file.write(head(sequence * 10));
      await file.close();
      expect(await readHead(disk)).toEqual(head(sequence * 10));
    }
  });

  it('falls back to the head before when a write is torn, wherever it is torn', async () => {
    await createHead(disk, head(0));
    const file = await openHead(disk);
    await file.write(head(7));
    const before = await readFile(path);
    await file.write(head(8));
    await file.close();
    const after = await readFile(path);
    const changed = [...after.keys()].filter((index) => after[index] !== before[index]);
    const first = changed[0] ?? 0;
    const last = changed.at(-1) ?? 0;
    for (let cut = first + 1; cut <= last; cut += 3) {
      await writeFile(path, Buffer.concat([after.subarray(0, cut), before.subarray(cut)]));
      const found = await readHead(disk);
      expect(found).toEqual(head(7));
    }
  });

  it('writes over the torn slot, not over the good one', async () => {
    await createHead(disk, head(0));
    let file = await openHead(disk);
    for (const sequence of [1, 2, 3]) await file.write(head(sequence));
    await file.close();
    const torn = await readFile(path);
    torn.fill('#', torn.indexOf(` ${journalId} 3 `), torn.indexOf(` ${journalId} 3 `) + 40);
    await writeFile(path, torn);
    file = await openHead(disk);
    await file.write(head(4));
    await file.close();
    expect((await readFile(path, 'latin1')).match(/AB \d+ /g)?.sort()).toEqual(['AB 2 ', 'AB 4 ']);
  });

  it('tells the head of a backup from the head of a working journal', async () => {
    await createHead(disk, { ...head(3), kind: 'backup' });
    expect(await readHead(disk)).toEqual({ ...head(3), kind: 'backup' });
  });

  it('is unreadable when neither slot is sound', async () => {
    await createHead(disk, head(3));
    const bytes = await readFile(path);
    bytes[30] = 0x23;
    bytes[4_096 + 30] = 0x23;
    await writeFile(path, bytes);
    expect(await readHead(disk)).toBe('unreadable');
    await writeFile(path, '');
    expect(await readHead(disk)).toBe('unreadable');
  });
});

function head(sequence: number): Head {
  return { kind: 'own', journalId, sequence, hash: Buffer.alloc(32, sequence + 1) };
}
