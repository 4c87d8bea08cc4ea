// Gives the service's account what an administrator made as root; what belongs to somebody else is left alone and named.

import { lchown, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServiceFacts } from './service-facts.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Folders and secrets that are root's become the account's; sentences about what stayed as it was. */
export async function handOver({ writable, secrets, user }: ServiceFacts, owner: Owner): Promise<string[]> {
  const left: string[] = [];
  for (const path of [...writable, ...secrets]) {
    const reason = await handOverOne(path, owner);
    if (reason !== undefined)
      left.push(
        `${path} ${reason}. See that the account ${user} may ${secrets.includes(path) ? 'read' : 'write'} there.`,
      );
  }
  return left;
}

/** The rest of a sentence when it was left. */
async function handOverOne(path: string, owner: Owner): Promise<string | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return 'is not there yet';
  if (found.uid === owner.uid) return undefined;
  if (found.uid !== 0) return 'belongs to another account';
  if (found.isSymbolicLink()) return 'is a symbolic link';
  // Where others may write they could slip in a link to something that must stay root's.
  if (found.isDirectory() && (found.mode & 0o022) !== 0) return 'may be written by others';
  await handOverTree(path, owner, found.isDirectory());
  return undefined;
}

/** Children before their folder, so that nobody but root can change a folder that is still being walked. */
async function handOverTree(path: string, owner: Owner, isFolder: boolean): Promise<void> {
  if (isFolder) {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      const inner = join(path, entry.name);
      const { uid, nlink } = await lstat(inner);
      if (uid !== 0 || (entry.isFile() && nlink > 1)) continue;
      await handOverTree(inner, owner, entry.isDirectory());
    }
  }
  await lchown(path, owner.uid, owner.gid);
}
