// Watches folders and gives hints: something may have changed. What changed is for the scan to find out.

import { basename, resolve, sep } from 'node:path';
import { watch } from 'chokidar';

export interface WatchOptions {
  /** Compare the folders in intervals instead of listening: network shares report nothing. */
  readonly polling: boolean;
  /** A watcher that fails costs speed, never an order; the failure is for the log. */
  readonly onError: (error: Error) => void;
}

export interface FolderWatch {
  close(): Promise<void>;
}

const POLLING_INTERVAL_MS = 2_000;
/** A file that is being written tells of every piece; hints of that are so far apart. */
const CHANGES_APART_MS = 200;
/** A share that does not answer must not hold up the start. */
const READY_TIMEOUT_MS = 5_000;

/**
 * Calls `onHint` after files came, changed or went in one of `folders`; not for dot files, not below
 * subfolders, not for what was there before. Resolves when it listens, or after 5 seconds. Never rejects for
 * a folder that cannot be watched.
 */
export async function watchFolders(
  folders: readonly string[],
  onHint: () => void,
  { polling, onError }: WatchOptions,
): Promise<FolderWatch> {
  const roots = folders.map((folder) => resolve(folder));
  const watcher = watch(roots, {
    backend: polling ? 'polling' : 'auto',
    pollingInterval: POLLING_INTERVAL_MS,
    pollingBinaryInterval: POLLING_INTERVAL_MS,
    ignoreInitial: true,
    depth: 0,
    followSymlinks: false,
    // A hint needs no look at the file it is about, and none at all the others beside it, which would be one for every file
    // that comes or goes. Only a comparison has to look.
    ignored: (path) => (!polling || isHidden(path)) && !roots.includes(resolve(path)),
  });
  let changed: NodeJS.Timeout | undefined;
  const tell = (event: string, path: string | null): void => {
    if (path !== null && (isHidden(path) || path.includes(sep))) return;
    if (event === 'rename') onHint();
    else
      changed ??= setTimeout(() => {
        changed = undefined;
        onHint();
      }, CHANGES_APART_MS);
  };
  if (polling) watcher.on('all', () => onHint());
  else watcher.on('raw', tell);
  watcher.on('error', (error) => onError(error instanceof Error ? error : new Error(String(error))));
  await new Promise<void>((ready) => {
    const timer = setTimeout(ready, READY_TIMEOUT_MS);
    watcher.once('ready', () => {
      clearTimeout(timer);
      ready();
    });
  });
  return {
    async close() {
      clearTimeout(changed);
      await watcher.close();
    },
  };
}

function isHidden(path: string): boolean {
  return basename(path).startsWith('.');
}
