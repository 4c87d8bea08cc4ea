// A digest of the payments themselves, whatever their ids and order: who pays whom, how much, when, with which text.

import { createHash } from 'node:crypto';
import { formatDecimal, withScale } from '../domain/decimal.ts';
import { ibanOf } from '../domain/iban.ts';
import type { AccountId, BlockFacts, TransferFacts } from '../domain/payment.ts';

const MODULUS = 1n << 256n;

/** Adds one hash per transfer, so that neither their order nor their blocks matter and nothing is kept of them. */
export class PaymentSetDigest {
  #sum = 0n;
  #count = 0;

  add(block: BlockFacts, transfer: TransferFacts): void {
    const { amount, currency, creditorAccount, creditorName, remittance } = transfer;
    const parts = [
      accountOf(block.debtorAccount),
      block.executionDate.value,
      formatDecimal(withScale(amount.value, 5)),
      currency,
      accountOf(creditorAccount),
      creditorName?.value,
      remittance,
    ];
    this.#sum =
      (this.#sum + BigInt(`0x${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`)) % MODULUS;
    this.#count += 1;
  }

  toString(): string {
    return `${this.#count}-${this.#sum.toString(16).padStart(64, '0')}`;
  }
}

/** An NRB and the IBAN of the same account are one account. */
function accountOf(account: AccountId | undefined): string | undefined {
  return ibanOf(account) ?? account?.value;
}
