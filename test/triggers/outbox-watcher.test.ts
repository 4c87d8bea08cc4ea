import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchFolders } from '../../src/triggers/outbox-watcher.ts';

describe.each([{ polling: false }, { polling: true }])('the watcher with polling $polling', ({ polling }) => {
  let folder: string;
  let hints: number;
  const errors: Error[] = [];
  const pauseMs = polling ? 2_600 : 400;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), '.goniec-watch-'));
    hints = 0;
    errors.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('hints at new files, not at dot files, subfolders or what was there', async () => {
    await mkdir(join(folder, 'sub'));
    await writeFile(join(folder, 'old.xml'), 'x');
    const watch = await watchFolders([folder], () => hints++, {
      polling,
      onError: (error) => errors.push(error),
    });
    await writeFile(join(folder, '.hidden'), 'x');
    await writeFile(join(folder, 'sub', 'below.xml'), 'x');
    await pause(pauseMs);
    expect(hints).toBe(0);
    await writeFile(join(folder, '.a.part'), 'x');
    await rename(join(folder, '.a.part'), join(folder, 'a.xml'));
    await pause(pauseMs);
    expect(hints).toBeGreaterThan(0);
    await watch.close();
    const heard = hints;
    await writeFile(join(folder, 'b.xml'), 'x');
    await pause(pauseMs);
    expect(hints).toBe(heard);
    expect(errors).toEqual([]);
  });
});

describe('the watcher', () => {
  it('does not fail for a folder that is missing', async () => {
    const watch = await watchFolders(['/nowhere/at/all'], () => undefined, {
      polling: false,
      onError: () => undefined,
    });
    await watch.close();
  });
});

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
