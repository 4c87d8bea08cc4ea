// Makes what is in a file or a folder durable; the journal's own few lines, so that it depends on no other
// part.

import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/**
 * Flushes the new, changed and removed names of a folder. Windows cannot and needs not: there a name is
 * durable with its file.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await syncOpened(folder, constants.O_RDONLY);
}

/** Flushes a file, whoever wrote to it. */
export async function syncFile(path: string): Promise<void> {
  await syncOpened(path, constants.O_RDWR);
}

async function syncOpened(path: string, flags: number): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
