// The port of the disk: a few durable verbs. Paths are absolute; every verb that changes something is durable
// when it resolves.

export interface FileEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
  readonly sizeBytes: number;
  /** By the file server's clock; only ever compared with itself. */
  readonly mtimeMs: number;
}

/** Expected failures of the disk; anything else is thrown as it is. */
export class FileFailure extends Error {
  readonly code:
    'missing' | 'exists' | 'busy' | 'denied' | 'full' | 'read-only' | 'gone' | 'too-large' | 'failed';
  readonly path: string;

  constructor(code: FileFailure['code'], path: string, message: string) {
    super(message);
    this.name = 'FileFailure';
    this.code = code;
    this.path = path;
  }
}

export interface ReadOptions {
  readonly from?: number;
  readonly to?: number;
  readonly lent?: boolean;
}

export interface FileStore {
  /** Entries of a folder, by name; symbolic links are 'other' and are not followed. */
  list(folder: string): Promise<readonly FileEntry[]>;
  /** undefined when nothing is there. */
  stat(path: string): Promise<FileEntry | undefined>;
  /**
   * The file's bytes in pieces, from `from` (inclusive) to `to` (exclusive). Every piece is the reader's to keep; one that is
   * `lent` only until the next is asked for, which spares the memory for a large file.
   */
  read(path: string, options?: ReadOptions): AsyncIterable<Uint8Array>;
  /** The whole file; fails with 'too-large' when it is larger than `sizeBytesMax`. */
  readWhole(path: string, sizeBytesMax: number): Promise<Uint8Array>;
  /**
   * Writes a new file: dot name in the same folder, fsync, rename, fsync of the folder. Nobody ever sees it
   * half written. Fails with 'exists' when the path is taken, unless `replace`.
   */
  write(
    path: string,
    content: Uint8Array | AsyncIterable<Uint8Array>,
    options?: { readonly replace?: boolean },
  ): Promise<{ readonly sizeBytes: number; readonly sha256: string }>;
  /**
   * A file that this store wrote, under a second path, which is replaced. The two may be one file on the disk: it is for bytes
   * that nobody writes again.
   */
  copy(from: string, to: string): Promise<void>;
  /** One rename and an fsync of both folders. Fails with 'exists' or 'missing'; never overwrites. */
  move(from: string, to: string): Promise<void>;
  /** Removes a file, or a folder with all in it; nothing there is not an error. */
  remove(path: string): Promise<void>;
  /**
   * Makes a folder with its parents; what a process before us, or a move of ours that failed, left in them is durable from
   * then on, too.
   */
  makeFolder(path: string): Promise<void>;
}
