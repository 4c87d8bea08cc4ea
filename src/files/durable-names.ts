// The steps behind `write` and `move`: part files, putting a name in place without overwriting, flushing
// folders.

import { basename, dirname, join } from 'node:path';
import type { DiskCalls } from './disk-calls.ts';
import { asFileFailure, onDisk, onSharedDisk, systemCode } from './disk-failure.ts';
import { FileFailure } from './file-store.ts';

const PART_ENDING = '.goniec-part';
/** A part's name must fit the file system's 255 bytes whatever the file is called. */
const PART_NAME_CHARACTERS_MAX = 40;
/** Beyond that the memory begins anew; it only saves flushes. */
const FLUSHED_FOLDERS_MAX = 1_000;

export class DurableNames {
  readonly #calls: DiskCalls;
  readonly #processToken: string;
  /** Folders in which nothing is left to flush, neither of a process before us nor of a change of ours whose flush failed. */
  readonly #flushedFolders = new Set<string>();
  #partsMade = 0;

  /** `processToken` tells our part files from those a process before us left behind. */
  constructor(calls: DiskCalls, processToken: string) {
    this.#calls = calls;
    this.#processToken = processToken;
  }

  /** A dot name beside `path`, which no watcher and no ERP looks at. */
  partPath(path: string): string {
    this.#partsMade += 1;
    const number = this.#partsMade.toString(36);
    return join(dirname(path), `${partStart(path)}${this.#processToken}-${number}${PART_ENDING}`);
  }

  /** Removes the part files in `folder` that this process did not make, of one file or of all. */
  async sweepParts(folder: string, of?: string): Promise<void> {
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
    this.changing(dirname(from), dirname(to));
    await onSharedDisk(from, () => this.#calls.rename(from, to)).catch(async (error: unknown) => {
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
    const isNew = await this.#makeOneFolder(path);
    if (isNew) await this.flushFolder(dirname(path));
    else await this.flushOnce(path);
    for (let folder = path; dirname(folder) !== folder; folder = dirname(folder)) {
      await this.flushOnce(dirname(folder));
    }
  }

  /** False when it was there. */
  async #makeOneFolder(path: string, hasParent = false): Promise<boolean> {
    try {
      await this.#calls.makeFolder(path);
      return true;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') this.changing(dirname(path));
      if (systemCode(error) === 'ENOENT' && !hasParent && dirname(path) !== path) {
        await this.makeFolder(dirname(path));
        return await this.#makeOneFolder(path, true);
      }
      // Systems name different reasons for not making what is there; a link may lead to a folder.
      const there = await this.#calls.look(path).catch(() => undefined);
      if (there === undefined || there.kind === 'file') throw asFileFailure(error, path);
      return false;
    }
  }

  /**
   * Makes durable what a process before us did in a folder and died before it was flushed: a file or a folder
   * found there, or no longer found there, must not be believed before.
   */
  async flushOnce(folder: string): Promise<void> {
    if (this.#flushedFolders.has(folder)) return;
    await this.flushFolder(folder).catch((error: unknown) => {
      // A folder that is missing or that we may not even open is not one we changed.
      if (!(error instanceof FileFailure) || !['missing', 'denied'].includes(error.code)) throw error;
    });
  }

  /**
   * To be called before names in these folders change: a call that fails may have changed them all the same, so that what is
   * found there later is not believed without a flush.
   */
  changing(...folders: readonly string[]): void {
    for (const folder of folders) this.#flushedFolders.delete(folder);
  }

  /** Makes new, changed and removed names durable. */
  async flushFolder(folder: string): Promise<void> {
    this.changing(folder);
    try {
      await this.#calls.flushFolder(folder);
    } catch (error) {
      // Some network file systems do not offer it: a rename is then as durable as the server makes it.
      if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(systemCode(error) ?? '')) {
        throw asFileFailure(error, folder);
      }
    }
    if (this.#flushedFolders.size >= FLUSHED_FOLDERS_MAX) this.#flushedFolders.clear();
    this.#flushedFolders.add(folder);
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

function partStart(path: string): string {
  return `.${Array.from(basename(path)).slice(0, PART_NAME_CHARACTERS_MAX).join('')}.`;
}

function isPart(name: string): boolean {
  return name.startsWith('.') && name.endsWith(PART_ENDING);
}
