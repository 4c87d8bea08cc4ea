// The system calls the file store is built from, and those of this machine. A simulation brings its own.

import {
  close,
  closeSync,
  constants,
  fstat,
  fstatSync,
  fsync,
  linkSync,
  lstatSync,
  open,
  openSync,
  read,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  unlinkSync,
  write,
  writeSync,
  type Stats,
} from 'node:fs';
import { link, lstat, mkdir, readdir, rename, rm, unlink } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { FileFailure, type FileEntry } from './file-store.ts';

/** Each is one call to the system, and fails with the system's own error (ENOENT ...). */
export interface DiskCalls {
  /** Names in a folder, in any order. */
  names(folder: string): Promise<readonly string[]>;
  /** What is at a path; a symbolic link is not followed. */
  look(path: string): Promise<Omit<FileEntry, 'name'>>;
  openToRead(path: string): Promise<FileToRead>;
  /** A new, empty file, open for writing. */
  create(path: string): Promise<FileToWrite>;
  /** Replaces what has the name `to`, in one step. */
  rename(from: string, to: string): Promise<void>;
  /** A second name for a file; never replaces. */
  link(existing: string, path: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** A file, or a folder with all in it; many calls in truth, in no known order. */
  removeTree(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  /** Makes the names in a folder durable. */
  flushFolder(folder: string): Promise<void>;
}

export interface FileToRead {
  /** How many bytes were read; 0 at the end. */
  read(into: Uint8Array, position: number): Promise<number>;
  close(): Promise<void>;
}

export interface FileToWrite {
  write(piece: Uint8Array): Promise<void>;
  /** Makes the content durable, but not the name. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as { O_NOFOLLOW?: number; O_NONBLOCK?: number };

/**
 * A name swapped between list and read must neither lead out of the folder as a link, nor stop us as a pipe that nobody
 * writes to. Windows has no such flags.
 */
const READ_FLAGS = constants.O_RDONLY | O_NOFOLLOW | O_NONBLOCK;

const SMALL_FOLDER_FILES_MAX = 16;
const SMALL_FILE_SIZE_MAX_BYTES = 64 * 1024;

// By the number of a file, because for a small one its handle would be most of the work.
const opened = promisify(open);
const readInto = promisify(read);
const statsOf = promisify(fstat);
const written = promisify(write);
const flushed = promisify(fsync);
const closed = promisify(close);

/** The disk of this machine. */
export const systemDiskCalls: DiskCalls = {
  names: (folder) => readdir(folder),
  look: async (path) => entryOf(await lstat(path)),
  openToRead: async (path) => readable(await ordinary(path, await opened(path, READ_FLAGS))),
  create: async (path) => writable(await opened(path, 'wx', 0o640)),
  rename,
  link,
  unlink,
  removeTree: (path) => rm(path, { recursive: true, force: true }),
  makeFolder: (path) => mkdir(path),
  async flushFolder(folder) {
    // Windows cannot flush a folder; there a name is durable with its file.
    if (process.platform === 'win32') return;
    const file = await opened(folder, 'r');
    try {
      await flushed(file);
    } finally {
      await closed(file);
    }
  },
};

/**
 * The same, for what lies below a folder of this machine's own disk: what takes microseconds there is done at once, because
 * to hand it to another thread takes longer. Flushes, whole trees and what makes a file or a folder, which may have to wait
 * for a flush, are still waited for beside other work, and so is every call outside the folder: a share may not answer for
 * minutes.
 */
export function callsWithLocal(folder: string): DiskCalls {
  const isLocal = (path: string): boolean => path.startsWith(folder + sep);
  const far = systemDiskCalls;
  return {
    ...far,
    names: async (path) => (isLocal(path) ? readdirSync(path) : far.names(path)),
    look: async (path) => (isLocal(path) ? entryOf(lstatSync(path)) : far.look(path)),
    openToRead: async (path) =>
      isLocal(path) ? localReadable(localOrdinary(path, openSync(path, READ_FLAGS))) : far.openToRead(path),
    create: async (path) =>
      isLocal(path) ? localWritable(await opened(path, 'wx', 0o640)) : far.create(path),
    rename: async (from, to) => (isLocal(from) && isLocal(to) ? renameSync(from, to) : far.rename(from, to)),
    link: async (existing, path) =>
      isLocal(existing) && isLocal(path) ? linkSync(existing, path) : far.link(existing, path),
    unlink: async (path) => (isLocal(path) ? unlinkSync(path) : far.unlink(path)),
    async removeTree(path) {
      if (isLocal(path) && isSmallFolder(path)) rmSync(path, { recursive: true, force: true });
      else await far.removeTree(path);
    },
    async flushFolder(path) {
      if (isLocal(path) && process.platform !== 'win32') await flushLocal(path);
      else await far.flushFolder(path);
    },
  };
}

/** The open file, when it is one: a device never ends, and a pipe gives what was never in the folder. */
async function ordinary(path: string, file: number): Promise<number> {
  if ((await statsOf(file)).isFile()) return file;
  await closed(file);
  throw notOrdinary(path);
}

function localOrdinary(path: string, file: number): number {
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  throw notOrdinary(path);
}

function notOrdinary(path: string): FileFailure {
  return new FileFailure('failed', path, `${path} is not an ordinary file`);
}

function entryOf(stats: Stats): Omit<FileEntry, 'name'> {
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
  return { kind, sizeBytes: stats.size, mtimeMs: stats.mtimeMs };
}

/** From this size on it is worth to write on another thread while the next piece is made, and to let others have their turn. */
const LARGE_PIECE_BYTES = 64 * 1024;

/** A flat folder of a few small files, whose removal is not worth waiting for beside other work. */
function isSmallFolder(path: string): boolean {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return false;
  const names = readdirSync(path);
  if (names.length > SMALL_FOLDER_FILES_MAX) return false;
  const files = names.map((name) => lstatSync(join(path, name), { throwIfNoEntry: false }));
  return files.every(
    (file) => file === undefined || (file.isFile() && file.size <= SMALL_FILE_SIZE_MAX_BYTES),
  );
}

async function flushLocal(folder: string): Promise<void> {
  const file = openSync(folder, 'r');
  try {
    await flushed(file);
  } finally {
    closeSync(file);
  }
}

function localReadable(file: number): FileToRead {
  return {
    read: async (into, position) => readSync(file, into, 0, into.length, position),
    close: async () => closeSync(file),
  };
}

function localWritable(file: number): FileToWrite {
  return {
    async write(piece) {
      for (let from = 0; from < piece.length;)
        from +=
          piece.length < LARGE_PIECE_BYTES
            ? writeSync(file, piece, from)
            : (await written(file, piece, from)).bytesWritten;
    },
    flush: () => flushed(file),
    close: async () => closeSync(file),
  };
}

function readable(file: number): FileToRead {
  return {
    read: async (into, position) => (await readInto(file, into, 0, into.length, position)).bytesRead,
    close: () => closed(file),
  };
}

function writable(file: number): FileToWrite {
  return {
    async write(piece) {
      for (let from = 0; from < piece.length;) from += (await written(file, piece, from)).bytesWritten;
    },
    flush: () => flushed(file),
    close: () => closed(file),
  };
}
