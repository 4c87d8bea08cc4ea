// `goniec status`: what is open, what waits for a person, what lies in the outbox, and how each account stands.

import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { evolveAccount, NEW_ACCOUNT, type AccountState } from '../domain/account-life.ts';
import type { AccountEvent } from '../domain/account-event.ts';
import { localDateTime } from '../domain/calendar.ts';
import type { Order } from '../domain/order.ts';
import { diskFileStore } from '../files/disk-file-store.ts';
import { FileFailure } from '../files/file-store.ts';
import { accountStream } from '../inbound/account-book.ts';
import type { ReadOnlyJournal } from '../journal/journal.ts';
import { readOrder } from '../outbound/order-book.ts';
import { pausedBanks } from '../outbound/decisions.ts';
import { isIgnored } from '../outbound/readiness.ts';
import { outcomeOf } from '../outbound/summary.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { withJournal } from './reading-journal.ts';
import { settingsFor } from './settings-for.ts';
import { say, sayJson, table } from './terminal.ts';

const RECENT_MAX = 10;

interface Overview {
  readonly open: readonly Order[];
  readonly recent: readonly Order[];
  readonly paused: readonly string[];
  readonly waiting: readonly {
    readonly company: string;
    readonly file: string;
    readonly sizeBytes: number;
  }[];
  readonly unreachable: readonly string[];
  readonly accounts: readonly {
    readonly iban: string;
    readonly bank: string;
    readonly state: AccountState;
    readonly flags: readonly string[];
  }[];
}

/** Ends with the code for attention while something waits for a person, so that a script may watch it. */
export async function status(options: {
  readonly config?: string;
  readonly json?: boolean;
}): Promise<ExitCode> {
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const { settings } = loaded;
  return withJournal(settings, async (journal) => {
    const overview = await overviewOf(settings, journal);
    const held = overview.open.filter(isHeld);
    if (options.json === true) sayJson(asData(overview));
    else print(overview, held, settings.timeZone);
    return held.length > 0 || overview.paused.length > 0 || overview.unreachable.length > 0
      ? EXIT.attention
      : EXIT.ok;
  });
}

async function overviewOf(settings: Settings, journal: ReadOnlyJournal): Promise<Overview> {
  const orders = async (streams: readonly string[]): Promise<Order[]> =>
    (await Promise.all(streams.map((stream) => readOrder(journal, stream.slice('order/'.length))))).filter(
      (order) => order !== undefined,
    );
  const open = await orders(await journal.openStreams('order/'));
  const recent = (await orders(await journal.recentStreams('order/', RECENT_MAX))).filter(
    (order) => order.phase === 'closed',
  );
  const waiting: Overview['waiting'][number][] = [];
  const unreachable: string[] = [];
  for (const company of settings.companies) {
    try {
      for (const entry of await diskFileStore.list(company.outbox)) {
        if (entry.kind === 'file' && !isIgnored(entry.name))
          waiting.push({ company: company.name, file: entry.name, sizeBytes: entry.sizeBytes });
      }
    } catch (failure) {
      if (!(failure instanceof FileFailure)) throw failure;
      unreachable.push(`${join(company.outbox)}: ${failure.message}`);
    }
  }
  const accounts = await Promise.all(settings.accounts.map((account) => accountOverview(journal, account)));
  return {
    open,
    recent,
    paused: [
      ...(await pausedBanks(
        journal,
        settings.banks.map(({ name }) => name),
      )),
    ],
    waiting,
    unreachable,
    accounts,
  };
}

async function accountOverview(
  journal: ReadOnlyJournal,
  account: Settings['accounts'][number],
): Promise<Overview['accounts'][number]> {
  let state = NEW_ACCOUNT;
  const flags: string[] = [];
  for (const { event, at } of await journal.read(accountStream(account.company, account.iban))) {
    state = evolveAccount(state, event as AccountEvent, at);
    if (event.type === 'statement-delivered')
      flags.push(...event.flags.map((flag) => `${event.day}: ${flag}`));
  }
  return { iban: account.iban, bank: account.bank, state, flags };
}

function print(overview: Overview, held: readonly Order[], timeZone: string): void {
  for (const bank of overview.paused)
    say(
      `PAUSED  bank ${bank} refuses our signature, certificate or authority. Put that right, then: goniec resume ${bank} --reason "..."`,
    );
  for (const problem of overview.unreachable) say(`GONE    ${problem}`);
  for (const order of held) {
    for (const { plan, hold, phase } of order.submissions) {
      if (phase === 'held' && hold !== undefined)
        say(
          `HELD    ${order.fileName}, message ${plan.messageId}, ${plan.count} transfer(s), sum ${plan.controlSum}\n        ${hold.code}: ${hold.evidence}\n        More: goniec show ${order.id}`,
        );
    }
  }
  say(`Open orders: ${overview.open.length}`);
  if (overview.open.length > 0) say(orderTable(overview.open, timeZone));
  if (overview.waiting.length > 0)
    say(
      `\nWaiting in the outbox: ${overview.waiting.length}\n${table([['file', 'bytes', 'company'], ...overview.waiting.map(({ file, sizeBytes, company }) => [file, String(sizeBytes), company])])}`,
    );
  if (overview.recent.length > 0) say(`\nLately closed\n${orderTable(overview.recent, timeZone)}`);
  say(
    `\nAccounts\n${table([['account', 'bank', 'history through', 'last statement'], ...overview.accounts.map(accountRow)])}`,
  );
  for (const { iban, flags } of overview.accounts)
    for (const flag of flags.slice(-3)) say(`FLAG    ${iban} statement of ${flag}`);
}

function orderTable(orders: readonly Order[], timeZone: string): string {
  return table([
    ['order', 'file', 'taken over', 'transfers', 'sum', 'state'],
    ...orders.map((order) => [
      order.id,
      order.fileName,
      localDateTime(Date.parse(order.claimedAt), timeZone).replace('T', ' '),
      String(order.erp?.transferCount ?? 0),
      order.erp?.controlSum ?? '',
      outcomeOf(order),
    ]),
  ]);
}

function accountRow({ iban, bank, state }: Overview['accounts'][number]): string[] {
  const delivered = [...state.statements.values()]
    .filter(({ outcome }) => outcome === 'delivered')
    .map(({ day }) => day);
  return [iban, bank, state.historyThrough ?? '-', delivered.sort().at(-1) ?? '-'];
}

function isHeld(order: Order): boolean {
  return order.submissions.some(({ phase }) => phase === 'held');
}

function asData(overview: Overview): object {
  const order = ({ id, fileName, company, claimedAt, phase, erp, submissions }: Order): object => ({
    id,
    fileName,
    company,
    claimedAt,
    phase,
    erp,
    submissions: submissions.map(({ plan, phase: at, hold }) => ({
      part: plan.part,
      messageId: plan.messageId,
      bank: plan.bank,
      operation: plan.operation,
      count: plan.count,
      controlSum: plan.controlSum,
      phase: at,
      hold,
    })),
  });
  return {
    ...overview,
    open: overview.open.map(order),
    recent: overview.recent.map(order),
    accounts: overview.accounts.map(({ iban, bank, state, flags }) => ({
      iban,
      bank,
      historyThrough: state.historyThrough,
      statements: [...state.statements.values()],
      flags,
    })),
  };
}
