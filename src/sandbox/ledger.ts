// The ledger: accounts, entries and messages as the event log tells them, and the only way to change them.

import { join } from 'node:path';
import { addDecimals, negate, parseDecimal, ZERO } from '../domain/decimal.ts';
import type { Decimal } from '../domain/decimal.ts';
import { bankDay } from './bank-time.ts';
import { EventLog } from './event-log.ts';
import type {
  BookedEvent,
  LedgerEvent,
  SeedAccount,
  TakenBlock,
  TakenEvent,
  TakenTransfer,
} from './ledger-event.ts';

/** One booking as one account sees it. */
export interface LedgerEntry {
  /** The operation's id at the bank, the same for ever. */
  readonly id: string;
  /** Booking day at the bank. */
  readonly day: string;
  /** Counts the account's entries of the day from 1. */
  readonly dailyNumber: number;
  /** Counts all the account's entries from 1. */
  readonly runningNumber: number;
  readonly direction: 'credit' | 'debit';
  readonly amount: Decimal;
  readonly booking: BookedEvent;
}

export interface LedgerAccount extends SeedAccount {
  readonly opening: Decimal;
  booked: Decimal;
  readonly entries: LedgerEntry[];
  /** Entries so far by booking day. */
  readonly dailyCounts: Map<string, number>;
}

/** A transfer of a taken message and how far it has come. */
export interface LedgerTransfer {
  readonly taken: TakenTransfer;
  readonly block: number;
  readonly index: number;
  readonly notBefore: number;
  bookedAt: number | undefined;
  entryId: string | undefined;
}

/** One message as the bank took it. A bank that takes a repeated message has two takings under one id. */
export interface Taking {
  /** From 1, over all customers. */
  readonly number: number;
  readonly event: TakenEvent;
  readonly blocks: readonly { readonly taken: TakenBlock; readonly transfers: readonly LedgerTransfer[] }[];
  /** When its transfers began to move; undefined while it waits for approval. */
  startedAt: number | undefined;
  /** When a person released its transfers that wait. */
  approvedAt: number | undefined;
  confirmed: boolean;
}

/** The file name of the log inside the sandbox's folder. */
const LOG_NAME = 'ledger.ndjson';

export class Ledger {
  readonly accounts = new Map<string, LedgerAccount>();
  readonly takings: Taking[] = [];
  /** When the accounts were opened. */
  openedAt = 0;
  /** Transfers that were accepted and are not booked yet. */
  readonly open = new Set<{ readonly taking: Taking; readonly transfer: LedgerTransfer }>();
  readonly #byMessage = new Map<string, Taking[]>();
  readonly #log: EventLog | undefined;
  #events = 0;

  private constructor(events: readonly LedgerEvent[], log: EventLog | undefined) {
    this.#log = log;
    for (const event of events) this.#apply(event);
  }

  /** Replays the folder's log. Throws when it is damaged. */
  static open(folder: string): Ledger {
    const { log, events } = EventLog.open(join(folder, LOG_NAME));
    return new Ledger(events, log);
  }

  /** The ledger as it stands on disk, to look at only. Throws when there is none. */
  static read(folder: string): Ledger {
    return new Ledger(EventLog.read(join(folder, LOG_NAME)), undefined);
  }

  /** True before the bank opened its accounts. */
  get isEmpty(): boolean {
    return this.#events === 0;
  }

  /**
   * Writes the events down and lets them count; nobody may be told before `durable` has resolved. Throws when they cannot be
   * written; then nothing happened.
   */
  record(events: readonly LedgerEvent[]): void {
    if (this.#log === undefined) throw new Error('A ledger that was opened to look at cannot be written.');
    if (events.length === 0) return;
    this.#log.append(events);
    for (const event of events) this.#apply(event);
  }

  /** The messages a customer sent under an id, oldest first. */
  takingsOf(customer: string, messageId: string): readonly Taking[] {
    return this.#byMessage.get(keyOf(customer, messageId)) ?? [];
  }

  /** What accepted transfers that are not booked yet will take from an account. */
  reserved(iban: string): Decimal {
    let sum = ZERO;
    for (const { transfer } of this.open) {
      if (transfer.taken.debtor.account === iban) sum = addDecimals(sum, amountOf(transfer.taken.amount));
    }
    return sum;
  }

  /** Resolves when everything that counts by now is on the disk. */
  async durable(): Promise<void> {
    await this.#log?.durable();
  }

  async close(): Promise<void> {
    await this.#log?.close();
  }

  #apply(event: LedgerEvent): void {
    this.#events += 1;
    switch (event.type) {
      case 'opened':
        this.openedAt = event.at;
        for (const account of event.accounts) this.accounts.set(account.iban, openAccount(account));
        return;
      case 'taken':
        this.#applyTaken(event);
        return;
      case 'approved': {
        const taking = this.#taking(event.taking);
        taking.approvedAt = event.at;
        taking.startedAt ??= event.at;
        return;
      }
      case 'confirmed':
        this.#taking(event.taking).confirmed = true;
        return;
      case 'booked':
        this.#applyBooked(event);
        return;
    }
  }

  #applyTaken(event: TakenEvent): void {
    const blocks = event.blocks.map((taken, block) => ({
      taken,
      transfers: taken.transfers.map((transfer, index) => ({
        taken: transfer,
        block,
        index,
        notBefore: taken.notBefore,
        bookedAt: undefined,
        entryId: undefined,
      })),
    }));
    const startedAt = event.approved ? event.at : undefined;
    const taking: Taking = {
      number: this.takings.length + 1,
      event,
      blocks,
      startedAt,
      approvedAt: undefined,
      confirmed: false,
    };
    this.takings.push(taking);
    const key = keyOf(event.customer, event.messageId);
    this.#byMessage.set(key, [...(this.#byMessage.get(key) ?? []), taking]);
    if (event.reject !== undefined) return;
    for (const transfer of blocks.flatMap((block) => block.transfers)) {
      if (transfer.taken.reject === undefined) this.open.add({ taking, transfer });
    }
  }

  #applyBooked(event: BookedEvent): void {
    const id = `${bankDay(event.at).replaceAll('-', '')}${this.#events.toString().padStart(8, '0')}`;
    this.#enter(event, event.debtor.account, 'debit', `${id}D`);
    this.#enter(event, event.creditor.account, 'credit', `${id}C`);
    if (event.executes === undefined) return;
    const { taking, block, transfer } = event.executes;
    for (const open of this.open) {
      if (open.taking.number !== taking || open.transfer.block !== block || open.transfer.index !== transfer)
        continue;
      open.transfer.bookedAt = event.at;
      open.transfer.entryId = `${id}D`;
      this.open.delete(open);
      return;
    }
    throw new Error(
      `Transfer ${transfer} in block ${block} of taking ${taking} was booked, but it was not open.`,
    );
  }

  /** An account the bank does not keep is the world outside: its side of the booking is another bank's entry. */
  #enter(booking: BookedEvent, iban: string, direction: 'credit' | 'debit', id: string): void {
    const account = this.accounts.get(iban);
    if (account === undefined) return;
    const day = bankDay(booking.at);
    const amount = amountOf(booking.amount);
    const dailyNumber = (account.dailyCounts.get(day) ?? 0) + 1;
    account.dailyCounts.set(day, dailyNumber);
    account.entries.push({
      id,
      day,
      dailyNumber,
      runningNumber: account.entries.length + 1,
      direction,
      amount,
      booking,
    });
    account.booked = addDecimals(account.booked, direction === 'credit' ? amount : negate(amount));
  }

  #taking(number: number): Taking {
    const taking = this.takings[number - 1];
    if (taking === undefined)
      throw new Error(`The ledger speaks of taking ${number}, which it does not have.`);
    return taking;
  }
}

/** An amount the bank wrote itself. */
export function amountOf(text: string): Decimal {
  const amount = parseDecimal(text);
  if (amount === undefined) throw new Error(`"${text}" in the ledger is no amount.`);
  return amount;
}

function openAccount(account: SeedAccount): LedgerAccount {
  const opening = amountOf(account.openingBalance);
  return { ...account, opening, booked: opening, entries: [], dailyCounts: new Map() };
}

function keyOf(customer: string, messageId: string): string {
  return `${customer}\n${messageId}`;
}
