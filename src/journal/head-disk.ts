// The head file on a real disk.

import { constants } from 'node:fs';
import { open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { HeadDisk } from './journal-volume.ts';
import { syncFolder } from './sync-to-disk.ts';

export function headOnDisk(path: string): HeadDisk {
  return {
    read: () =>
      readFile(path).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }),
    create: (bytes) => create(path, bytes),
    async open() {
      const handle = await open(path, constants.O_RDWR);
      return {
        write: (bytes, position) => writeFully(handle, bytes, position),
        flush: () => handle.datasync(),
        close: () => handle.close(),
      };
    },
  };
}

async function create(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.part`;
  await rm(part, { force: true });
  const handle = await open(part, 'wx', 0o640);
  try {
    await writeFully(handle, bytes, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, path);
  await syncFolder(dirname(path));
}

async function writeFully(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}
