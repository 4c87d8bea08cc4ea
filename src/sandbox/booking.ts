// What moves money in the sandbox: transfers that have become due, incoming payments, fees; and a person's approval.

import { formatDecimal, withScale } from '../domain/decimal.ts';
import type { Decimal } from '../domain/decimal.ts';
import { bankItself } from './bank-identity.ts';
import type { Ledger, LedgerAccount, LedgerTransfer, Taking } from './ledger.ts';
import type { BookedEvent, Party } from './ledger-event.ts';
import { dueAt } from './transfer-course.ts';

/**
 * Books every transfer that has become due, at the instant at which it did, so that a bank that was down in between
 * ends where one that was up all the time would. To be called before anything is answered or written.
 */
export function bookDue(ledger: Ledger, nowMs: number): void {
  const due = [...ledger.open].flatMap(({ taking, transfer }) => {
    const at = dueAt(taking, transfer);
    return at === undefined || at > nowMs ? [] : [executionOf(taking, transfer, at)];
  });
  ledger.record(due.toSorted((a, b) => a.at - b.at));
}

/** Books at once what would become due by itself sooner or later; what waits for a person or is stuck stays. Gives how many. */
export function bookNow(ledger: Ledger, nowMs: number): number {
  const coming = [...ledger.open].filter(({ taking, transfer }) => dueAt(taking, transfer) !== undefined);
  ledger.record(coming.map(({ taking, transfer }) => executionOf(taking, transfer, nowMs)));
  return coming.length;
}

/** Releases transfers that wait for a person, of one message or of all; gives how many messages that concerned. */
export function approve(ledger: Ledger, messageId: string | undefined, nowMs: number): number {
  const waiting = new Set(
    [...ledger.open]
      .filter(
        ({ taking, transfer }) =>
          taking.approvedAt === undefined &&
          (taking.startedAt === undefined || transfer.taken.course === 'pending'),
      )
      .map(({ taking }) => taking)
      .filter((taking) => messageId === undefined || taking.event.messageId === messageId),
  );
  ledger.record(
    [...waiting].map((taking) => ({ type: 'approved' as const, at: nowMs, taking: taking.number })),
  );
  return waiting.size;
}

export interface IncomingPayment {
  readonly amount: Decimal;
  readonly text: string;
  readonly debtor: Party;
  readonly endToEndId: string | undefined;
}

/** Books a payment from outside. */
export function bookIncoming(
  ledger: Ledger,
  account: LedgerAccount,
  payment: IncomingPayment,
  nowMs: number,
): void {
  const { debtor, amount, text, endToEndId } = payment;
  ledger.record([
    bookingOf(account, 'incoming', {
      debtor,
      creditor: ownerOf(account),
      amount,
      text,
      endToEndId,
      at: nowMs,
    }),
  ]);
}

/** Books a charge; it carries no id that anybody could recognise it by. */
export function bookFee(
  ledger: Ledger,
  account: LedgerAccount,
  fee: { readonly amount: Decimal; readonly text: string },
  nowMs: number,
): void {
  ledger.record([
    bookingOf(account, 'fee', {
      ...fee,
      debtor: ownerOf(account),
      creditor: bankItself,
      endToEndId: undefined,
      at: nowMs,
    }),
  ]);
}

function bookingOf(
  account: LedgerAccount,
  kind: BookedEvent['kind'],
  parts: {
    debtor: Party;
    creditor: Party;
    amount: Decimal;
    text: string;
    endToEndId: string | undefined;
    at: number;
  },
): BookedEvent {
  return {
    type: 'booked',
    at: parts.at,
    kind,
    debtor: parts.debtor,
    creditor: parts.creditor,
    amount: formatDecimal(withScale(parts.amount, 2)),
    currency: account.currency,
    remittance: parts.text,
    operation: undefined,
    instructionId: undefined,
    endToEndId: parts.endToEndId,
    executes: undefined,
  };
}

function executionOf(taking: Taking, transfer: LedgerTransfer, at: number): BookedEvent {
  const { debtor, creditor, amount, currency, remittance, instructionId, endToEndId } = transfer.taken;
  return {
    type: 'booked',
    at,
    kind: 'transfer',
    debtor,
    creditor,
    amount,
    currency,
    remittance,
    operation: taking.event.operation,
    instructionId,
    endToEndId,
    executes: { taking: taking.number, block: transfer.block, transfer: transfer.index },
  };
}

function ownerOf(account: LedgerAccount): Party {
  return { account: account.iban, name: account.owner, address: [] };
}
