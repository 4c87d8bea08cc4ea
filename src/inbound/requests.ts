// Answers what the ERP asks for with a camt.060: whole, marked as a copy, beside the streams that show every entry once.

import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { AccountQuery, AnswerBytes, CollectOutcome } from '../bank/channel.ts';
import { addDays, dayAt, daysBetween } from '../domain/calendar.ts';
import type { AccountRequest } from '../domain/order-event.ts';
import { answerKeeper } from './collect.ts';
import { deliver, fileStem } from './deliver.ts';
import { deliverWanted, type DeliveredFiles } from './deliver-wanted.ts';
import { EntryRuns } from './entry-runs.ts';
import { aboutAnother } from './other-account.ts';
import type { CollectedAccount, InboundPorts } from './inbound-ports.ts';

export type RequestAnswer =
  | { readonly kind: 'answered'; readonly files: readonly string[]; readonly notes: readonly string[] }
  | { readonly kind: 'later'; readonly cause: string };

/** `tag` (the order's id) is part of the names, so that an answer given twice after a crash is one file. */
export async function answerRequests(
  ports: InboundPorts,
  accountOf: (iban: string) => CollectedAccount | undefined,
  requests: readonly AccountRequest[],
  tag: string,
  createdAt: string,
): Promise<RequestAnswer> {
  const files: string[] = [];
  const notes: string[] = [];
  for (const request of requests) {
    const account = accountOf(request.account);
    if (account === undefined) {
      notes.push(`${request.account}: not configured any more.`);
      continue;
    }
    const queries = queriesFor(ports, account, request, createdAt);
    for (let query = queries.shift(); query !== undefined; query = queries.shift()) {
      if (ports.stop.aborted) return { kind: 'later', cause: 'Goniec is stopping.' };
      const copy = { tag, createdAt, messageId: `${tag}C${digestOf(query)}` };
      const piece = await answerQuery(ports, account, query, copy);
      if (piece.kind === 'later') return piece;
      if (piece.kind === 'files') {
        files.push(...piece.names);
        notes.push(...piece.notes);
      } else if (piece.kind === 'note') notes.push(piece.note);
      else queries.unshift(...piece.halves);
    }
  }
  return { kind: 'answered', files, notes };
}

/** What is asked for, in 8 letters and digits: an answer that is kept must never be taken for that to another question. */
function digestOf(query: AccountQuery): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('hex').slice(0, 8).toUpperCase();
}

/** By the day of the request, so that a repeat asks the same, one by one. */
function queriesFor(
  ports: InboundPorts,
  account: CollectedAccount,
  request: AccountRequest,
  createdAt: string,
): AccountQuery[] {
  const today = dayAt(Date.parse(createdAt), ports.timeZone);
  const to = request.to ?? addDays(today, request.kind === 'statement' ? -1 : 0);
  const from = request.from ?? to;
  switch (request.kind) {
    case 'balance':
      return [{ kind: 'balances', account: account.iban }];
    case 'statement':
      return daysBetween(from, to).map((day) => ({
        kind: 'statement',
        account: account.iban,
        day,
        format: 'xml',
      }));
    case 'history':
      return pieces(from, to, ports.historySpanDays(account.bank)).map((piece) => ({
        kind: 'history',
        account: account.iban,
        ...piece,
      }));
  }
}

function pieces(from: string, to: string, spanDays: number): { from: string; to: string }[] {
  const found: { from: string; to: string }[] = [];
  for (let start = from; start <= to; start = addDays(start, spanDays)) {
    const end = addDays(start, spanDays - 1);
    found.push({ from: start, to: end < to ? end : to });
  }
  return found;
}

/** What a copy is named and marked by: all of it known from the request, so that a repeat has the same bytes. */
interface Copy {
  readonly tag: string;
  readonly createdAt: string;
  /** Unique among the files that answer one request. */
  readonly messageId: string;
}

type Piece =
  | { readonly kind: 'files'; readonly names: readonly string[]; readonly notes: readonly string[] }
  | { readonly kind: 'note'; readonly note: string }
  /** The bank has more than it answers at once: to be asked for in two pieces. */
  | { readonly kind: 'too-long'; readonly halves: readonly AccountQuery[] }
  | { readonly kind: 'later'; readonly cause: string };

async function answerQuery(
  ports: InboundPorts,
  account: CollectedAccount,
  query: AccountQuery,
  copy: Copy,
): Promise<Piece> {
  // In the order's own spool folder: it goes into the archive with the order.
  const kept = join(ports.spoolFolder, copy.tag, `answer-${copy.messageId}.xml`);
  await ports.files.makeFolder(dirname(kept));
  // An answer that was kept before a crash or a failing disk is not asked for again: of a balance another one would come, and
  // the ERP would have two under one message id.
  if ((await ports.files.stat(kept)) === undefined) {
    const outcome = await ask(ports, account, query, kept);
    if (outcome.kind !== 'collected') return withoutAnswer(query, outcome);
  }
  return compose(ports, account, query, (range) => ports.files.read(kept, { ...range, lent: true }), copy);
}

/** Asks the bank; what it collects lies under `kept` from then on, and of anything else nothing stays. */
async function ask(
  ports: InboundPorts,
  account: CollectedAccount,
  query: AccountQuery,
  kept: string,
): Promise<CollectOutcome> {
  const folder = dirname(kept);
  const outcome = await ports.channel(account.bank).collect(query, answerKeeper(ports, folder));
  if (outcome.answer === undefined) return outcome;
  const stored = join(folder, outcome.answer.name);
  // From this rename on it is the answer.
  if (outcome.kind === 'collected') await ports.files.move(stored, kept);
  else await ports.files.remove(stored);
  return outcome;
}

function withoutAnswer(query: AccountQuery, outcome: Exclude<CollectOutcome, { kind: 'collected' }>): Piece {
  switch (outcome.kind) {
    case 'no-answer':
      return { kind: 'later', cause: outcome.cause };
    case 'refused':
      return { kind: 'note', note: `${describe(query)}: the bank refuses: ${outcome.code} ${outcome.text}` };
    case 'nothing':
      return { kind: 'note', note: `${describe(query)}: the bank has nothing (${outcome.code}).` };
  }
}

async function compose(
  ports: InboundPorts,
  account: CollectedAccount,
  query: AccountQuery,
  answer: AnswerBytes,
  { tag, createdAt, messageId }: Copy,
): Promise<Piece> {
  const channel = ports.channel(account.bank);
  const header = { messageId, createdAt: new Date(createdAt), account: account.iban, copy: true };
  switch (query.kind) {
    case 'balances': {
      const balances = await channel.readBalances(answer);
      if ('kind' in balances) return { kind: 'note', note: balances.reason };
      const stem = fileStem(
        'camt.052',
        dayAt(Date.parse(createdAt), ports.timeZone),
        account.iban,
        `balance_copy_${tag}`,
      );
      const document = ports.format.composeBalances({ ...header, ...balances });
      const { name } = await deliver(ports, account, createdAt, stem, 'xml', () => [document]);
      return { kind: 'files', names: [name], notes: [] };
    }
    case 'history':
    case 'incremental': {
      const runs = new EntryRuns();
      const history = await channel.readHistory(answer, async (entries) => {
        for (const { place } of entries) runs.add(place);
      });
      if ('kind' in history) return { kind: 'note', note: history.reason };
      const strayed = aboutAnother(history.accounts, account.iban);
      if (strayed !== undefined) return { kind: 'note', note: `${describe(query)}: ${strayed}` };
      if (!history.complete) return tooLong(query);
      const from = query.kind === 'history' ? query.from : query.day;
      const to = query.kind === 'history' ? query.to : query.day;
      const currency = history.currency ?? account.currency;
      const content = (): AsyncIterable<Uint8Array> =>
        ports.format.composeHistory({
          ...header,
          currency,
          from,
          to,
          entries: history.copyEntries(runs.places()),
        });
      const what = `history_copy_${tag}`;
      const camt = {
        message: 'camt.052',
        day: `${from}_${to}`,
        what,
        content,
        at: createdAt,
        isInAnswer: false,
      } as const;
      return copied(await deliverWanted(ports, account, camt, account.formats.history));
    }
    case 'statement': {
      const statement = await channel.readStatement(answer, async () => undefined);
      if ('kind' in statement) return { kind: 'note', note: statement.reason };
      const strayed = aboutAnother(
        statement.statements.map((one) => one.account),
        account.iban,
      );
      if (strayed !== undefined) return { kind: 'note', note: `${describe(query)}: ${strayed}` };
      const camt = {
        message: 'camt.053',
        day: query.day,
        what: `statement_copy_${tag}`,
        content: statement.document,
        at: createdAt,
        isInAnswer: false,
      } as const;
      return copied(await deliverWanted(ports, account, camt, account.formats.statements));
    }
  }
}

function copied({ files, flags }: DeliveredFiles): Piece {
  return { kind: 'files', names: files.map(({ name }) => name), notes: flags };
}

/** A copy is whole or it is not given: of a single day there is nothing shorter to ask for. */
function tooLong(query: Extract<AccountQuery, { kind: 'history' | 'incremental' }>): Piece {
  if (query.kind === 'incremental' || query.from === query.to)
    return {
      kind: 'note',
      note: `${describe(query)}: the bank says that more operations follow than it answers at once, and there is no way to ask for them.`,
    };
  const days = daysBetween(query.from, query.to).length;
  const middle = addDays(query.from, Math.floor(days / 2) - 1);
  const halves = [
    { ...query, to: middle },
    { ...query, from: addDays(middle, 1) },
  ];
  return { kind: 'too-long', halves };
}

function describe(query: AccountQuery): string {
  switch (query.kind) {
    case 'balances':
      return `Balances of ${query.account}`;
    case 'history':
      return `History of ${query.account}, ${query.from} to ${query.to}`;
    case 'incremental':
      return `History of ${query.account}, ${query.day}`;
    case 'statement':
      return `Statement of ${query.account}, ${query.day}`;
  }
}
