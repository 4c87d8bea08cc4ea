// One look at everything people may have to be told of: the daemon's own state, the folders, the disks, the certificates.

import { X509Certificate } from 'node:crypto';
import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { Settings } from '../../config/settings.ts';
import type { Daemon } from '../../daemon.ts';
import { flagsNow, type AccountState } from '../../domain/account-life.ts';
import { addDays, dayAt, daysBetween, isBusinessDay } from '../../domain/calendar.ts';
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

/** A statement that has been missing for longer is nobody's news. */
const LOOKED_BACK_DAYS = 366;

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
    const away = await Promise.all(
      settings.companies.map(async (company) => ({
        company,
        found: await folders.ask(company.name, () => foldersAway(journal, diskFileStore, company)),
      })),
    );
    const hanging = away.filter(({ found }) => found === undefined).map(({ company }) => company);
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
          ? overdueDays(state, account.since, clock.now(), settings)
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
        ...away.flatMap(({ found }) =>
          (found ?? []).map((folder) => ({ path: folder.path, reason: awayReason(folder) })),
        ),
        ...hanging.map(({ name }) => ({
          path: `hanging ${name}`,
          reason: `A folder of ${name} does not answer, as a share does whose server is gone.`,
        })),
        ...unmade.map((company) => ({
          path: `unmade ${company}`,
          reason: `The folders of ${company} can not be made: mend the path or the rights.`,
        })),
      ],
      unknown: {
        banks: settings.banks.map(({ name }) => name).filter((bank) => !asked.has(bank)),
        ibans: settings.accounts.map(({ iban }) => iban).filter((iban) => !looked.has(iban)),
        disks: free.flatMap(({ path, disk }) => (disk === undefined ? [path] : [])),
        folders: hanging.flatMap(({ outbox, inbox, archive }) => [outbox, inbox, archive]),
      },
      clockBehindMs: newest === undefined ? 0 : Math.max(0, Date.parse(newest.at) - clock.now()),
      open: openByState(orders),
    };
  };
}

/** Of business days; that the bank says there is none is an answer. */
export function overdueDays(
  { statements }: AccountState,
  since: string | undefined,
  nowMs: number,
  { timeZone, alerts }: Pick<Settings, 'timeZone' | 'alerts'>,
): string[] {
  const today = dayAt(nowMs, timeZone);
  const latest = dayAt(nowMs - (alerts?.statementOverdueAfterMs ?? 0), timeZone);
  const first = [...statements.keys(), since ?? addDays(today, -FIRST_DAYS), today].sort()[0] ?? today;
  const from = [first, addDays(today, -LOOKED_BACK_DAYS)].sort()[1] ?? today;
  return daysBetween(from, addDays(today, -1)).filter(
    (day) => !statements.has(day) && isBusinessDay(day) && nextBusinessDay(day) <= latest,
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
