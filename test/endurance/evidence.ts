// Gathers what a world at rest shows from outside: folders, the banks' ledgers, what the ERP saw, the journal's own check.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { openJournalForReading } from '../../src/journal/sqlite-journal.ts';
import { readBankBook, type BankBook } from './bank-book.ts';
import type { Dropped, Erp, Sighting } from './erp.ts';
import { statusOf, type StatusView } from './person.ts';
import type { Site } from './site.ts';

/** One order's folder in the archive. */
export interface ArchivedOrder {
  readonly path: string;
  readonly order: string;
  readonly refused: boolean;
  readonly names: readonly string[];
  /** Digest of the ERP's file by the name it was dropped under. */
  readonly sources: readonly { readonly fileName: string; readonly sha256: string }[];
}

export interface Evidence {
  readonly dropped: readonly Dropped[];
  readonly sightings: readonly Sighting[];
  readonly banks: readonly { readonly name: string; readonly account: string; readonly book: BankBook }[];
  /** Account whose every booking is to be shown once; none is looked at without it. */
  readonly collected: string | undefined;
  /** Paths of files below the outbox, the inbox and the spool, relative to them. */
  readonly outbox: readonly string[];
  readonly inbox: readonly string[];
  readonly spool: readonly string[];
  readonly archive: readonly ArchivedOrder[];
  readonly unfinishedArchive: readonly string[];
  readonly status: StatusView;
  readonly journalDamage: string | undefined;
  /** How many orders the banks may have refused because a mood said so. */
  readonly refusalsOrdered: number;
  /** What the run itself met and should not have: exits, holds nobody can explain. */
  readonly surprises: readonly string[];
}

export async function gatherEvidence(
  site: Site,
  erp: Erp,
  given: Pick<Evidence, 'refusalsOrdered' | 'surprises' | 'collected'>,
): Promise<Evidence> {
  const archived = await filesBelow(site.archive);
  return {
    ...given,
    dropped: erp.dropped,
    sightings: [...erp.sightings.values()],
    banks: site.banks.map(({ name, account, bank }) => ({ name, account, book: readBankBook(bank.folder) })),
    outbox: await filesBelow(site.outbox),
    inbox: await filesBelow(site.inbox),
    spool: (await filesBelow(join(site.state, 'spool'))).filter((path) => !path.startsWith('account_')),
    archive: await archivedOrders(site, archived),
    unfinishedArchive: archived.filter((path) => path.split('/').at(-1)?.startsWith('.') === true),
    status: await statusOf(site),
    journalDamage: await journalDamage(site),
  };
}

async function archivedOrders(site: Site, paths: readonly string[]): Promise<ArchivedOrder[]> {
  const folders = Map.groupBy(paths, (path) => path.split('/').slice(0, -1).join('/'));
  const orders: ArchivedOrder[] = [];
  for (const [path, files] of folders) {
    const order = /_([0-9A-Z]{26})$/.exec(path)?.[1];
    if (order === undefined) continue;
    const names = files.map((file) => file.split('/').at(-1) ?? '');
    const sources: { fileName: string; sha256: string }[] = [];
    for (const name of names.filter((one) => one.startsWith('erp_'))) {
      const bytes = await readFile(join(site.archive, path, name));
      sources.push({ fileName: name.slice(4), sha256: createHash('sha256').update(bytes).digest('hex') });
    }
    orders.push({ path, order, refused: path.startsWith('refused/'), names, sources });
  }
  return orders;
}

async function journalDamage(site: Site): Promise<string | undefined> {
  const journal = await openJournalForReading(site.state);
  if ('refused' in journal) return journal.sentence;
  try {
    const damage = await journal.verify();
    return damage && `record ${damage.sequence}: ${damage.reason}`;
  } finally {
    await journal.close();
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
