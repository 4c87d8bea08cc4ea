import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { diskFileStore } from '../../src/files/disk-file-store.ts';

vi.mock('node:fs/promises', async (original) => ({
  ...(await original<object>()),
  link: () =>
    Promise.reject(Object.assign(new Error('EPERM: no links here'), { code: 'EPERM', syscall: 'link' })),
}));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goniec-no-links-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('writes without overwriting on a file system that has no hard links', async () => {
  const path = join(folder, 'a.xml');
  await diskFileStore.write(path, Buffer.from('first'));
  await expect(diskFileStore.write(path, Buffer.from('second'))).rejects.toMatchObject({ code: 'exists' });
  expect(await readFile(path, 'utf8')).toBe('first');
  expect(await readdir(folder)).toEqual(['a.xml']);
});
