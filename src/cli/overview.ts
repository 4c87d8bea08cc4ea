// What stands where, as it is read from the journal and the folders beside a running daemon.

import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import {
  evolveAccount,
  flagsNow,
  NEW_ACCOUNT,
  type AccountRecord,
  type AccountState,
} from '../domain/account-life.ts';
import type { Order } from '../domain/order.ts';
import { diskFileStore } from '../files/disk-file-store.ts';
import { FileFailure, type FileEntry } from '../files/file-store.ts';
import { accountStream } from '../inbound/account-book.ts';
import type { ReadOnlyJournal } from '../journal/journal.ts';
import { awayReason, foldersAway } from '../outbound/company-folders.ts';
import { readOrder } from '../outbound/order-book.ts';
import { isIgnored } from '../outbound/readiness.ts';
import { isDoneFile } from '../outbound/wholeness.ts';
import { decisionsFolder } from './build-daemon.ts';
import { heldMessages, type HeldMessage } from './held.ts';

const RECENT_MAX = 10;

export interface PausedBank {
  readonly bank: string;
  /** ISO 8601 in UTC. */
  readonly since: string;
  readonly code: string;
  readonly text: string;
}

export interface Overview {
  readonly held: readonly HeldMessage[];
  readonly open: readonly Order[];
  readonly recent: readonly Order[];
  readonly paused: readonly PausedBank[];
  readonly waiting: readonly {
    readonly company: string;
    readonly file: string;
    readonly sizeBytes: number;
  }[];
  readonly unreachable: readonly string[];
  /** Decisions of people that the daemon has not put on record yet. */
  readonly undecided: number;
  readonly accounts: readonly {
    readonly iban: string;
    readonly bank: string;
    readonly state: AccountState;
    readonly flags: readonly string[];
  }[];
}

/** `config` is repeated in the commands to copy, where it was given. */
export async function overviewOf(
  settings: Settings,
  journal: ReadOnlyJournal,
  config: string | undefined,
): Promise<Overview> {
  const orders = async (streams: readonly string[]): Promise<Order[]> =>
    (await Promise.all(streams.map((stream) => readOrder(journal, stream.slice('order/'.length))))).filter(
      (order) => order !== undefined,
    );
  const open = await orders(await journal.openStreams('order/'));
  const recent = (await orders(await journal.recentStreams('order/', RECENT_MAX))).filter(
    (order) => order.phase === 'closed',
  );
  const spoolFolder = join(settings.state, 'spool');
  const held: HeldMessage[] = [];
  for (const order of open.filter(isHeld))
    held.push(...heldMessages(order, await journal.read(`order/${order.id}`), { spoolFolder, config }));
  const banks = settings.banks.map(({ name }) => name);
  return {
    held,
    open,
    recent,
    paused: (await Promise.all(banks.map((bank) => pausedBank(journal, bank)))).flatMap((bank) => bank ?? []),
    ...(await outboxes(settings, journal)),
    undecided: (await filesIn(decisionsFolder(settings))).length,
    accounts: await Promise.all(settings.accounts.map((account) => accountOverview(journal, account))),
  };
}

async function outboxes(
  settings: Settings,
  journal: ReadOnlyJournal,
): Promise<Pick<Overview, 'waiting' | 'unreachable'>> {
  const waiting: Overview['waiting'][number][] = [];
  const unreachable: string[] = [];
  for (const company of settings.companies) {
    const away = await foldersAway(journal, diskFileStore, company);
    unreachable.push(...away.map(awayReason));
    if (away.some(({ role }) => role === 'outbox')) continue;
    try {
      for (const { name, sizeBytes } of await filesIn(company.outbox))
        if (!isDoneFile(company.erp, name)) waiting.push({ company: company.name, file: name, sizeBytes });
    } catch (failure) {
      if (!(failure instanceof FileFailure)) throw failure;
      unreachable.push(`The outbox of ${company.name} can not be read: ${failure.message}`);
    }
  }
  return { waiting, unreachable };
}

async function filesIn(folder: string): Promise<FileEntry[]> {
  if ((await diskFileStore.stat(folder)) === undefined) return [];
  return (await diskFileStore.list(folder)).filter(({ kind, name }) => kind === 'file' && !isIgnored(name));
}

export async function pausedBank(
  journal: Pick<ReadOnlyJournal, 'last'>,
  bank: string,
): Promise<PausedBank | undefined> {
  const last = await journal.last(`bank/${bank}`);
  if (last?.event.type !== 'bank-paused') return undefined;
  return { bank, since: last.at, code: last.event.code, text: last.event.text };
}

function isHeld(order: Order): boolean {
  return order.submissions.some(({ phase }) => phase === 'held');
}

async function accountOverview(
  journal: ReadOnlyJournal,
  { company, iban, bank }: Settings['accounts'][number],
): Promise<Overview['accounts'][number]> {
  let state = NEW_ACCOUNT;
  for (const record of await journal.read(accountStream(company, iban)))
    state = evolveAccount(state, record as AccountRecord);
  return { iban, bank, state, flags: flagsNow(state) };
}
