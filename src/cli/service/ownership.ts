// Gives the service's account what an administrator made as root; what belongs to somebody else is left alone and named.

import type { Stats } from 'node:fs';
import { lchown, lstat, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isIn, type ServiceFacts } from './service-facts.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** What lies in a folder that has been Goniec's. */
const MARKS = ['.goniec', '.working', 'journal.sqlite', 'sandbox'];

/**
 * Writable folders and keys that are root's become the account's; the configuration stays root's, for the account's group to
 * read. Gives sentences about what stayed as it was.
 */
export async function handOver(facts: ServiceFacts, owner: Owner): Promise<string[]> {
  const home = dirname(facts.configuration);
  const readable = [home, facts.configuration, ...facts.secrets.map((path) => dirname(path))];
  for (const path of new Set(readable.filter((one) => isIn(one, home)))) await letGroupRead(path, owner);
  const left: string[] = [];
  const keep = (path: string, reason: string | undefined, right: string): void => {
    if (reason !== undefined)
      left.push(`${path} ${reason}. See that the account ${facts.user} may ${right} it.`);
  };
  for (const path of facts.writable) keep(path, await handOverFolder(path, owner), 'write into');
  for (const path of facts.secrets) keep(path, await handOverSecret(path, home, owner), 'read');
  return left;
}

/** Only where nobody but root could read it so far. */
async function letGroupRead(path: string, { gid }: Owner): Promise<void> {
  const found = await at(path);
  if (found?.uid === 0 && found.gid === 0 && (found.mode & 0o004) === 0 && !found.isSymbolicLink())
    await lchown(path, 0, gid);
}

async function handOverFolder(path: string, owner: Owner): Promise<string | undefined> {
  const found = await at(path);
  if (found?.uid === owner.uid) return undefined;
  const reason = foreign(found) ?? (await holdsOthers(path));
  if (reason === undefined) await handOverTree(path, owner);
  return reason;
}

async function handOverSecret(path: string, home: string, owner: Owner): Promise<string | undefined> {
  const found = await at(path);
  if (found?.uid === owner.uid) return undefined;
  const reason =
    foreign(found) ?? (isIn(path, home) ? undefined : 'lies outside of the folder of the configuration');
  if (reason === undefined) await lchown(path, owner.uid, owner.gid);
  return reason;
}

/** The rest of a sentence about what is not ours to give away. */
function foreign(found: Stats | undefined): string | undefined {
  if (found === undefined) return 'is not there yet';
  if (found.uid !== 0) return 'belongs to another account';
  if (found.isSymbolicLink()) return 'is a symbolic link';
  // Where others may write they could slip in a link to something that must stay root's.
  return (found.mode & 0o022) === 0 ? undefined : 'may be written by others';
}

async function holdsOthers(folder: string): Promise<string | undefined> {
  const names = await readdir(folder);
  return names.length === 0 || names.some((name) => MARKS.includes(name))
    ? undefined
    : 'holds files that are not of Goniec';
}

/** Children before their folder, so that nobody but root can change a folder that is still being walked. */
async function handOverTree(path: string, owner: Owner): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    const found = await at(inner);
    if (found?.uid !== 0 || (entry.isFile() && found.nlink > 1)) continue;
    if (entry.isDirectory()) await handOverTree(inner, owner);
    else await lchown(inner, owner.uid, owner.gid);
  }
  await lchown(path, owner.uid, owner.gid);
}

async function at(path: string): Promise<Stats | undefined> {
  return lstat(path).catch(() => undefined);
}
