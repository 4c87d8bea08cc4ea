// Whose folders these are: each one we work in carries a mark of ours, so that a share that is not mounted is never taken for
// an empty folder, and two Goniecs never take files out of one outbox.

import { join } from 'node:path';
import { FileFailure, type FileStore } from '../files/file-store.ts';
import type { Journal, ReadOnlyJournal } from '../journal/journal.ts';
import type { Order } from '../domain/order.ts';
import type { CompanyFolders } from './outbound-ports.ts';
import { countedOrders } from './still-configured.ts';

type Role = 'outbox' | 'inbox' | 'archive';

const ROLES: readonly Role[] = ['outbox', 'inbox', 'archive'];

export interface MarkedFolder {
  readonly company: string;
  readonly role: Role;
  readonly path: string;
  /** A folder of ours inside it; in the outbox the one we claim into. */
  readonly mark: string;
}

export type FoldersOpened =
  | {
      readonly kind: 'opened';
      /** Companies whose folders have never been marked and can not be made now, each with the reason. */
      readonly unmade: ReadonlyMap<CompanyFolders, string>;
    }
  /** Another journal works, or has worked, on an outbox. */
  | { readonly kind: 'foreign'; readonly reason: string };

export function markedFolders(journalId: string, company: CompanyFolders): MarkedFolder[] {
  return ROLES.map((role) => ({
    company: company.name,
    role,
    path: company[role],
    mark: role === 'outbox' ? join(company.outbox, '.working', journalId) : join(company[role], '.goniec'),
  }));
}

/**
 * Marks the folders that this journal has not marked before, making them where they are missing; those it has marked are
 * left as they are, there or not. All or none: where an outbox turns out to be another's, nothing of ours stays. Takes the
 * file store without a guard.
 */
export async function openFolders(
  ports: { readonly journal: Journal; readonly files: FileStore },
  companies: readonly CompanyFolders[],
): Promise<FoldersOpened> {
  const unmade = new Map<CompanyFolders, string>();
  const made: string[] = [];
  const fresh: CompanyFolders[] = [];
  let foreign: string | undefined;
  for (const company of companies) {
    try {
      // Ours is made before others are looked for: of two that start at one moment at least one sees the other.
      if (await mark(ports, company, made)) fresh.push(company);
      foreign ??= await foreignReason(ports, company);
    } catch (failure) {
      if (!(failure instanceof FileFailure)) throw failure;
      unmade.set(company, failure.message);
    }
  }
  if (foreign !== undefined) {
    // What is not needed would stop the other one at its next start.
    for (const folder of made) await removeEmpty(ports.files, folder);
    return { kind: 'foreign', reason: foreign };
  }
  for (const company of fresh.filter((one) => !unmade.has(one))) {
    const { outbox, inbox, archive } = company;
    // From this record on a missing mark means that the folder is away.
    await ports.journal.append([
      { stream: streamOf(company), event: { type: 'folders-marked', outbox, inbox, archive } },
    ]);
  }
  return { kind: 'opened', unmade };
}

/** The folders this journal has marked that do not show their mark now. */
export async function foldersAway(
  journal: Pick<ReadOnlyJournal, 'id' | 'read'>,
  files: Pick<FileStore, 'stat'>,
  company: CompanyFolders,
): Promise<MarkedFolder[]> {
  const known = await rolesMarked(journal, company);
  const away: MarkedFolder[] = [];
  for (const folder of markedFolders(journal.id, company).filter(({ role }) => known.has(role)))
    if (!(await isThere(files, folder.mark))) away.push(folder);
  return away;
}

/** What a person can do about a folder without its mark. */
export function awayReason({ company, role, path, mark }: MarkedFolder): string {
  return `The ${role} of ${company}, ${path}, is not there: it can not be reached, or it lacks our folder ${mark}, as a share does that is not mounted. It is waited for. If it is the right folder and only lost ours, make ${mark} again.`;
}

/**
 * A sentence when the outbox was moved while orders are open whose files lie in the old one, and they were not moved along;
 * undefined when all is well.
 */
export async function outboxLeft(
  { journal, files }: { readonly journal: Journal; readonly files: FileStore },
  company: CompanyFolders,
  orders: readonly Order[],
): Promise<string | undefined> {
  const waiting = orders.filter((order) => order.company === company.name);
  const last = (await journal.read(streamOf(company))).at(-1)?.event;
  if (last?.type !== 'folders-marked' || last.outbox === company.outbox || waiting.length === 0)
    return undefined;
  if (await isThere(files, join(company.outbox, '.working', journal.id))) return undefined;
  return `The outbox of ${company.name} was ${last.outbox} and is ${company.outbox} now, but ${countedOrders(waiting)} open with files in the old one. Put the old path back until they are closed, or move the folder ${join(last.outbox, '.working')} into ${company.outbox}.`;
}

/** False also for what can not be reached. */
async function isThere(files: Pick<FileStore, 'stat'>, path: string): Promise<boolean> {
  try {
    return (await files.stat(path))?.kind === 'folder';
  } catch (failure) {
    if (!(failure instanceof FileFailure)) throw failure;
    return false;
  }
}

async function rolesMarked(
  journal: Pick<ReadOnlyJournal, 'read'>,
  company: CompanyFolders,
): Promise<Set<Role>> {
  const events = (await journal.read(streamOf(company))).map(({ event }) => event);
  return new Set(
    ROLES.filter((role) =>
      events.some((event) => event.type === 'folders-marked' && event[role] === company[role]),
    ),
  );
}

function streamOf(company: CompanyFolders): string {
  return `company/${company.name}`;
}

/** True when something had to be marked; adds the outbox's mark to `made` when it was made now. */
async function mark(
  { journal, files }: { readonly journal: Journal; readonly files: FileStore },
  company: CompanyFolders,
  made: string[],
): Promise<boolean> {
  const known = await rolesMarked(journal, company);
  const fresh = markedFolders(journal.id, company).filter(({ role }) => !known.has(role));
  for (const folder of fresh) {
    if (folder.role === 'outbox' && (await files.stat(folder.mark)) === undefined) made.push(folder.mark);
    await files.makeFolder(folder.mark);
  }
  return fresh.length > 0;
}

async function removeEmpty(files: FileStore, folder: string): Promise<void> {
  try {
    if ((await files.list(folder)).length === 0) await files.remove(folder);
  } catch (failure) {
    if (!(failure instanceof FileFailure)) throw failure;
  }
}

/** A sentence when the folder of another journal lies in the outbox; undefined when we are alone, or the outbox is away. */
async function foreignReason(
  { journal, files }: { readonly journal: Journal; readonly files: FileStore },
  company: CompanyFolders,
): Promise<string | undefined> {
  const parent = join(company.outbox, '.working');
  const known = (await rolesMarked(journal, company)).has('outbox');
  if (known && !(await isThere(files, parent))) return undefined;
  const other = (await files.list(parent)).find(({ kind, name }) => kind === 'folder' && name !== journal.id);
  if (other === undefined) return undefined;
  const folder = join(parent, other.name);
  return `The outbox ${company.outbox} belongs to another Goniec: there is the folder ${folder} of its journal. Two must never share an outbox. If the other one runs, or will run again, give this one an outbox of its own. If its state folder was lost, restore that from backup. Only if it is gone for good: look into its archive, find out at the bank which of the files in ${folder} were paid, and then move that folder away.`;
}
