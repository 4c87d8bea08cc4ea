// The file store on a disk, local or shared.

import { createHash, randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { callsWithLocal, systemDiskCalls, type DiskCalls, type FileToWrite } from './disk-calls.ts';
import { onDisk, onSharedDisk, systemCode } from './disk-failure.ts';
import { DurableNames } from './durable-names.ts';
import { FileFailure, type FileEntry, type FileStore, type ReadOptions } from './file-store.ts';

const PIECE_SIZE_BYTES = 128 * 1024;
/** Far more than a flush costs by itself. */
const FLUSHED_TOGETHER_BYTES = 32 << 20;
/** Most files are small; large pieces for them would be the better part of the memory we use. */
const FIRST_PIECE_SIZE_BYTES = 8 * 1024;
/** Looks at so many files at once: a folder on a share is slow by round trips, not by work. */
const LOOKS_AT_ONCE = 32;
const NO_MEMORY = Buffer.alloc(0);
/** Memory for pieces that are only lent, between two readings. */
const LENDABLE_MAX = 4;

export interface DiskFileStore extends FileStore {
  /**
   * Removes what a crashed writer left in `folder`: part files that this process did not make. To be called at
   * the start, when no other process of ours writes there.
   */
  sweepParts(folder: string): Promise<void>;
}

/** The file store of one process over a disk; no two processes have the same token. */
export function createDiskFileStore(calls: DiskCalls, processToken: string): DiskFileStore {
  const names = new DurableNames(calls, processToken);
  const lendable: Buffer[] = [];

  async function list(folder: string): Promise<readonly FileEntry[]> {
    const found = [...(await onDisk(folder, () => calls.names(folder)))].sort();
    const entries: FileEntry[] = [];
    for (let from = 0; from < found.length; from += LOOKS_AT_ONCE) {
      const looks = found.slice(from, from + LOOKS_AT_ONCE).map((name) => look(folder, name));
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
        return { name: basename(path), ...(await calls.look(path)) };
      } catch (error) {
        if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
        throw error;
      }
    });
  }

  async function* read(
    path: string,
    { from = 0, to = Number.POSITIVE_INFINITY, lent = false }: ReadOptions = {},
  ): AsyncGenerator<Uint8Array> {
    const file = await onSharedDisk(path, () => calls.openToRead(path));
    let memory = (lent ? lendable.pop() : undefined) ?? NO_MEMORY;
    try {
      let wasFilled = false;
      for (let at = from; at < to;) {
        const sizeBytes = Math.min(wasFilled ? PIECE_SIZE_BYTES : FIRST_PIECE_SIZE_BYTES, to - at);
        // Every piece is memory of its own, unless it is lent: whoever reads may keep it.
        if (!lent) memory = Buffer.allocUnsafeSlow(sizeBytes);
        else if (memory.length < sizeBytes)
          memory = Buffer.allocUnsafeSlow(wasFilled ? PIECE_SIZE_BYTES : FIRST_PIECE_SIZE_BYTES);
        const piece = memory.subarray(0, sizeBytes);
        const start = at;
        const readBytes = await onDisk(path, () => file.read(piece, start));
        if (readBytes === 0) return;
        wasFilled = readBytes === piece.length;
        at += readBytes;
        yield piece.subarray(0, readBytes);
      }
    } finally {
      if (lent && lendable.length < LENDABLE_MAX) lendable.push(memory);
      await file.close();
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
    // What is replaced may be what a crash kept from being finished the last time. Only its own parts: a folder
    // of the archive is never swept as a whole, because there is one for every order there ever was.
    if (options?.replace === true) await names.sweepParts(dirname(path), path);
    const part = names.partPath(path);
    const file = await onDisk(path, () => calls.create(part));
    try {
      const written = await fill(file, path, content);
      if (options?.replace === true) await onSharedDisk(path, () => calls.rename(part, path));
      else await names.putInPlace(part, path);
      await names.flushFolder(dirname(path));
      return written;
    } catch (error) {
      // What failed is what the caller must hear of; a part that stays is swept at the next start.
      await names.removePart(part).catch(() => undefined);
      // Whoever is told that the file exists relies on it, and the process that wrote it may have died before
      // its name was durable.
      if (error instanceof FileFailure && error.code === 'exists') await names.flushFolder(dirname(path));
      throw error;
    }
  }

  async function copy(from: string, to: string): Promise<void> {
    try {
      // The bytes are on the disk already; only the name is new.
      await calls.link(from, to);
    } catch {
      // Another volume, a file system without hard links, or what a crash kept from being finished the last time.
      await write(to, read(from), { replace: true });
      return;
    }
    await names.flushFolder(dirname(to));
  }

  async function move(from: string, to: string): Promise<void> {
    await names.renameToFree(from, to);
    await names.flushFolder(dirname(to));
    if (dirname(from) !== dirname(to)) await names.flushFolder(dirname(from));
  }

  async function remove(path: string): Promise<void> {
    if ((await stat(path)) === undefined) {
      await names.flushOnce(dirname(path));
      return;
    }
    await onSharedDisk(path, () => calls.removeTree(path)).catch((error: unknown) => {
      names.doubt(dirname(path));
      throw error;
    });
    await names.flushFolder(dirname(path));
  }

  return {
    list,
    stat,
    read,
    readWhole,
    write,
    copy,
    move,
    remove,
    makeFolder: (path) => names.makeFolder(path),
    sweepParts: (folder) => names.sweepParts(folder),
  };
}

/** Writes and flushes the content, and closes the file: Windows renames no open file. */
async function fill(
  file: FileToWrite,
  path: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<{ readonly sizeBytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let flushedBytes = 0;
  let flushing = Promise.resolve();
  try {
    for await (const piece of content instanceof Uint8Array ? [content] : content) {
      const writing = onDisk(path, () => file.write(piece));
      hash.update(piece);
      sizeBytes += piece.length;
      await writing;
      if (sizeBytes - flushedBytes < FLUSHED_TOGETHER_BYTES) continue;
      // Most of a large file is on the disk by the time its last piece comes, instead of all of it being waited for then.
      await flushing;
      flushedBytes = sizeBytes;
      flushing = onDisk(path, () => file.flush());
      // A failure is met where it is waited for.
      flushing.catch(() => undefined);
    }
    await flushing;
    await onDisk(path, () => file.flush());
  } finally {
    await flushing.catch(() => undefined);
    await file.close();
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

/** The file store on the disk of this machine. */
export const diskFileStore: DiskFileStore = createDiskFileStore(systemDiskCalls, newToken());

/** The same, quicker below a folder that lies on this machine's own disk. */
export function diskFileStoreWithLocal(folder: string): DiskFileStore {
  return createDiskFileStore(callsWithLocal(folder), newToken());
}

function newToken(): string {
  return randomBytes(6).toString('hex');
}
