// A digest of the payments themselves, whatever their ids and order: who pays whom, how much, when, with which text.

import { hash } from 'node:crypto';
import { formatDecimal } from '../domain/decimal.ts';
import type { AccountId, BlockFacts, TransferFacts } from '../domain/payment.ts';

/** The sum has 256 bits, in words of 16, the lowest first, so that many can be added before a carry is due. */
const WORDS = 16;
const CARRY_EVERY = 1 << 15;

/**
 * Adds one SHA-256 per transfer, modulo 2^256, so that neither their order nor their blocks matter and nothing is kept of
 * them. Journals hold these sums: what is hashed must stay as it is to the letter.
 */
export class PaymentSetDigest {
  readonly #sum = new Int32Array(WORDS);
  #count = 0;
  /** What all transfers of a block begin with. */
  #blockStart = '';
  #block: BlockFacts | undefined;

  add(block: BlockFacts, transfer: TransferFacts): void {
    if (block !== this.#block) {
      this.#block = block;
      this.#blockStart = `[${quoted(accountOf(block.debtorAccount))},${quoted(block.executionDate.value)},"`;
    }
    const { value } = transfer.amount;
    const amount = formatDecimal(value) + (ZEROS[value.scale] ?? '');
    const creditor = quoted(accountOf(transfer.creditorAccount));
    const name = quoted(transfer.creditorName?.value);
    const payment = `${this.#blockStart}${amount}",${quoted(transfer.currency)},${creditor},${name},${quoted(transfer.remittance)}]`;
    // One letter for one byte: the quickest form to be had of it.
    this.#addHash(hash('sha256', payment, 'binary'));
  }

  toString(): string {
    this.#carry();
    const words = Array.from(this.#sum, (word) => word.toString(16).padStart(4, '0'));
    return `${this.#count}-${words.toReversed().join('')}`;
  }

  #addHash(digest: string): void {
    const sum = this.#sum;
    for (let word = 0; word < WORDS; word++) {
      const at = 2 * (WORDS - 1 - word);
      sum[word] = (sum[word] ?? 0) + ((digest.charCodeAt(at) << 8) | digest.charCodeAt(at + 1));
    }
    this.#count += 1;
    if (this.#count % CARRY_EVERY === 0) this.#carry();
  }

  /** What the highest word can not hold goes beyond 2^256 and is dropped. */
  #carry(): void {
    let carried = 0;
    for (let word = 0; word < WORDS; word++) {
      const value = (this.#sum[word] ?? 0) + carried;
      this.#sum[word] = value & 0xffff;
      carried = value >>> 16;
    }
  }
}

/** What brings a number to five decimals, by those it is written with. */
const ZEROS = ['.00000', '0000', '000', '00', '0'];

/** As JSON.stringify writes it in an array; most texts need no more than quotes. */
function quoted(text: string | undefined): string {
  if (text === undefined) return 'null';
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/** An NRB and the IBAN of the same account are one account. */
function accountOf(account: AccountId | undefined): string | undefined {
  return account?.iban ?? account?.value;
}
