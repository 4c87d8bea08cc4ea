// A file store that touches a marked folder only while its mark is there: nothing is read from or written to a folder that
// merely stands where the right one should. Long readings end when a stop waits no longer.

import { sep } from 'node:path';
import { FileFailure, type FileStore } from '../files/file-store.ts';
import type { Log } from '../log.ts';
import { awayReason, type MarkedFolder } from './company-folders.ts';

/** Every verb on a path inside a marked folder fails with 'gone' while the folder is away; said once, and once when it is back. */
export function guardedFiles(
  files: FileStore,
  folders: readonly MarkedFolder[],
  log: Log,
  limit: AbortSignal,
): FileStore {
  const away = new Set<string>();

  const looks = new Map<string, ReturnType<typeof looked>>();
  /** Whoever asks while a look is under way has its answer: the folder may go away after every look. */
  const look = (folder: MarkedFolder): ReturnType<typeof looked> => {
    const underWay = looks.get(folder.mark);
    if (underWay !== undefined) return underWay;
    const begun = looked(files, folder).finally(() => looks.delete(folder.mark));
    looks.set(folder.mark, begun);
    return begun;
  };

  const note = (folder: MarkedFolder, isAway: boolean, cause?: string): void => {
    if (away.has(folder.path) === isAway) return;
    const fields = { company: folder.company, folder: folder.path };
    if (isAway) {
      away.add(folder.path);
      log.error('folder.away', { ...fields, reason: awayReason(folder), cause });
    } else {
      away.delete(folder.path);
      log.info('folder.back', fields);
    }
  };

  const check = async (...paths: readonly string[]): Promise<void> => {
    for (const path of paths) {
      const folder = folders.find((one) => path === one.path || path.startsWith(one.path + sep));
      if (folder === undefined) continue;
      const { isThere, cause } = await look(folder);
      note(folder, !isThere, cause);
      if (!isThere) throw new FileFailure('gone', path, awayReason(folder));
    }
  };

  return {
    list: async (folder) => {
      await check(folder);
      return files.list(folder);
    },
    stat: async (path) => {
      await check(path);
      return files.stat(path);
    },
    read: async function* (path, range) {
      await check(path);
      for await (const piece of files.read(path, range)) {
        if (limit.aborted) throw new FileFailure('gone', path, 'Goniec is stopping.');
        yield piece;
      }
    },
    readWhole: async (path, sizeBytesMax) => {
      await check(path);
      return files.readWhole(path, sizeBytesMax);
    },
    write: async (path, content, options) => {
      await check(path);
      return files.write(path, content, options);
    },
    copy: async (from, to) => {
      await check(from, to);
      await files.copy(from, to);
    },
    move: async (from, to) => {
      await check(from, to);
      await files.move(from, to);
    },
    remove: async (path) => {
      await check(path);
      await files.remove(path);
    },
    makeFolder: async (path) => {
      await check(path);
      await files.makeFolder(path);
    },
  };
}

async function looked(
  files: FileStore,
  { mark }: MarkedFolder,
): Promise<{ readonly isThere: boolean; readonly cause: string | undefined }> {
  try {
    return { isThere: (await files.stat(mark))?.kind === 'folder', cause: undefined };
  } catch (failure) {
    if (!(failure instanceof FileFailure)) throw failure;
    return { isThere: false, cause: failure.message };
  }
}
