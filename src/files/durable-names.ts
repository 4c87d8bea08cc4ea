// The steps behind `write` and `move`: part files, putting a name in place without overwriting, flushing
// folders.

import { randomBytes } from 'node:crypto';
import { link, lstat, mkdir, open, readdir, rename, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { asFileFailure, onDisk, onSharedDisk, systemCode } from './disk-failure.ts';
import { FileFailure } from './file-store.ts';

/** Tells our part files from those a process before us left behind. */
const PROCESS_TOKEN = randomBytes(6).toString('hex');
const PART_ENDING = '.goniec-part';
/** A part's name must fit the file system's 255 bytes whatever the file is called. */
const PART_NAME_CHARACTERS_MAX = 40;

let partsMade = 0;

/** A dot name beside `path`, which no watcher and no ERP looks at. */
export function partPath(path: string): string {
  partsMade += 1;
  return join(dirname(path), `${partStart(path)}${PROCESS_TOKEN}-${partsMade.toString(36)}${PART_ENDING}`);
}

function partStart(path: string): string {
  return `.${Array.from(basename(path)).slice(0, PART_NAME_CHARACTERS_MAX).join('')}.`;
}

/**
 * Removes what a crashed writer left in `folder`: part files that this process did not make. To be called at
 * the start, when no other process of ours writes there. A part never held anything that was announced.
 */
export async function sweepParts(folder: string): Promise<void> {
  await removeParts(folder, () => true);
}

/**
 * The same for one file that is about to be written again: a folder of the archive is never swept as a whole,
 * because there is one for every order there ever was.
 */
export async function sweepPartsOf(path: string): Promise<void> {
  const start = partStart(path);
  await removeParts(dirname(path), (name) => name.startsWith(start));
}

async function removeParts(folder: string, wanted: (name: string) => boolean): Promise<void> {
  const names = await onDisk(folder, () => readdir(folder));
  const left = names.filter((name) => isPart(name) && !name.includes(`.${PROCESS_TOKEN}-`) && wanted(name));
  for (const name of left) await onDisk(join(folder, name), () => rm(join(folder, name), { force: true }));
  if (left.length > 0) await syncFolder(folder);
}

/**
 * Gives a finished part its name; fails with 'exists' when the name is taken. A hard link is the one call
 * that never overwrites on POSIX; where the file system has none (many network shares), the name is looked at
 * first.
 */
export async function putInPlace(part: string, path: string): Promise<void> {
  try {
    await link(part, path);
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (code === 'EEXIST') throw new FileFailure('exists', path, `${path} exists already`);
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES'].includes(code)) {
      throw asFileFailure(error, path);
    }
    await renameToFree(part, path);
    return;
  }
  await onSharedDisk(part, () => unlink(part));
}

/**
 * One rename, after a look that the name is free. The look and the rename are two calls, so the names given
 * here must be ours alone (an id in them, or a folder nobody else writes to): then nothing can come between.
 */
export async function renameToFree(from: string, to: string): Promise<void> {
  if (await onDisk(to, () => exists(to))) throw new FileFailure('exists', to, `${to} exists already`);
  await onSharedDisk(from, () => rename(from, to)).catch(async (error: unknown) => {
    // The system says "missing" for either end; a missing folder of ours must not read as a file that went
    // away.
    const targetIsMissing =
      error instanceof FileFailure && error.code === 'missing' && (await onDisk(from, () => exists(from)));
    throw targetIsMissing ? new FileFailure('missing', dirname(to), `${dirname(to)} is missing`) : error;
  });
}

/** Makes a folder with its parents, each of them durable. */
export async function makeDurableFolder(path: string): Promise<void> {
  const first = await onDisk(path, () => mkdir(path, { recursive: true }));
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** Makes new, changed and removed names durable. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot flush a folder; there a name is durable with its file.
  if (process.platform === 'win32') return;
  const handle = await onDisk(folder, () => open(folder, 'r'));
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems do not offer it: a rename is then as durable as the server makes it.
    if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(systemCode(error) ?? '')) {
      throw asFileFailure(error, folder);
    }
  } finally {
    await handle.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    (error: unknown) => {
      if (systemCode(error) === 'ENOENT') return false;
      throw error;
    },
  );
}

function isPart(name: string): boolean {
  return name.startsWith('.') && name.endsWith(PART_ENDING);
}
