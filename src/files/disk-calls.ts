// The system calls the file store is built from, and those of this machine. A simulation brings its own.

import {
  closeSync,
  constants,
  fsync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { link, lstat, mkdir, open, readdir, rename, rm, unlink, type FileHandle } from 'node:fs/promises';
import { sep } from 'node:path';
import { promisify } from 'node:util';
import type { FileEntry } from './file-store.ts';

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

/**
 * A name swapped for a link between list and read must not lead out of the folder. Windows has no such flag.
 */
const READ_FLAGS = constants.O_RDONLY | ((constants as { O_NOFOLLOW?: number }).O_NOFOLLOW ?? 0);

/** The disk of this machine. */
export const systemDiskCalls: DiskCalls = {
  names: (folder) => readdir(folder),
  look: async (path) => entryOf(await lstat(path)),
  openToRead: async (path) => readable(await open(path, READ_FLAGS)),
  create: async (path) => writable(await open(path, 'wx', 0o640)),
  rename,
  link,
  unlink,
  removeTree: (path) => rm(path, { recursive: true, force: true }),
  makeFolder: (path) => mkdir(path),
  async flushFolder(folder) {
    // Windows cannot flush a folder; there a name is durable with its file.
    if (process.platform === 'win32') return;
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

/**
 * The same, for what lies below a folder of this machine's own disk: what takes microseconds there is done at once, because
 * to hand it to another thread takes longer. Flushes and whole trees are still waited for beside other work, and so is every
 * call outside the folder: a share may not answer for minutes.
 */
export function callsWithLocal(folder: string): DiskCalls {
  const isLocal = (path: string): boolean => path.startsWith(folder + sep);
  const far = systemDiskCalls;
  return {
    ...far,
    names: async (path) => (isLocal(path) ? readdirSync(path) : far.names(path)),
    look: async (path) => (isLocal(path) ? entryOf(lstatSync(path)) : far.look(path)),
    openToRead: async (path) =>
      isLocal(path) ? localReadable(openSync(path, READ_FLAGS)) : far.openToRead(path),
    create: async (path) => (isLocal(path) ? localWritable(openSync(path, 'wx', 0o640)) : far.create(path)),
    rename: async (from, to) => (isLocal(from) && isLocal(to) ? renameSync(from, to) : far.rename(from, to)),
    link: async (existing, path) =>
      isLocal(existing) && isLocal(path) ? linkSync(existing, path) : far.link(existing, path),
    unlink: async (path) => (isLocal(path) ? unlinkSync(path) : far.unlink(path)),
    async makeFolder(path) {
      if (isLocal(path)) mkdirSync(path);
      else await far.makeFolder(path);
    },
    async flushFolder(path) {
      if (isLocal(path) && process.platform !== 'win32') await flushLocal(path);
      else await far.flushFolder(path);
    },
  };
}

function entryOf(stats: Stats): Omit<FileEntry, 'name'> {
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
  return { kind, sizeBytes: stats.size, mtimeMs: stats.mtimeMs };
}

const flushed = promisify(fsync);

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
      for (let from = 0; from < piece.length;) from += writeSync(file, piece, from);
    },
    flush: () => flushed(file),
    close: async () => closeSync(file),
  };
}

function readable(handle: FileHandle): FileToRead {
  return {
    read: async (into, position) => (await handle.read(into, 0, into.length, position)).bytesRead,
    close: () => handle.close(),
  };
}

function writable(handle: FileHandle): FileToWrite {
  return {
    write: (piece) => handle.writeFile(piece),
    flush: () => handle.sync(),
    close: () => handle.close(),
  };
}
