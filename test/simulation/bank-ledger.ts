// The accounts of the simulated bank, and how its answers about them are written and read.

import type {
  AnswerBytes,
  Attachment,
  Balances,
  History,
  StatementDocument,
  TakeEntries,
} from '../../src/bank/channel.ts';
import { dayAt } from '../../src/domain/calendar.ts';
import {
  addDecimals,
  formatDecimal,
  negate,
  parseDecimal,
  ZERO,
  type Decimal,
} from '../../src/domain/decimal.ts';
import type { BookedEntry, ListedEntry } from '../../src/domain/entry.ts';

const CURRENCY = 'PLN';

export interface LedgerEntry {
  /** Unique over all of the ledger; ours to count by, not what the product recognises an entry by. */
  readonly id: string;
  readonly account: string;
  readonly day: string;
  readonly atMs: number;
  /** Within account and day, from 1. */
  readonly number: number;
  readonly amount: string;
  readonly direction: 'credit' | 'debit';
  readonly endToEndId: string | undefined;
  readonly text: string;
}

export class Ledger {
  readonly all: LedgerEntry[] = [];
  readonly #timeZone: string;
  readonly #stable: boolean;

  constructor(timeZone: string, stableIdentities: boolean) {
    this.#timeZone = timeZone;
    this.#stable = stableIdentities;
  }

  dayOf(ms: number): string {
    return dayAt(ms, this.#timeZone);
  }

  book(entry: Omit<LedgerEntry, 'id' | 'day' | 'number'>): void {
    const day = this.dayOf(entry.atMs);
    const number =
      this.all.filter((other) => other.account === entry.account && other.day === day).length + 1;
    this.all.push({ ...entry, id: `L${this.all.length + 1}`, day, number });
  }

  entries(account: string, from: string, to: string): LedgerEntry[] {
    return this.all.filter((entry) => entry.account === account && entry.day >= from && entry.day <= to);
  }

  balance(account: string, through: string): Decimal {
    return sumOf(this.entries(account, '0000-00-00', through));
  }

  balancesAnswer(account: string): unknown {
    return { balance: formatDecimal(this.balance(account, '9999-99-99')) };
  }

  historyAnswer(entries: readonly LedgerEntry[]): unknown {
    return { entries: entries.map((entry) => ({ ...entry, stable: this.#stable })) };
  }

  statementAnswer(account: string, day: string): unknown {
    const entries = this.entries(account, day, day);
    const closing = this.balance(account, day);
    const opening = addDecimals(closing, negate(sumOf(entries)));
    return {
      account,
      day,
      opening: formatDecimal(opening),
      closing: formatDecimal(closing),
      ...(this.historyAnswer(entries) as object),
    };
  }

  documentAnswer(account: string, day: string): unknown {
    return { name: `${account}-${day}.pdf` };
  }
}

/** The channel's readers. */
export const readAnswer = {
  async balances(answer: AnswerBytes): Promise<Balances> {
    const { balance } = (await parse(answer)) as { balance: string };
    return { currency: CURRENCY, available: decimal(balance), booked: decimal(balance) };
  },

  async history(answer: AnswerBytes, take: TakeEntries<ListedEntry>): Promise<History> {
    const { entries } = (await parse(answer)) as { entries: WrittenEntry[] };
    for (const some of inBatches(entries.map(listedEntry))) await take(some);
    const copyEntries: History['copyEntries'] = async function* (places) {
      for (const { from, to } of places) yield* entries.slice(from, to).map((one) => Buffer.from(xmlOf(one)));
    };
    return { currency: CURRENCY, accounts: [], copyEntries, complete: true };
  },

  async statement(answer: AnswerBytes, take: TakeEntries<BookedEntry>): Promise<StatementDocument> {
    const { account, day, opening, closing, entries } = (await parse(answer)) as {
      account: string;
      day: string;
      opening: string;
      closing: string;
      entries: WrittenEntry[];
    };
    const facts = {
      id: `S${day}`,
      account,
      currency: CURRENCY,
      fromDay: day,
      toDay: day,
      opening: decimal(opening),
      closing: decimal(closing),
      entrySum: sumOf(entries),
      entryCount: entries.length,
    };
    const stated = [
      balanceXml('OPBD', opening, day),
      balanceXml('CLBD', closing, day),
      ...entries.map(xmlOf),
    ];
    const document = `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Id>S${day}</Id>${stated.join('')}</Stmt></BkToCstmrStmt></Document>`;
    for (const some of inBatches(entries.map(listedEntry))) await take(some);
    return { document: () => inOnePiece(document), statements: [facts], schemaFaults: [] };
  },

  async attachment(answer: AnswerBytes): Promise<Attachment> {
    const { name } = (await parse(answer)) as { name: string };
    return { name, content: () => inOnePiece(`%PDF-1.7 ${name}`) };
  },
};

/** Entries of a day beyond a daily number. */
export function isAfter(number: number): (entry: LedgerEntry) => boolean {
  return (entry) => entry.number > number;
}

type WrittenEntry = LedgerEntry & { readonly stable: boolean };

/** An entry stands where its place in the list is. */
function listedEntry(entry: WrittenEntry, index: number): ListedEntry {
  const { id, day, number, amount, direction, endToEndId, text, stable } = entry;
  return {
    bookingDay: day,
    number,
    amount: decimal(amount),
    currency: CURRENCY,
    direction,
    reversal: false,
    status: 'BOOK',
    identity: stable
      ? { rung: 'AcctSvcrRef', value: id, stable }
      : { rung: 'content', value: `${day} ${text} ${endToEndId ?? ''}`, stable },
    references: [{ endToEndId, messageId: undefined, amount: undefined }],
    place: { from: index, to: index + 1, scope: undefined, after: undefined },
  };
}

function xmlOf({ id, amount, direction, day }: WrittenEntry): string {
  return `<Ntry><NtryRef>${id}</NtryRef><Amt Ccy="${CURRENCY}">${amount}</Amt><CdtDbtInd>${direction === 'debit' ? 'DBIT' : 'CRDT'}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>${day}</Dt></BookgDt><AcctSvcrRef>${id}</AcctSvcrRef></Ntry>`;
}

function balanceXml(type: string, amount: string, day: string): string {
  const isDebit = amount.startsWith('-');
  return `<Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp><Amt Ccy="${CURRENCY}">${isDebit ? amount.slice(1) : amount}</Amt><CdtDbtInd>${isDebit ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;
}

/** Handed over two at a time, so that what lies between two batches is tried as well. */
function inBatches<Entry>(entries: readonly Entry[]): Entry[][] {
  const batches: Entry[][] = [];
  for (let from = 0; from < entries.length; from += 2) batches.push(entries.slice(from, from + 2));
  return batches;
}

async function* inOnePiece(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** Credits less debits. */
export function sumOf(entries: readonly LedgerEntry[]): Decimal {
  return entries.reduce((sum, { amount, direction }) => {
    const value = decimal(amount);
    return addDecimals(sum, direction === 'debit' ? negate(value) : value);
  }, ZERO);
}

function decimal(text: string): Decimal {
  return parseDecimal(text) ?? ZERO;
}

async function parse(answer: AnswerBytes): Promise<unknown> {
  const pieces = await Array.fromAsync(answer());
  return JSON.parse(Buffer.concat(pieces).toString('utf8'));
}
