// Makes ERP files of a kept answer: balances as camt.052, new operations as camt.052, a statement as the bank wrote it.

import { join } from 'node:path';
import { createHash } from 'node:crypto';
import type { ShownEntry } from '../domain/account-event.ts';
import { neighbour, type Fetch } from '../domain/account-life.ts';
import { continuityFlags } from '../domain/continuity.ts';
import { formatDecimal } from '../domain/decimal.ts';
import type { BookedEntry } from '../domain/entry.ts';
import { newEntries } from '../domain/entry-identity.ts';
import { asIban } from '../domain/iban.ts';
import { KEY } from '../domain/journal-index.ts';
import type { KeptAnswer } from '../domain/order-event.ts';
import type { AccountBook } from './account-book.ts';
import { answerFolder, type Fetched } from './collect.ts';
import { archiveAnswer, deliver, fileStem, instantForName } from './deliver.ts';
import type { CollectedAccount, InboundPorts } from './inbound-ports.ts';

/** What a delivery works on. */
interface Delivery {
  readonly ports: InboundPorts;
  readonly account: CollectedAccount;
  readonly book: AccountBook;
  readonly bytes: Uint8Array;
  readonly answerPath: string;
  /** When the answer was kept; part of names and headers, so that a repeat after a crash has the same bytes. */
  readonly at: string;
}

/** Whole answers are held in memory here; banks' answers are limited when they are received. */
export async function deliverFetched(
  ports: InboundPorts,
  account: CollectedAccount,
  book: AccountBook,
  fetch: Fetch,
  answer: KeptAnswer,
  at: string,
): Promise<Fetched> {
  const answerPath = join(answerFolder(ports, account.iban), answer.name);
  const bytes = await ports.files.readWhole(answerPath, answer.sizeBytes);
  const delivery: Delivery = { ports, account, book, bytes, answerPath, at };
  switch (fetch.kind) {
    case 'balance':
      return deliverBalances(delivery);
    case 'history':
      return deliverHistory(delivery, { from: fetch.from, to: fetch.to, after: 0, finished: true });
    case 'incremental':
      return deliverHistory(delivery, {
        from: fetch.day,
        to: fetch.day,
        after: fetch.after,
        finished: false,
      });
    case 'statement':
      return deliverStatement(delivery, fetch.day);
    case 'statement-document':
      return deliverDocument(delivery, fetch.day);
  }
}

async function deliverBalances({ ports, account, book, bytes, answerPath, at }: Delivery): Promise<Fetched> {
  const balances = ports.channel(account.bank).readBalances(bytes);
  if ('kind' in balances) return { kind: 'failed', cause: balances.reason };
  const moment = instantForName(ports, at);
  const stem = fileStem('camt.052', moment.day, account.iban, `balance_${moment.time}`);
  const document = ports.format.composeBalances({
    messageId: messageId('BAL', at),
    createdAt: new Date(at),
    account: account.iban,
    ...balances,
    copy: false,
  });
  const file = await deliver(ports, account, stem, 'xml', document);
  await archiveAnswer(ports, account, file, answerPath);
  const available = balances.available === undefined ? undefined : formatDecimal(balances.available);
  const booked = balances.booked === undefined ? undefined : formatDecimal(balances.booked);
  await book.record({ type: 'balances-delivered', file, available, booked, currency: balances.currency });
  ports.log.info('balances.delivered', { account: account.iban, file });
  return { kind: 'done' };
}

interface Span {
  readonly from: string;
  readonly to: string;
  readonly after: number;
  readonly finished: boolean;
}

async function deliverHistory(
  { ports, account, book, bytes, answerPath, at }: Delivery,
  span: Span,
): Promise<Fetched> {
  const history = ports.channel(account.bank).readHistory(bytes);
  if ('kind' in history) return { kind: 'failed', cause: history.reason };
  if (!history.complete)
    return {
      kind: 'failed',
      cause: `The bank says that more pages follow its answer for ${span.from} to ${span.to}; it is not taken as complete.`,
    };
  if (history.schemaFaults !== undefined && history.schemaFaults.length > 0)
    ports.log.warn('history.flagged', {
      account: account.iban,
      from: span.from,
      to: span.to,
      flags: history.schemaFaults.join(' '),
    });
  const listed = history.entries.filter(
    (entry) => entry.number === undefined || span.finished || entry.number > span.after,
  );
  const fresh = newEntries(
    listed,
    await shownBefore(ports, book.stream, listed),
    span.finished || span.after === 0,
  );
  await ports.onBooked(
    account.iban,
    fresh.map(({ entry }) => entry),
  );
  let file: string | undefined;
  if (fresh.length > 0) {
    const day = span.from === span.to ? span.from : `${span.from}_${span.to}`;
    const moment = instantForName(ports, at);
    const stem = fileStem('camt.052', day, account.iban, `history_${moment.day}T${moment.time}`);
    const entries = fresh.map(({ entry }) => entry.xml);
    const header = {
      messageId: messageId('HIS', at),
      createdAt: new Date(at),
      account: account.iban,
      currency: history.currency ?? account.currency,
    };
    file = await deliver(
      ports,
      account,
      stem,
      'xml',
      ports.format.composeHistory({ ...header, from: span.from, to: span.to, entries, copy: false }),
    );
    await archiveAnswer(ports, account, file, answerPath);
    ports.log.info('history.delivered', {
      account: account.iban,
      from: span.from,
      to: span.to,
      entries: entries.length,
      file,
    });
  }
  const cursor = listed.reduce((largest, entry) => Math.max(largest, entry.number ?? 0), span.after);
  await book.record({
    type: 'history-delivered',
    day: span.to,
    cursor,
    finished: span.finished,
    file,
    entries: fresh.map(({ identity }) => identity),
  });
  return { kind: 'done' };
}

/** How often each identity was shown, for the booking days of these entries. */
async function shownBefore(
  ports: InboundPorts,
  stream: string,
  entries: readonly BookedEntry[],
): Promise<(entry: ShownEntry) => number> {
  const counts = new Map<string, number>();
  for (const day of new Set(entries.map((entry) => entry.bookingDay))) {
    for (const { value } of await ports.journal.keys(KEY.shownEntry(stream, day))) {
      const key = `${day} ${value}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return (entry) => counts.get(`${entry.bookingDay} ${entry.rung}:${entry.value}`) ?? 0;
}

async function deliverStatement(
  { ports, account, book, bytes, answerPath }: Delivery,
  day: string,
): Promise<Fetched> {
  const statement = ports.channel(account.bank).readStatement(bytes);
  if ('kind' in statement) return { kind: 'failed', cause: statement.reason };
  const stranger = statement.statements.find(
    (each) => each.account !== undefined && asIban(each.account) !== account.iban,
  );
  if (stranger !== undefined)
    return {
      kind: 'failed',
      cause: `The bank answered with a statement of another account (${stranger.account ?? ''}).`,
    };
  const [first] = statement.statements;
  const last = statement.statements.at(-1);
  if (first === undefined || last === undefined)
    return { kind: 'failed', cause: `The bank's answer for ${day} holds no statement.` };
  const strayed = statement.statements.find(
    ({ fromDay, toDay }) => fromDay !== undefined && toDay !== undefined && (day < fromDay || day > toDay),
  );
  if (strayed !== undefined)
    return {
      kind: 'failed',
      cause: `Asked for the statement of ${day}, the bank answered with ${strayed.fromDay ?? ''} to ${strayed.toDay ?? ''}.`,
    };
  const before = neighbour(book.state, day, -1);
  let closing = before?.closing;
  const flags: string[] = [];
  for (const each of statement.statements) {
    flags.push(...continuityFlags(each, closing));
    closing = each.closing === undefined ? undefined : formatDecimal(each.closing);
  }
  flags.push(...statement.schemaFaults.map((fault) => `The bank's document breaks its schema: ${fault}`));
  await ports.onBooked(account.iban, statement.entries);
  const file = await deliver(
    ports,
    account,
    fileStem('camt.053', day, account.iban, 'statement'),
    'xml',
    statement.document,
  );
  await archiveAnswer(ports, account, file, answerPath);
  await book.record({
    type: 'statement-delivered',
    day,
    statementId: first.id,
    file,
    sha256: createHash('sha256').update(statement.document).digest('hex'),
    opening: first.opening === undefined ? undefined : formatDecimal(first.opening),
    closing: last.closing === undefined ? undefined : formatDecimal(last.closing),
    flags,
  });
  const fields = { account: account.iban, day, file, entries: statement.entries.length };
  if (flags.length === 0) ports.log.info('statement.delivered', fields);
  else ports.log.warn('statement.flagged', { ...fields, flags: flags.join(' ') });
  return { kind: 'done' };
}

async function deliverDocument({ ports, account, book, bytes }: Delivery, day: string): Promise<Fetched> {
  const attachment = ports.channel(account.bank).readAttachment(bytes);
  if ('kind' in attachment) return { kind: 'failed', cause: attachment.reason };
  const file = await deliver(
    ports,
    account,
    fileStem('camt.053', day, account.iban, 'statement'),
    'pdf',
    attachment.content,
  );
  await book.record({
    type: 'statement-document-delivered',
    day,
    file,
    sha256: createHash('sha256').update(attachment.content).digest('hex'),
  });
  ports.log.info('statement.document-delivered', { account: account.iban, day, file });
  return { kind: 'done' };
}

/** Unique per account and instant, letters and digits. */
function messageId(prefix: string, at: string): string {
  return `${prefix}${at.replace(/\D/g, '')}`;
}
