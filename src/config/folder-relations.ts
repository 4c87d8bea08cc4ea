// Folders must not be the same or lie in each other: a file delivered to one would be taken for one of another.

import { relative, resolve, sep } from 'node:path';
import type { Finding, KeyPath } from './config-problem.ts';
import { pathText } from './config-problem.ts';
import type { Written } from './written.ts';

interface Folder {
  readonly path: KeyPath;
  readonly folder: string;
}

/** Each folder that meets one named before it; symbolic links are not followed. */
export function folderFindings(
  { companies, state, log }: Pick<Written, 'companies' | 'state' | 'log'>,
  base: string,
): Finding[] {
  const folders = [
    ...companies.flatMap((company, index) =>
      (['outbox', 'inbox', 'archive'] as const).flatMap((key) =>
        folderAt(['companies', index, key], company[key], base),
      ),
    ),
    ...folderAt(['state'], state ?? '../state', base),
  ];
  // Log files may lie below the state folder, which is where they go by themselves, but nowhere among the ERP's files.
  const logs = folderAt(['log', 'folder'], log.folder, base);
  return [
    ...folders.flatMap((folder, index) => meeting(folder, folders.slice(0, index))),
    ...logs.flatMap((folder) => meeting(folder, folders.slice(0, -1))),
  ];
}

function folderAt(path: KeyPath, written: string | undefined, base: string): Folder[] {
  return written === undefined || written.trim() === '' ? [] : [{ path, folder: resolve(base, written) }];
}

function meeting({ path, folder }: Folder, others: readonly Folder[]): Finding[] {
  const remedy = 'Give each a folder of its own, none inside another.';
  for (const other of others) {
    const named = pathText(other.path);
    if (folder === other.folder) return [{ path, message: `is the same folder as ${named}`, remedy }];
    if (isInside(folder, other.folder)) return [{ path, message: `lies inside ${named}`, remedy }];
    if (isInside(other.folder, folder)) return [{ path, message: `has ${named} inside it`, remedy }];
  }
  return [];
}

function isInside(inner: string, outer: string): boolean {
  const way = relative(outer, inner);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
}
