// Replaces a small file so that a crash leaves either the old one or the new one, never half of it.

import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes beside the target, fsyncs, renames and fsyncs the folder; rejects when the disk does not take it. */
export async function replaceFile(path: string, content: string, mode: number): Promise<void> {
  const beside = `${path}.tmp`;
  const file = await open(beside, 'w', mode);
  try {
    await file.chmod(mode);
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
