// Files that rotate: lines go to `goniec.log`, and when it is full its name moves on to `goniec1.log`, `goniec2.log` and so on.

import { mkdir, open, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';

export interface RotatingFileOptions {
  /** Made when missing. */
  readonly folder: string;
  readonly fileSizeMaxBytes: number;
  /** At least 2: the file being written and one older. */
  readonly filesMax: number;
  /** Hears of each line that could not be written and of each rotation that failed. */
  readonly onFailure: (error: unknown) => void;
  readonly disk?: LogDisk;
}

/** The part of node:fs/promises that is used. */
export interface LogDisk {
  readonly mkdir: (folder: string, options: { recursive: true }) => Promise<unknown>;
  readonly open: (path: string, flags: string, mode: number) => Promise<LogHandle>;
  readonly readdir: (folder: string) => Promise<readonly string[]>;
  readonly rename: (from: string, to: string) => Promise<void>;
}

export interface LogHandle {
  readonly stat: () => Promise<{ readonly size: number }>;
  readonly read: (bytes: Buffer, offset: number, length: number, position: number) => Promise<unknown>;
  readonly appendFile: (bytes: Uint8Array) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Lines that wait are written together, up to this much at once. */
const BATCH_MAX_BYTES = 65_536;

const LINE_END = Buffer.from('\n');

/**
 * A stream of whole lines, each in one chunk. It never fails: lines the disk does not take are dropped and told, and
 * the next ones try again with a newly opened file. No file grows beyond the limit, unless one line alone does or
 * renaming fails. When it has finished, everything is written.
 */
export function rotatingFile(options: RotatingFileOptions): Writable {
  const { folder, fileSizeMaxBytes, filesMax, onFailure } = options;
  const { disk = { mkdir, open, readdir, rename } } = options;
  let file: OpenFile | undefined;

  const append = async (lines: Buffer): Promise<void> => {
    file ??= await opened(disk, folder);
    if (file.sizeBytes > 0 && file.sizeBytes + lines.length > fileSizeMaxBytes) {
      await close();
      await rotate(disk, folder, filesMax).catch(onFailure);
      file = await opened(disk, folder);
    }
    await file.handle.appendFile(lines);
    file.sizeBytes += lines.length;
  };

  const close = async (): Promise<void> => {
    const closing = file;
    file = undefined;
    await closing?.handle.close().catch(onFailure);
  };

  const appendOrDrop = async (lines: readonly Buffer[]): Promise<void> => {
    for (const batch of batches(lines, Math.min(BATCH_MAX_BYTES, fileSizeMaxBytes))) {
      try {
        await append(batch);
      } catch (error) {
        onFailure(error);
        await close();
      }
    }
  };

  return new Writable({
    write: (line: Buffer, _encoding, done) => void appendOrDrop([line]).then(() => done()),
    writev: (waiting, done) =>
      void appendOrDrop(waiting.map(({ chunk }) => chunk as Buffer)).then(() => done()),
    final: (done) => void close().then(() => done()),
  });
}

/** The lines joined to pieces of at most so many bytes; a longer line is a piece of its own. */
function* batches(lines: readonly Buffer[], bytesMax: number): Generator<Buffer> {
  let batch: Buffer[] = [];
  let sizeBytes = 0;
  for (const line of lines) {
    if (batch.length > 0 && sizeBytes + line.length > bytesMax) {
      yield Buffer.concat(batch);
      batch = [];
      sizeBytes = 0;
    }
    batch.push(line);
    sizeBytes += line.length;
  }
  yield Buffer.concat(batch);
}

/** Gives every file the next older name; the oldest one is replaced. */
async function rotate(disk: LogDisk, folder: string, filesMax: number): Promise<void> {
  const there = new Set(await disk.readdir(folder));
  for (let age = filesMax - 2; age >= 0; age -= 1) {
    if (there.has(nameOf(age))) await disk.rename(join(folder, nameOf(age)), join(folder, nameOf(age + 1)));
  }
}

function nameOf(age: number): string {
  return `goniec${age === 0 ? '' : age}.log`;
}

interface OpenFile {
  readonly handle: LogHandle;
  sizeBytes: number;
}

/** The file for appending. Half a line at its end (a full disk, a crash) is ended, so that it spoils no other line. */
async function opened(disk: LogDisk, folder: string): Promise<OpenFile> {
  await disk.mkdir(folder, { recursive: true });
  const handle = await disk.open(join(folder, nameOf(0)), 'a+', 0o600);
  try {
    const { size } = await handle.stat();
    if (size === 0) return { handle, sizeBytes: 0 };
    const last = Buffer.alloc(1);
    await handle.read(last, 0, 1, size - 1);
    if (last.equals(LINE_END)) return { handle, sizeBytes: size };
    await handle.appendFile(LINE_END);
    return { handle, sizeBytes: size + 1 };
  } catch (error) {
    await handle.close();
    throw error;
  }
}
