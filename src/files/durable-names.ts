// The steps behind `write` and `move`: part files, putting a name in place without overwriting, flushing
// folders.

import { basename, dirname, join } from 'node:path';
import type { DiskCalls } from './disk-calls.ts';
import { asFileFailure, onDisk, onSharedDisk, systemCode } from './disk-failure.ts';
import { FileFailure } from './file-store.ts';
import { FolderFlushes } from './folder-flushes.ts';

const PART_ENDING = '.goniec-part';
/** A part's name must fit the file system's 255 bytes whatever the file is called. */
const PART_NAME_CHARACTERS_MAX = 40;
const REMEMBERED_MAX = 10_000;

export class DurableNames {
  readonly #calls: DiskCalls;
  readonly #processToken: string;
  readonly #flushes: FolderFlushes;
  /** Folders in which nothing of a process before us is left to flush. */
  readonly #flushedFolders = new Set<string>();
  /** Folders that a change of ours may have been made in whose flush is not to come, by the number of that failure. */
  readonly #doubtful = new Map<string, number>();
  /** Folders that this process made: no process before it left anything there. */
  readonly #made = new Set<string>();
  /** Folders whose own name is durable. */
  readonly #named = new Set<string>();
  #failures = 0;
  #partsMade = 0;

  /** `processToken` tells our part files from those a process before us left behind. */
  constructor(calls: DiskCalls, processToken: string) {
    this.#calls = calls;
    this.#processToken = processToken;
    this.#flushes = new FolderFlushes((folder) => this.#flush(folder));
  }

  /** A dot name beside `path`, which no watcher and no ERP looks at. */
  partPath(path: string): string {
    this.#partsMade += 1;
    const number = this.#partsMade.toString(36);
    return join(dirname(path), `${partStart(path)}${this.#processToken}-${number}${PART_ENDING}`);
  }

  /** Removes the part files in `folder` that this process did not make, of one file or of all. */
  async sweepParts(folder: string, of?: string): Promise<void> {
    if (this.#made.has(folder)) return;
    const start = of === undefined ? '' : partStart(of);
    const names = await onDisk(folder, () => this.#calls.names(folder));
    const left = names.filter(
      (name) => isPart(name) && name.startsWith(start) && !name.includes(`.${this.#processToken}-`),
    );
    for (const name of left) await this.removePart(join(folder, name));
    if (left.length > 0) await this.flushFolder(folder);
  }

  /** A part never held anything that was announced. */
  async removePart(part: string): Promise<void> {
    await onDisk(part, () => this.#calls.unlink(part)).catch((error: unknown) => {
      if (!(error instanceof FileFailure) || error.code !== 'missing') throw error;
    });
  }

  /**
   * Gives a finished part its name; fails with 'exists' when the name is taken. A hard link is the one call
   * that never overwrites on POSIX; where the file system has none (many network shares), the name is looked
   * at first.
   */
  async putInPlace(part: string, path: string): Promise<void> {
    try {
      await this.#calls.link(part, path);
    } catch (error) {
      const code = systemCode(error) ?? '';
      if (code === 'EEXIST') throw new FileFailure('exists', path, `${path} exists already`);
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES'].includes(code)) {
        throw asFileFailure(error, path);
      }
      await this.renameToFree(part, path);
      return;
    }
    await onSharedDisk(part, () => this.#calls.unlink(part));
  }

  /**
   * One rename, after a look that the name is free. The look and the rename are two calls, so the names given
   * here must be ours alone (an id in them, or a folder nobody else writes to): then nothing can come between.
   */
  async renameToFree(from: string, to: string): Promise<void> {
    if (await this.#exists(to)) throw new FileFailure('exists', to, `${to} exists already`);
    await onSharedDisk(from, () => this.#calls.rename(from, to)).catch(async (error: unknown) => {
      this.doubt(dirname(from), dirname(to));
      // The system says "missing" for either end; a missing folder of ours must not read as a file that went
      // away.
      const targetIsMissing =
        error instanceof FileFailure && error.code === 'missing' && (await this.#exists(from));
      throw targetIsMissing ? new FileFailure('missing', dirname(to), `${dirname(to)} is missing`) : error;
    });
  }

  /**
   * Makes a folder with its parents. Every folder above is flushed once in the life of a process: one that is
   * there may have been made by a process that died before its name was durable.
   */
  async makeFolder(path: string): Promise<void> {
    if (await this.#makeOneFolder(path)) {
      this.#named.delete(path);
      remember(this.#flushedFolders, path);
      remember(this.#made, path);
    } else await this.flushOnce(path);
    for (let folder = path; dirname(folder) !== folder; folder = dirname(folder)) {
      if (this.#named.has(folder)) await this.flushOnce(dirname(folder));
      else await this.#flushIfThere(dirname(folder));
      remember(this.#named, folder);
    }
  }

  /** False when it was there. */
  async #makeOneFolder(path: string, hasParent = false): Promise<boolean> {
    // What this process made is most likely there: a look costs less than an attempt that fails.
    if (this.#made.has(path) && (await this.#isFolder(path))) return false;
    try {
      await this.#calls.makeFolder(path);
      return true;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') this.doubt(dirname(path));
      if (systemCode(error) === 'ENOENT' && !hasParent && dirname(path) !== path) {
        await this.makeFolder(dirname(path));
        return await this.#makeOneFolder(path, true);
      }
      // Systems name different reasons for not making what is there; a link may lead to a folder.
      if (!(await this.#isFolder(path))) throw asFileFailure(error, path);
      return false;
    }
  }

  /** Or a link, which may lead to one. */
  async #isFolder(path: string): Promise<boolean> {
    const there = await this.#calls.look(path).catch(() => undefined);
    return there !== undefined && there.kind !== 'file';
  }

  /**
   * Makes durable what a process before us did in a folder and died before it was flushed: a file or a folder
   * found there, or no longer found there, must not be believed before.
   */
  async flushOnce(folder: string): Promise<void> {
    if (!this.#flushedFolders.has(folder) || this.#doubtful.has(folder)) await this.#flushIfThere(folder);
  }

  async #flushIfThere(folder: string): Promise<void> {
    await this.flushFolder(folder).catch((error: unknown) => {
      // A folder that is missing or that we may not even open is not one we changed.
      if (!(error instanceof FileFailure) || !['missing', 'denied'].includes(error.code)) throw error;
    });
  }

  /**
   * To be called after names in these folders should have changed and the call failed: they may have changed all the same, so
   * that what is found there later is not believed without a flush.
   */
  doubt(...folders: readonly string[]): void {
    this.#failures += 1;
    for (const folder of folders) this.#doubtful.set(folder, this.#failures);
  }

  /** Makes durable the names that are new, changed or removed by now. */
  flushFolder(folder: string): Promise<void> {
    return this.#flushes.flush(folder);
  }

  async #flush(folder: string): Promise<void> {
    const failuresBefore = this.#failures;
    try {
      await this.#calls.flushFolder(folder);
    } catch (error) {
      // Some network file systems do not offer it: a rename is then as durable as the server makes it.
      if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(systemCode(error) ?? '')) {
        this.doubt(folder);
        throw asFileFailure(error, folder);
      }
    }
    if ((this.#doubtful.get(folder) ?? 0) <= failuresBefore) this.#doubtful.delete(folder);
    remember(this.#flushedFolders, folder);
  }

  async #exists(path: string): Promise<boolean> {
    return await onDisk(path, async () => {
      try {
        await this.#calls.look(path);
        return true;
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return false;
        throw error;
      }
    });
  }
}

/** Beyond that the memory begins anew; it only saves flushes. */
function remember(folders: Set<string>, folder: string): void {
  if (folders.size >= REMEMBERED_MAX) folders.clear();
  folders.add(folder);
}

function partStart(path: string): string {
  return `.${Array.from(basename(path)).slice(0, PART_NAME_CHARACTERS_MAX).join('')}.`;
}

function isPart(name: string): boolean {
  return name.startsWith('.') && name.endsWith(PART_ENDING);
}
