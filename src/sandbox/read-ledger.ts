// The ledger for those who check from outside what the bank really did, without asking the bank.

import { Ledger } from './ledger.ts';

/** One transfer that moved money. */
export interface Execution {
  readonly messageId: string;
  readonly endToEndId: string;
  readonly instructionId: string | undefined;
  readonly amount: string;
  readonly currency: string;
  readonly debtor: string;
  readonly creditor: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

export interface LedgerView {
  readonly executions: readonly Execution[];
  /** Every time a message was taken, repeated ones too, oldest first. */
  readonly messages: readonly {
    readonly messageId: string;
    readonly customer: string;
    readonly operation: string;
    readonly at: string;
    readonly transfers: number;
  }[];
  readonly accounts: readonly {
    readonly iban: string;
    readonly currency: string;
    readonly entries: number;
  }[];
}

/**
 * Reads the folder of a sandbox, running or killed. An execution is there once for every time its money moved: a
 * transfer executed twice is there twice. Throws when there is no ledger or it is damaged.
 */
export function readLedger(folder: string): LedgerView {
  return viewOf(Ledger.read(folder));
}

/** The same view of a ledger at hand. */
export function viewOf(ledger: Ledger): LedgerView {
  const executed = ledger.takings.flatMap((taking) =>
    taking.blocks.flatMap((block) =>
      block.transfers.flatMap(({ taken, bookedAt }) =>
        bookedAt === undefined ? [] : [{ taking, taken, bookedAt }],
      ),
    ),
  );
  return {
    executions: executed
      .toSorted((a, b) => a.bookedAt - b.bookedAt)
      .map(({ taking, taken, bookedAt }) => ({
        messageId: taking.event.messageId,
        endToEndId: taken.endToEndId,
        instructionId: taken.instructionId,
        amount: taken.amount,
        currency: taken.currency,
        debtor: taken.debtor.account,
        creditor: taken.creditor.account,
        at: new Date(bookedAt).toISOString(),
      })),
    messages: ledger.takings.map(({ event, blocks }) => ({
      messageId: event.messageId,
      customer: event.customer,
      operation: event.operation,
      at: new Date(event.at).toISOString(),
      transfers: blocks.reduce((sum, block) => sum + block.transfers.length, 0),
    })),
    accounts: [...ledger.accounts.values()].map(({ iban, currency, entries }) => ({
      iban,
      currency,
      entries: entries.length,
    })),
  };
}
