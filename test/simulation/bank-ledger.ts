// The accounts of the simulated bank, and how its answers about them are written and read.

import type { Attachment, Balances, History, StatementDocument } from '../../src/bank/channel.ts';
import { dayAt } from '../../src/domain/calendar.ts';
import {
  addDecimals,
  formatDecimal,
  negate,
  parseDecimal,
  ZERO,
  type Decimal,
} from '../../src/domain/decimal.ts';
import type { BookedEntry } from '../../src/domain/entry.ts';

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
  balances(bytes: Uint8Array): Balances {
    const { balance } = parse(bytes) as { balance: string };
    return { currency: CURRENCY, available: decimal(balance), booked: decimal(balance) };
  },

  history(bytes: Uint8Array): History {
    const { entries } = parse(bytes) as { entries: WrittenEntry[] };
    return { currency: CURRENCY, entries: entries.map(bookedEntry), complete: true };
  },

  statement(bytes: Uint8Array): StatementDocument {
    const { account, day, opening, closing, entries } = parse(bytes) as {
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
    const list = entries.map((entry) => Buffer.from(bookedEntry(entry).xml).toString()).join('');
    const document = `<?xml version="1.0" encoding="UTF-8"?>\n<Statement account="${account}" day="${day}">${list}</Statement>`;
    return {
      document: Buffer.from(document),
      statements: [facts],
      entries: entries.map(bookedEntry),
      schemaFaults: [],
    };
  },

  attachment(bytes: Uint8Array): Attachment {
    const { name } = parse(bytes) as { name: string };
    return { name, content: Buffer.from(`%PDF-1.7 ${name}`) };
  },
};

/** Entries of a day beyond a daily number. */
export function isAfter(number: number): (entry: LedgerEntry) => boolean {
  return (entry) => entry.number > number;
}

type WrittenEntry = LedgerEntry & { readonly stable: boolean };

function bookedEntry(entry: WrittenEntry): BookedEntry {
  const { id, day, number, amount, direction, endToEndId, text, stable } = entry;
  const content = { rung: 'content', value: `${day} ${text} ${endToEndId ?? ''}`, stable: false };
  return {
    bookingDay: day,
    number,
    amount: decimal(amount),
    currency: CURRENCY,
    direction,
    reversal: false,
    status: 'BOOK',
    identities: [...(stable ? [{ rung: 'AcctSvcrRef', value: id, stable: true }] : []), content],
    references: [{ endToEndId, messageId: undefined, amount: undefined }],
    xml: Buffer.from(
      `<Ntry><NtryRef>${id}</NtryRef><Amt Ccy="${CURRENCY}">${amount}</Amt><CdtDbtInd>${direction === 'debit' ? 'DBIT' : 'CRDT'}</CdtDbtInd><Sts>BOOK</Sts></Ntry>`,
    ),
  };
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

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString('utf8'));
}
