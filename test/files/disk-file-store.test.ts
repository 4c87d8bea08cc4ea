import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemDiskCalls, type DiskCalls } from '../../src/files/disk-calls.ts';
import {
  createDiskFileStore,
  diskFileStore,
  diskFileStoreWithLocal,
} from '../../src/files/disk-file-store.ts';

describe('the disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'goniec-disk-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('shows a half-written file under a dot name only', async () => {
    let during: readonly string[] = [];
    async function* content(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      during = await readdir(folder);
      yield Buffer.from('whole');
    }
    await diskFileStore.write(join(folder, 'a.xml'), content());
    expect(during).toHaveLength(1);
    expect(during[0]).toMatch(/^\.a\.xml\..+\.goniec-part$/);
    expect(await readdir(folder)).toEqual(['a.xml']);
  });

  it('flushes a large file while it comes, and once more when it is whole', async () => {
    const flushedBytes: number[] = [];
    const sizes: number[] = [];
    const calls: DiskCalls = {
      ...systemDiskCalls,
      async create(path) {
        const file = await systemDiskCalls.create(path);
        let written = 0;
        return {
          ...file,
          write: async (piece) => ((written += piece.length), file.write(piece)),
          flush: async () => (flushedBytes.push(written), file.flush()),
        };
      },
    };
    const piece = Buffer.alloc(8 << 20, 'x');
    async function* content(): AsyncGenerator<Uint8Array> {
      for (let count = 0; count < 9; count += 1) yield piece;
    }
    const { sizeBytes } = await createDiskFileStore(calls, 'test').write(join(folder, 'a.xml'), content());
    sizes.push(sizeBytes, (await stat(join(folder, 'a.xml'))).size);
    expect(sizes).toEqual([9 * piece.length, 9 * piece.length]);
    expect(flushedBytes).toEqual([4, 8, 9].map((count) => count * piece.length));
  });

  it('gives no name to a large file of which a part could not be flushed', async () => {
    const calls: DiskCalls = {
      ...systemDiskCalls,
      async create(path) {
        const file = await systemDiskCalls.create(path);
        let flushes = 0;
        const flush = async (): Promise<void> => {
          flushes += 1;
          if (flushes === 1)
            throw Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'fsync', errno: -28 });
        };
        return { ...file, flush };
      },
    };
    const written = createDiskFileStore(calls, 'test').write(join(folder, 'a.xml'), Buffer.alloc(33 << 20));
    await expect(written).rejects.toMatchObject({ code: 'full' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('lets one of two writers of the same name win, whole', async () => {
    const writes = ['one', 'two'].map((text) =>
      diskFileStore.write(join(folder, 'a.xml'), Buffer.from(text)),
    );
    const results = await Promise.allSettled(writes);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await readdir(folder)).toEqual(['a.xml']);
  });

  it.skipIf(process.platform === 'win32')('gives a file one name and no access to others', async () => {
    await diskFileStore.write(join(folder, 'a.xml'), Buffer.from('x'));
    const { nlink, mode } = await stat(join(folder, 'a.xml'));
    expect([nlink, mode & 0o007]).toEqual([1, 0]);
  });

  it.skipIf(process.platform === 'win32')('does not read through a symbolic link', async () => {
    await writeFile(join(folder, 'secret'), 'secret');
    await symlink(join(folder, 'secret'), join(folder, 'a.xml'));
    await expect(diskFileStore.readWhole(join(folder, 'a.xml'), 100)).rejects.toMatchObject({
      code: 'failed',
    });
  });

  it.skipIf(process.platform === 'win32')(
    'neither waits for a pipe nor reads a device or a folder, whichever way it is opened',
    async () => {
      execFileSync('mkfifo', [join(folder, 'pipe')]);
      for (const store of [diskFileStore, diskFileStoreWithLocal(folder), diskFileStoreWithLocal('/dev')])
        for (const path of [join(folder, 'pipe'), '/dev/zero', folder])
          await expect(store.readWhole(path, 100)).rejects.toMatchObject({
            code: 'failed',
            message: expect.stringMatching(/is not an ordinary file$/) as string,
          });
    },
  );

  it.skipIf(process.platform === 'win32')(
    'takes a link to a folder for the folder it is made in',
    async () => {
      await mkdir(join(folder, 'real'));
      await symlink(join(folder, 'real'), join(folder, 'linked'));
      await diskFileStore.makeFolder(join(folder, 'linked'));
      await diskFileStore.makeFolder(join(folder, 'linked/below'));
      expect(await readdir(join(folder, 'real'))).toEqual(['below']);
      await symlink(join(folder, 'nowhere'), join(folder, 'dangling'));
      await expect(diskFileStore.makeFolder(join(folder, 'dangling/below'))).rejects.toMatchObject({
        code: 'missing',
      });
    },
  );

  it.skipIf(process.platform !== 'linux')(
    'shows a file whose name is not UTF-8 instead of passing over it',
    async () => {
      const latin2 = Buffer.concat([
        Buffer.from(`${folder}/wyp`),
        Buffer.from([0xb3]),
        Buffer.from('aty.xml'),
      ]);
      await writeFile(latin2, 'x');
      expect(await diskFileStore.list(folder)).toMatchObject([{ name: 'wyp\uFFFDaty.xml', kind: 'other' }]);
    },
  );

  it('lists more files than are looked at in one go', async () => {
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => writeFile(join(folder, `${index}`.padStart(3, '0')), '')),
    );
    const entries = await diskFileStore.list(folder);
    expect(entries.map((entry) => entry.name)).toEqual((await readdir(folder)).sort());
  });

  it('sweeps the parts that an earlier process left, and nothing else', async () => {
    const left = '.a.xml.0011223344ff-1.goniec-part';
    for (const name of [left, '.hidden', 'a.xml', 'b.goniec-part']) await writeFile(join(folder, name), 'x');
    let during: readonly string[] = [];
    async function* content(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('mine');
      await diskFileStore.sweepParts(folder);
      during = await readdir(folder);
    }
    await diskFileStore.write(join(folder, 'c.xml'), content());
    expect(during).not.toContain(left);
    expect((await readdir(folder)).sort()).toEqual(['.hidden', 'a.xml', 'b.goniec-part', 'c.xml']);
  });

  it('replaces a file together with the part of it that an earlier process left, and no other part', async () => {
    const parts = ['.a.xml.0011223344ff-1.goniec-part', '.b.xml.0011223344ff-2.goniec-part'];
    for (const name of parts) await writeFile(join(folder, name), 'half');
    await diskFileStore.write(join(folder, 'a.xml'), Buffer.from('whole'), { replace: true });
    expect((await readdir(folder)).sort()).toEqual([parts[1], 'a.xml']);
  });
});
