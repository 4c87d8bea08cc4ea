// Picks the amount out of a CdtTrfTxInf while it goes by, so that what is cut can be counted against the plan.

import type { Decimal } from '../../domain/decimal.ts';
import { parseDecimal } from '../../domain/decimal.ts';
import type { XmlStart } from '../../xml/xml-reader.ts';

/** The elements that it must hear of. */
export const AMOUNT_NAMES: ReadonlySet<string> = new Set(['Amt', 'InstdAmt', 'EqvtAmt']);

/** Hears all that a document holds, but only listens between `expect` and `take`, which enclose one transfer at depth 4. */
export class AmountText {
  #expecting = false;
  #equivalent = false;
  #reading = false;
  #text = '';

  /** A transfer starts whose amount counts. */
  expect(): void {
    this.#expecting = true;
  }

  /** The transfer has ended: its amount, or undefined where none was expected or found. */
  take(): Decimal | undefined {
    const amount = this.#expecting ? parseDecimal(this.#text.trim()) : undefined;
    this.#expecting = false;
    this.#text = '';
    return amount;
  }

  start({ name, depth }: XmlStart): void {
    if (!this.#expecting) return;
    if (depth === 6) this.#equivalent = name.local === 'EqvtAmt';
    this.#reading =
      (depth === 6 && name.local === 'InstdAmt') || (depth === 7 && this.#equivalent && name.local === 'Amt');
  }

  text(bytes: Uint8Array, from: number, to: number): void {
    if (this.#reading) this.#text += Buffer.from(bytes.subarray(from, to)).toString('latin1');
  }

  end(): void {
    this.#reading = false;
  }
}
