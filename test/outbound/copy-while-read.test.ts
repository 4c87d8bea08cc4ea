import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { FileFailure, type FileStore } from '../../src/files/file-store.ts';
import { copyWhileRead } from '../../src/outbound/copy-while-read.ts';
import { createSimulatedDisk, type SimulatedDisk } from '../files/simulated-disk.ts';

const LARGE = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251));

let disk: SimulatedDisk;
let files: FileStore;
beforeEach(() => {
  disk = createSimulatedDisk();
  files = disk.fileStore();
  disk.put('/erp/one.xml', LARGE);
  disk.put('/state/keep', Buffer.of());
});

async function wholeOf(source: () => AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(source(), (piece) => Buffer.from(piece)));
}

describe('a copy made while the file is read', () => {
  it('has the bytes that were read', async () => {
    const { sha256, value } = await copyWhileRead(
      files,
      { path: '/erp/one.xml', sizeBytes: Infinity },
      '/state/copy',
      wholeOf,
    );
    expect(value.equals(LARGE)).toBe(true);
    expect(sha256).toBe(createHash('sha256').update(LARGE).digest('hex'));
    expect(Buffer.from(await files.readWhole('/state/copy', 1_000_000)).equals(LARGE)).toBe(true);
  });

  it('of an empty file is empty', async () => {
    disk.put('/erp/one.xml', Buffer.of());
    const { value } = await copyWhileRead(
      files,
      { path: '/erp/one.xml', sizeBytes: Infinity },
      '/state/copy',
      wholeOf,
    );
    expect(value.length).toBe(0);
    expect((await files.stat('/state/copy'))?.sizeBytes).toBe(0);
  });

  it('is not there when reading fails, and the failure is told', async () => {
    const reading = copyWhileRead(
      files,
      { path: '/erp/one.xml', sizeBytes: Infinity },
      '/state/copy',
      async (source) => {
        for await (const piece of source()) if (piece.length > 10_000) throw new Error('a bug');
      },
    );
    await expect(reading).rejects.toThrow('a bug');
    expect((await files.list('/state')).map(({ name }) => name)).toEqual(['keep']);
  });

  it('fails as writing does, and reading ends', async () => {
    const full = new FileFailure('full', '/state/copy', 'no room');
    const failing: FileStore = {
      ...files,
      write: async (_path, content) => {
        for await (const piece of content as AsyncIterable<Uint8Array>) if (piece.length > 10_000) throw full;
        throw new Error('nothing came');
      },
    };
    await expect(
      copyWhileRead(failing, { path: '/erp/one.xml', sizeBytes: Infinity }, '/state/copy', wholeOf),
    ).rejects.toBe(full);
    const early: FileStore = { ...files, write: () => Promise.reject(full) };
    await expect(
      copyWhileRead(early, { path: '/erp/one.xml', sizeBytes: Infinity }, '/state/copy', wholeOf),
    ).rejects.toBe(full);
  });

  it('fails when the file is gone', async () => {
    const reading = copyWhileRead(
      files,
      { path: '/erp/two.xml', sizeBytes: Infinity },
      '/state/copy',
      wholeOf,
    );
    await expect(reading).rejects.toMatchObject({ code: 'missing', path: '/erp/two.xml' });
    expect((await files.list('/state')).map(({ name }) => name)).toEqual(['keep']);
  });
});
