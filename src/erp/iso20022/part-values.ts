// Keeps the values of one part of a payment message (header, block or transfer) as bytes until the part is complete; a string
// is made only of what somebody asks for.

import { parseDecimal, type Decimal } from '../../domain/decimal.ts';
import type { Place, Placed } from '../../domain/payment.ts';
import type { RawValue } from '../../iso20022/element-listener.ts';
import { placeUse } from './payment-paths.ts';

/** Numbers kept of each value, in this order. */
const KEY = 0;
const FROM = 1;
const TO = 2;
const LINE = 3;
const COLUMN = 4;
const INDEX = 5;
const ROW_LENGTH = 6;

/** A row for each value in document order. Where a place occurs several times, the first one counts unless all are asked for. */
export class PartValues {
  #bytes = Buffer.allocUnsafe(1 << 12);
  #used = 0;
  #rows = new Int32Array(64 * ROW_LENGTH);
  #count = 0;
  /** By key: the first row of a place, and in which part it was noted, so that a new part need not clear anything. */
  #firstRow = new Int32Array(256);
  #notedIn = new Int32Array(256);
  #part = 1;
  readonly #currencies: (string | undefined)[] = [];
  /** Whole paths of values around which elements repeat, by row. */
  readonly #paths = new Map<number, string>();
  /** Definition path of the part, and the same with indexes. */
  #partPath = '';
  #shownPartPath = '';

  /** Starts again, for the part with this path. */
  begin(path: string, shownPath: string): void {
    this.#used = 0;
    this.#count = 0;
    this.#part++;
    this.#partPath = path;
    this.#shownPartPath = shownPath;
    if (this.#paths.size > 0) this.#paths.clear();
  }

  /** Notes a value; the path is given where elements around it repeat. */
  add(key: number, value: RawValue, path?: string): void {
    const { bytes, to } = value;
    const start = this.#used;
    const end = start + to - value.from;
    if (end > this.#bytes.length) this.#grow(end);
    const own = this.#bytes;
    let at = start;
    for (let i = value.from; i < to; i++) own[at++] = bytes[i] ?? 0;
    this.#used = end;
    const row = this.#note(key, start, end, value.line, value.column, value.index);
    this.#currencies[row] = value.attributes.Ccy;
    if (path !== undefined) this.#paths.set(row, path);
  }

  /** Notes that there is an element of this place. */
  addPresence(key: number, { line, column }: { readonly line: number; readonly column: number }): void {
    this.#note(key, this.#used, this.#used, line, column, 1);
  }

  has(key: number): boolean {
    return this.#row(key) >= 0;
  }

  text(key: number): string | undefined {
    const row = this.#row(key);
    return row < 0 ? undefined : this.#text(row);
  }

  /** The attribute Ccy of a value. */
  currency(key: number): string | undefined {
    const row = this.#row(key);
    return row < 0 ? undefined : this.#currencies[row];
  }

  place(key: number): Place | undefined {
    const row = this.#row(key);
    return row < 0 ? undefined : this.#place(row);
  }

  optional(key: number): Placed<string> | undefined {
    const row = this.#row(key);
    return row < 0 ? undefined : this.#placed(row);
  }

  /** A value, or the empty text with the place given where there is none. */
  required(key: number, place: Place): Placed<string> {
    return this.optional(key) ?? { value: '', place };
  }

  /** A number; undefined where there is none, or a text that is none. */
  decimal(key: number): Placed<Decimal> | undefined {
    const row = this.#row(key);
    if (row < 0) return undefined;
    const value = this.#plainDecimal(row) ?? parseDecimal(this.#text(row));
    return value && { value, place: this.#place(row) };
  }

  /** All values of a place that repeats, in document order. */
  all(key: number): string[] {
    const found: string[] = [];
    const first = this.#row(key);
    if (first < 0) return found;
    for (let row = first; row < this.#count; row++)
      if (this.#at(row, KEY) === key) found.push(this.#text(row));
    return found;
  }

  /** Every text a bank may restrict in characters, in document order. */
  restricted(): Placed<string>[] {
    const found: Placed<string>[] = [];
    for (let row = 0; row < this.#count; row++)
      if (placeUse(this.#at(row, KEY)).isText) found.push(this.#placed(row));
    return found;
  }

  /** All references inside structured remittance information. */
  references(): string[] {
    const found: string[] = [];
    for (const row of this.#paths.keys())
      if (placeUse(this.#at(row, KEY)).isReference) found.push(this.#text(row));
    return found;
  }

  #note(key: number, from: number, to: number, line: number, column: number, index: number): number {
    const row = this.#count++;
    const at = row * ROW_LENGTH;
    if (at === this.#rows.length) this.#rows = enlarged(this.#rows, 2 * at);
    const rows = this.#rows;
    rows[at + KEY] = key;
    rows[at + FROM] = from;
    rows[at + TO] = to;
    rows[at + LINE] = line;
    rows[at + COLUMN] = column;
    rows[at + INDEX] = index;
    if (key >= this.#notedIn.length) {
      this.#firstRow = enlarged(this.#firstRow, 2 * key);
      this.#notedIn = enlarged(this.#notedIn, 2 * key);
    }
    if (this.#notedIn[key] !== this.#part) {
      this.#notedIn[key] = this.#part;
      this.#firstRow[key] = row;
    }
    return row;
  }

  #row(key: number): number {
    return this.#notedIn[key] === this.#part ? (this.#firstRow[key] ?? -1) : -1;
  }

  #at(row: number, what: number): number {
    return this.#rows[row * ROW_LENGTH + what] ?? 0;
  }

  #text(row: number): string {
    return this.#bytes.toString('utf8', this.#at(row, FROM), this.#at(row, TO));
  }

  #placed(row: number): Placed<string> {
    return { value: this.#text(row), place: this.#place(row) };
  }

  #place(row: number): Place {
    const { path, repeats } = placeUse(this.#at(row, KEY));
    const whole = this.#paths.get(row);
    if (whole !== undefined) return new PartPlace(this.#at(row, LINE), this.#at(row, COLUMN), whole, '');
    const below = path.slice(this.#partPath.length) + (repeats ? `[${this.#at(row, INDEX)}]` : '');
    return new PartPlace(this.#at(row, LINE), this.#at(row, COLUMN), this.#shownPartPath, below);
  }

  /** Digits with at most one point, so few that they are exact as a number. */
  #plainDecimal(row: number): Decimal | undefined {
    const from = this.#at(row, FROM);
    const to = this.#at(row, TO);
    let digits = 0;
    let point = to - 1;
    if (to === from || to - from > EXACT_DIGITS_MAX) return undefined;
    for (let i = from; i < to; i++) {
      const digit = (this.#bytes[i] ?? 0) - DIGIT_ZERO;
      if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
      else if (digit === POINT && point === to - 1 && i < to - 1 && i > from) point = i;
      else return undefined;
    }
    return { coefficient: BigInt(digits), scale: to - 1 - point };
  }

  #grow(length: number): void {
    const larger = Buffer.allocUnsafe(2 * length);
    this.#bytes.copy(larger, 0, 0, this.#used);
    this.#bytes = larger;
  }
}

const EXACT_DIGITS_MAX = 15;
const DIGIT_ZERO = 0x30;
/** '.' less '0'. */
const POINT = -2;

/** A place whose path is put together when somebody wants to read it, which is when something is wrong there. */
class PartPlace implements Place {
  readonly line: number;
  readonly column: number;
  readonly #part: string;
  readonly #below: string;

  constructor(line: number, column: number, part: string, below: string) {
    this.line = line;
    this.column = column;
    this.#part = part;
    this.#below = below;
  }

  get path(): string {
    return this.#part + this.#below;
  }
}

function enlarged(from: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(from);
  return larger;
}
