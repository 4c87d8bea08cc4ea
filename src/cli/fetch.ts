// `goniec fetch`: asks for one account and period by dropping a camt.060 into the outbox, as an ERP would, and waits for the answer.

import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { isDay } from '../domain/calendar.ts';
import { asIban } from '../domain/iban.ts';
import { ulid } from '../domain/identifiers.ts';
import { KEY } from '../domain/journal-index.ts';
import type { AccountRequest } from '../domain/order-event.ts';
import type { Order } from '../domain/order.ts';
import { createIso20022Format } from '../erp/iso20022/iso20022-format.ts';
import { diskFileStore } from '../files/disk-file-store.ts';
import { openJournalForReading } from '../journal/sqlite-journal.ts';
import { awayReason, foldersAway } from '../outbound/company-folders.ts';
import { findOrders } from '../outbound/order-book.ts';
import { systemClock } from '../triggers/system-clock.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { settingsFor } from './settings-for.ts';
import { complain, say, sayJson } from './terminal.ts';

const LOOK_EVERY_MS = 300;

export interface FetchOptions {
  readonly config?: string;
  readonly json?: boolean;
  readonly account: string;
  readonly from?: string;
  readonly to?: string;
  /** Seconds. */
  readonly wait: string;
}

export async function fetchAccount(kind: string, options: FetchOptions): Promise<ExitCode> {
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const request = requestOf(kind, options);
  if (typeof request === 'string') {
    complain(request);
    return EXIT.usage;
  }
  const account = loaded.settings.accounts.find(({ iban }) => iban === request.account);
  const company = loaded.settings.companies.find(({ name }) => name === account?.company);
  if (company === undefined) {
    complain(
      `Account ${request.account} is not configured. Known: ${loaded.settings.accounts.map(({ iban }) => iban).join(', ')}`,
    );
    return EXIT.notFound;
  }
  const away = await outboxAway(loaded.settings, company);
  if (away !== undefined) {
    complain(away);
    return EXIT.notFound;
  }
  const messageId = `GF${ulid(systemClock.now(), systemClock.random(10))}`;
  const format = createIso20022Format({ timeZone: loaded.settings.timeZone });
  const document = format.composeRequest({ ...request, messageId, createdAt: new Date(systemClock.now()) });
  await diskFileStore.write(join(company.outbox, `fetch-${kind}-${messageId}.xml`), document);
  const order = await answered(loaded.settings, messageId, Number(options.wait) * 1_000);
  if (order === undefined) {
    complain(
      `No answer within ${options.wait} s. The request stays in ${company.outbox} and is answered as soon as the daemon and the bank can; is "goniec start" running?`,
    );
    return EXIT.unanswered;
  }
  return report(order, company.inbox, options.json === true);
}

/** A request must not be put into a folder that merely stands where the outbox should. */
async function outboxAway(
  settings: Settings,
  company: Settings['companies'][number],
): Promise<string | undefined> {
  const journal = await openJournalForReading(settings.state);
  if ('refused' in journal) return journal.sentence;
  try {
    const away = await foldersAway(journal, diskFileStore, company);
    const outbox = away.find(({ role }) => role === 'outbox');
    return outbox && awayReason(outbox);
  } finally {
    await journal.close();
  }
}

function requestOf(kind: string, { account, from, to }: FetchOptions): AccountRequest | string {
  if (kind !== 'balance' && kind !== 'history' && kind !== 'statement')
    return `"${kind}" can not be fetched; there are balance, history and statement.`;
  for (const day of [from, to])
    if (day !== undefined && !isDay(day)) return `"${day}" is not a day; write it as 2026-11-23.`;
  if (kind === 'balance') return { account: asIban(account), kind, from: undefined, to: undefined };
  if (from === undefined) return `Say from which day: --from 2026-11-20 (and --to, else only that day).`;
  if (to !== undefined && to < from) return `The period ends (${to}) before it begins (${from}).`;
  return { account: asIban(account), kind, from, to: to ?? from };
}

/** The closed order that answers the request; undefined when it takes too long. */
async function answered(settings: Settings, messageId: string, waitMs: number): Promise<Order | undefined> {
  const endMs = systemClock.running() + waitMs;
  while (systemClock.running() < endMs) {
    const journal = await openJournalForReading(settings.state);
    if (!('refused' in journal)) {
      try {
        const order = (await findOrders(journal, KEY.erpMessageId, messageId)).at(-1);
        if (order?.phase === 'closed') return order;
      } finally {
        await journal.close();
      }
    }
    await systemClock.sleep(LOOK_EVERY_MS);
  }
  return undefined;
}

function report(order: Order, inbox: string, json: boolean): ExitCode {
  const files = order.answeredFiles.map((name) => join(inbox, name));
  if (json) sayJson({ order: order.id, files, notes: order.notes, faults: order.faults });
  else {
    for (const file of files) say(file);
    for (const note of order.notes) say(`Note: ${note}`);
    for (const fault of order.faults) complain(`${fault.message} ${fault.remedy}`);
  }
  return order.faultCount > 0 ? EXIT.notFound : EXIT.ok;
}
