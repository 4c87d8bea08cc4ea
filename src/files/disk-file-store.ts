// The file store on a real disk, local or shared.

import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { lstat, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { onDisk, onSharedDisk, systemCode } from './disk-failure.ts';
import {
  makeDurableFolder,
  partPath,
  putInPlace,
  renameToFree,
  sweepPartsOf,
  syncFolder,
} from './durable-names.ts';
import { FileFailure, type FileEntry, type FileStore } from './file-store.ts';

const PIECE_SIZE_BYTES = 128 * 1024;
/** Looks at so many files at once: a folder on a share is slow by round trips, not by work. */
const LOOKS_AT_ONCE = 32;
/**
 * A name swapped for a link between list and read must not lead out of the folder. Windows has no such flag.
 */
const READ_FLAGS = constants.O_RDONLY | ((constants as { O_NOFOLLOW?: number }).O_NOFOLLOW ?? 0);

export const diskFileStore: FileStore = {
  list,
  stat,
  read,
  readWhole,
  write,
  move,
  remove,
  makeFolder: makeDurableFolder,
};

async function list(folder: string): Promise<readonly FileEntry[]> {
  const names = (await onDisk(folder, () => readdir(folder))).sort();
  const entries: FileEntry[] = [];
  for (let from = 0; from < names.length; from += LOOKS_AT_ONCE) {
    const looks = names.slice(from, from + LOOKS_AT_ONCE).map((name) => look(folder, name));
    for (const entry of await Promise.all(looks)) if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

async function look(folder: string, name: string): Promise<FileEntry | undefined> {
  const entry = await stat(join(folder, name));
  // A name that is not UTF-8 cannot be opened under the text we have for it. It is shown, so that it can be
  // reported; any other name that is gone was taken away since the folder was read.
  return entry ?? (name.includes('\uFFFD') ? { name, kind: 'other', sizeBytes: 0, mtimeMs: 0 } : undefined);
}

async function stat(path: string): Promise<FileEntry | undefined> {
  return await onDisk(path, async () => {
    try {
      return asEntry(basename(path), await lstat(path));
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
      throw error;
    }
  });
}

function asEntry(name: string, stats: Stats): FileEntry {
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
  return { name, kind, sizeBytes: stats.size, mtimeMs: stats.mtimeMs };
}

async function* read(
  path: string,
  range?: { readonly from: number; readonly to: number },
): AsyncGenerator<Uint8Array> {
  const handle = await onSharedDisk(path, () => open(path, READ_FLAGS));
  try {
    const end = range?.to ?? Number.POSITIVE_INFINITY;
    for (let at = range?.from ?? 0; at < end;) {
      // Every piece is memory of its own: whoever reads may keep it.
      const piece = Buffer.allocUnsafeSlow(Math.min(PIECE_SIZE_BYTES, end - at));
      const start = at;
      const { bytesRead } = await onDisk(path, () => handle.read(piece, 0, piece.length, start));
      if (bytesRead === 0) return;
      at += bytesRead;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function readWhole(path: string, sizeBytesMax: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of read(path, { from: 0, to: sizeBytesMax + 1 })) {
    pieces.push(piece);
    sizeBytes += piece.length;
  }
  if (sizeBytes > sizeBytesMax) {
    throw new FileFailure('too-large', path, `${path} is larger than ${sizeBytesMax} bytes`);
  }
  return Buffer.concat(pieces, sizeBytes);
}

async function write(
  path: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  options?: { readonly replace?: boolean },
): Promise<{ readonly sizeBytes: number; readonly sha256: string }> {
  // What is replaced may be what a crash kept from being finished the last time.
  if (options?.replace === true) await sweepPartsOf(path);
  const part = partPath(path);
  const handle = await onDisk(path, () => open(part, 'wx', 0o640));
  try {
    const written = await fill(handle, path, content);
    if (options?.replace === true) await onSharedDisk(path, () => rename(part, path));
    else await putInPlace(part, path);
    await syncFolder(dirname(path));
    return written;
  } catch (error) {
    // What failed is what the caller must hear of; a part that stays is swept at the next start.
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Writes and flushes the content, and closes the file: Windows renames no open file. */
async function fill(
  handle: FileHandle,
  path: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<{ readonly sizeBytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    for await (const piece of content instanceof Uint8Array ? [content] : content) {
      hash.update(piece);
      sizeBytes += piece.length;
      await onDisk(path, () => handle.writeFile(piece));
    }
    await onDisk(path, () => handle.sync());
  } finally {
    await handle.close();
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

async function move(from: string, to: string): Promise<void> {
  await renameToFree(from, to);
  await syncFolder(dirname(to));
  if (dirname(from) !== dirname(to)) await syncFolder(dirname(from));
}

async function remove(path: string): Promise<void> {
  if ((await stat(path)) === undefined) return;
  await onSharedDisk(path, () => rm(path, { recursive: true, force: true }));
  await syncFolder(dirname(path));
}
