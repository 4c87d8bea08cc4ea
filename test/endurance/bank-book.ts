// A bank's ledger as an auditor reads it: line by line from the file, without the bank's own code.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Party } from '../../src/sandbox/ledger-event.ts';

export interface Movement {
  readonly kind: string;
  readonly debtor: string;
  readonly creditor: string;
  readonly amountCents: bigint;
  readonly endToEndId: string | undefined;
}

/** One time a message was taken, with what became of its transfers. */
export interface TakenMessage {
  readonly messageId: string;
  readonly transfers: number;
  readonly executed: number;
  readonly rejected: number;
}

export interface BankBook {
  readonly movements: readonly Movement[];
  readonly taken: readonly TakenMessage[];
}

interface Line {
  readonly type: string;
  readonly messageId?: string;
  readonly reject?: unknown;
  readonly blocks?: readonly { readonly transfers: readonly { readonly reject?: unknown }[] }[];
  readonly kind?: string;
  readonly debtor?: Party;
  readonly creditor?: Party;
  readonly amount?: string;
  readonly endToEndId?: string;
  readonly executes?: { readonly taking: number };
}

/** Also while the bank is writing: a last line without its end was never acknowledged. */
export function readBankBook(folder: string): BankBook {
  const text = readFileSync(join(folder, 'ledger.ndjson'), 'utf8');
  const lines = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
  const booked = lines.filter(({ type }) => type === 'booked');
  const executions = new Map<number, number>();
  for (const { executes } of booked)
    if (executes !== undefined) executions.set(executes.taking, (executions.get(executes.taking) ?? 0) + 1);
  const taken = lines
    .filter(({ type }) => type === 'taken')
    .map(({ messageId = '', reject, blocks = [] }, index) => {
      const transfers = blocks.flatMap((block) => block.transfers);
      const rejected = transfers.filter((transfer) => reject !== undefined || transfer.reject !== undefined);
      return {
        messageId,
        transfers: transfers.length,
        executed: executions.get(index + 1) ?? 0,
        rejected: rejected.length,
      };
    });
  return {
    taken,
    movements: booked.map(({ kind = '', debtor, creditor, amount = '0', endToEndId }) => ({
      kind,
      debtor: debtor?.account ?? '',
      creditor: creditor?.account ?? '',
      amountCents: centsOf(amount),
      endToEndId,
    })),
  };
}

/** `12.34` as 1234. */
export function centsOf(amount: string): bigint {
  const [whole = '0', part = ''] = amount.split('.');
  return BigInt(whole + part.padEnd(2, '0').slice(0, 2));
}
