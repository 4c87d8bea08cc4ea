// One look at everything people may have to be told of: the daemon's own state, the folders, the disks, the certificates.

import { X509Certificate } from 'node:crypto';
import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { Settings } from '../../config/settings.ts';
import type { Daemon } from '../../daemon.ts';
import { flagsNow, missing, type AccountState } from '../../domain/account-life.ts';
import { addDays, dayAt, isBusinessDay, localDateTime } from '../../domain/calendar.ts';
import type { Order } from '../../domain/order.ts';
import { diskFileStore } from '../../files/disk-file-store.ts';
import { FIRST_DAYS } from '../../inbound/collector.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Facts, HeldFact } from '../../operations/alerts/facts.ts';
import { awayReason, foldersAway } from '../../outbound/company-folders.ts';
import { outcomeOf } from '../../outbound/summary.ts';
import type { OpenBank } from '../bank-channels.ts';
import { heldMessages } from '../held.ts';
import { pausedBank } from '../overview.ts';
import { sandboxFolder } from '../signing-key.ts';
import type { BankContacts } from './bank-contact.ts';
import { PerhapsHanging } from './perhaps-hanging.ts';

export interface FactSources {
  readonly settings: Settings;
  readonly journal: Journal;
  readonly daemon: Pick<Daemon, 'standing'>;
  readonly banks: readonly OpenBank[];
  readonly contacts: BankContacts;
  readonly clock: Clock;
  /** As given on the command line, to be repeated in commands. */
  readonly config: string | undefined;
}

/** Gives what is so at each call; what does not answer, such as a share that hangs, is left out and never waited for. */
export async function factsLook(sources: FactSources): Promise<() => Promise<Facts>> {
  const { settings, journal, daemon, contacts, clock, config } = sources;
  const certificates = await certificatesOf(sources);
  const held = new HeldFacts(journal, settings, config);
  const folders = new PerhapsHanging(clock);
  const disks = new PerhapsHanging(clock);
  return async () => {
    const { orders, accounts, unmade } = daemon.standing();
    const away = await folders.ask('folders', () => awayFolders(settings, journal));
    const free = await Promise.all(
      writtenFolders(settings).map(async (path) => ({
        path,
        disk: await disks.ask(path, () => freeSpace(path)),
      })),
    );
    const newest = await journal.last();
    const asked = new Set(contacts.all().map(({ bank }) => bank));
    const looked = new Set(accounts.map(({ account }) => account.iban));
    return {
      held: await held.of(orders),
      stuck: orders.flatMap(({ id, fileName, stuck }) =>
        stuck === undefined ? [] : [{ order: id, file: fileName, ...stuck }],
      ),
      paused: (await Promise.all(settings.banks.map(({ name }) => pausedBank(journal, name)))).flatMap(
        (bank) => bank ?? [],
      ),
      contacts: contacts.all(),
      accounts: accounts.map(({ account, state }) => ({
        iban: account.iban,
        bank: account.bank,
        overdueDays: account.kinds.includes('statement')
          ? overdueDays(state, account, clock.now(), settings)
          : [],
        flags: flagsNow(state),
        contradictions: state.contradictions,
        lastStatement: [...state.statements.values()]
          .filter(({ outcome }) => outcome === 'delivered')
          .map(({ day }) => day)
          .sort()
          .at(-1),
      })),
      certificates,
      disks: free.flatMap(({ disk }) => disk ?? []),
      folders: [
        ...(away ?? []),
        ...unmade.map((company) => ({
          path: company,
          reason: `The folders of ${company} can not be made: mend the path or the rights.`,
        })),
      ],
      unknown: {
        banks: settings.banks.map(({ name }) => name).filter((bank) => !asked.has(bank)),
        ibans: settings.accounts.map(({ iban }) => iban).filter((iban) => !looked.has(iban)),
        disks: free.flatMap(({ path, disk }) => (disk === undefined ? [path] : [])),
        folders: away === undefined,
      },
      clockBehindMs: newest === undefined ? 0 : Math.max(0, Date.parse(newest.at) - clock.now()),
      open: openByState(orders),
    };
  };
}

/** Of business days; that the bank says there is none is an answer. */
export function overdueDays(
  state: AccountState,
  { since, pdf }: { readonly since: string | undefined; readonly pdf: boolean },
  nowMs: number,
  { timeZone, alerts }: Pick<Settings, 'timeZone' | 'alerts'>,
): string[] {
  const today = dayAt(nowMs, timeZone);
  const policy = { today, since: since ?? addDays(today, -FIRST_DAYS), historySpanDays: 1, pdf };
  const latest = localDateTime(nowMs - (alerts?.statementOverdueAfterMs ?? 0), timeZone).slice(0, 10);
  return missing(state, 'statement', policy).flatMap((fetch) =>
    fetch.kind === 'statement' &&
    !state.statements.has(fetch.day) &&
    isBusinessDay(fetch.day) &&
    nextBusinessDay(fetch.day) <= latest
      ? [fetch.day]
      : [],
  );
}

function nextBusinessDay(day: string): string {
  let next = addDays(day, 1);
  while (!isBusinessDay(next)) next = addDays(next, 1);
  return next;
}

/** Reads the records of a held order only when it has changed. */
class HeldFacts {
  readonly #known = new Map<string, { readonly changedAt: string; readonly held: readonly HeldFact[] }>();
  readonly #journal: Journal;
  readonly #settings: Settings;
  readonly #config: string | undefined;

  constructor(journal: Journal, settings: Settings, config: string | undefined) {
    this.#journal = journal;
    this.#settings = settings;
    this.#config = config;
  }

  async of(orders: readonly Order[]): Promise<HeldFact[]> {
    const withHeld = orders.filter(({ submissions }) => submissions.some(({ phase }) => phase === 'held'));
    const present = new Set(withHeld.map(({ id }) => id));
    for (const id of this.#known.keys()) if (!present.has(id)) this.#known.delete(id);
    const held: HeldFact[] = [];
    for (const order of withHeld) held.push(...(await this.#ofOne(order)));
    return held;
  }

  async #ofOne(order: Order): Promise<readonly HeldFact[]> {
    const known = this.#known.get(order.id);
    if (known?.changedAt === order.changedAt) return known.held;
    const records = await this.#journal.read(`order/${order.id}`);
    const spoolFolder = join(this.#settings.state, 'spool');
    const held = heldMessages(order, records, { spoolFolder, config: this.#config });
    this.#known.set(order.id, { changedAt: order.changedAt, held });
    return held;
  }
}

async function awayFolders(settings: Settings, journal: Journal): Promise<Facts['folders'][number][]> {
  const away = await Promise.all(
    settings.companies.map((company) => foldersAway(journal, diskFileStore, company)),
  );
  return away.flat().map((folder) => ({ path: folder.path, reason: awayReason(folder) }));
}

function writtenFolders({ state, companies }: Settings): string[] {
  return [state, ...companies.map(({ archive }) => archive)];
}

async function freeSpace(path: string): Promise<Facts['disks'][number] | undefined> {
  try {
    const { bavail, bsize } = await statfs(path);
    return { path, freeBytes: bavail * bsize };
  } catch {
    return undefined;
  }
}

/** Those that the channels were opened with: a new one counts from the next start on. */
async function certificatesOf({ banks, settings }: FactSources): Promise<Facts['certificates'][number][]> {
  const found: Facts['certificates'][number][] = [];
  for (const { settings: bank, signing } of banks) {
    const path = bank.tls?.certificate ?? join(sandboxFolder(settings), 'client.pem');
    const communication = new X509Certificate(await readFile(path));
    for (const [role, certificate] of [
      ['communication', communication],
      ['authorization', signing?.certificate],
    ] as const)
      if (certificate !== undefined)
        found.push({ bank: bank.name, role, validTo: new Date(certificate.validTo).toISOString() });
  }
  return found;
}

function openByState(orders: readonly Order[]): Facts['open'] {
  return [...Map.groupBy(orders, outcomeOf)].map(([state, alike]) => ({
    state,
    orders: alike.length,
    transfers: alike.reduce((sum, { erp }) => sum + (erp?.transferCount ?? 0), 0),
  }));
}
