// The values of one part of a payment message (header, block or transfer), asked for by the key of their place.

import { parseDecimal, type Decimal } from '../../domain/decimal.ts';
import type { Place, Placed } from '../../domain/payment.ts';
import { placeUse } from './payment-paths.ts';
import { plainDecimal } from './plain-decimal.ts';

/** A row for each value in document order. Where a place occurs several times, the first one counts unless all are asked for. */
export abstract class Values {
  protected abstract readonly rows: number;
  /** The first row of a place; negative where there is none. */
  protected abstract rowOf(key: number): number;
  protected abstract keyAt(row: number): number;
  /** UTF-8, from `fromAt` up to, not with, `toAt`. */
  protected abstract readonly bytes: Buffer;
  protected abstract fromAt(row: number): number;
  protected abstract toAt(row: number): number;
  protected abstract placeAt(row: number): Place;
  /** The attribute Ccy. */
  protected abstract currencyAt(row: number): string | undefined;

  has(key: number): boolean {
    return this.rowOf(key) >= 0;
  }

  text(key: number): string | undefined {
    const row = this.rowOf(key);
    return row < 0 ? undefined : this.#text(row);
  }

  currency(key: number): string | undefined {
    const row = this.rowOf(key);
    return row < 0 ? undefined : this.currencyAt(row);
  }

  place(key: number): Place | undefined {
    const row = this.rowOf(key);
    return row < 0 ? undefined : this.placeAt(row);
  }

  optional(key: number): Placed<string> | undefined {
    const row = this.rowOf(key);
    return row < 0 ? undefined : this.#placed(row);
  }

  /** A value, or the empty text with the place given where there is none. */
  required(key: number, place: Place): Placed<string> {
    return this.optional(key) ?? { value: '', place };
  }

  /** A number; undefined where there is none, or a text that is none. */
  decimal(key: number): Placed<Decimal> | undefined {
    const row = this.rowOf(key);
    if (row < 0) return undefined;
    const plain = plainDecimal(this.bytes, this.fromAt(row), this.toAt(row));
    const value = plain ?? parseDecimal(this.#text(row));
    return value && { value, place: this.placeAt(row) };
  }

  /** All values of a place that repeats, in document order. */
  all(key: number): string[] {
    const found: string[] = [];
    const first = this.rowOf(key);
    if (first < 0) return found;
    for (let row = first; row < this.rows; row++) if (this.keyAt(row) === key) found.push(this.#text(row));
    return found;
  }

  /** Every text a bank may restrict in characters, in document order. */
  restricted(): Placed<string>[] {
    const found: Placed<string>[] = [];
    for (let row = 0; row < this.rows; row++)
      if (placeUse(this.keyAt(row)).isText) found.push(this.#placed(row));
    return found;
  }

  /** All references inside structured remittance information. */
  references(): string[] {
    const found: string[] = [];
    for (let row = 0; row < this.rows; row++)
      if (placeUse(this.keyAt(row)).isReference) found.push(this.#text(row));
    return found;
  }

  #text(row: number): string {
    return this.bytes.toString('utf8', this.fromAt(row), this.toAt(row));
  }

  #placed(row: number): Placed<string> {
    return { value: this.#text(row), place: this.placeAt(row) };
  }
}
