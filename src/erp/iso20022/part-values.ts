// Keeps the values of one part of a payment message (header, block or transfer) as bytes until the part is complete; a string
// is made only of what somebody asks for.

import type { Place } from '../../domain/payment.ts';
import type { RawValue } from '../../iso20022/element-listener.ts';
import { PlaceInPart } from './part-place.ts';
import { placeUse } from './payment-paths.ts';
import { Values } from './values.ts';

/** Numbers kept of each value, in this order. */
const KEY = 0;
const FROM = 1;
const TO = 2;
const LINE = 3;
const COLUMN = 4;
const INDEX = 5;
const ROW_LENGTH = 6;

export class PartValues extends Values {
  protected bytes = Buffer.allocUnsafe(1 << 12);
  protected rows = 0;
  #used = 0;
  #numbers = new Int32Array(64 * ROW_LENGTH);
  /** By key: the first row of a place, and in which part it was noted, so that a new part need not clear anything. */
  #firstRow = new Int32Array(256);
  #notedIn = new Int32Array(256);
  #part = 1;
  readonly #currencies: (string | undefined)[] = [];
  /** Whole paths of values around which elements repeat, by row. */
  readonly #paths = new Map<number, string>();
  /** Definition path of the part, and where it is. */
  #partPath = '';
  #partPlace: Pick<Place, 'path'> = { path: '' };

  /** Starts again, for the part with this path. */
  begin(path: string, place: Place): void {
    this.#used = 0;
    this.rows = 0;
    this.#part++;
    this.#partPath = path;
    this.#partPlace = place;
    if (this.#paths.size > 0) this.#paths.clear();
  }

  /** Notes a value; the path is given where elements around it repeat. */
  add(key: number, value: RawValue, path?: string): void {
    const { bytes, to } = value;
    const start = this.#used;
    const end = start + to - value.from;
    if (end > this.bytes.length) this.#grow(end);
    const own = this.bytes;
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

  protected rowOf(key: number): number {
    return this.#notedIn[key] === this.#part ? (this.#firstRow[key] ?? -1) : -1;
  }

  protected keyAt(row: number): number {
    return this.#at(row, KEY);
  }

  protected fromAt(row: number): number {
    return this.#at(row, FROM);
  }

  protected toAt(row: number): number {
    return this.#at(row, TO);
  }

  protected currencyAt(row: number): string | undefined {
    return this.#currencies[row];
  }

  protected placeAt(row: number): Place {
    const { path, repeats } = placeUse(this.#at(row, KEY));
    const [line, column] = [this.#at(row, LINE), this.#at(row, COLUMN)];
    const whole = this.#paths.get(row);
    if (whole !== undefined) return { line, column, path: whole };
    const below = path.slice(this.#partPath.length) + (repeats ? `[${this.#at(row, INDEX)}]` : '');
    return new PlaceInPart(line, column, this.#partPlace, below);
  }

  #note(key: number, from: number, to: number, line: number, column: number, index: number): number {
    const row = this.rows++;
    const at = row * ROW_LENGTH;
    if (at === this.#numbers.length) this.#numbers = enlarged(this.#numbers, 2 * at);
    const numbers = this.#numbers;
    numbers[at + KEY] = key;
    numbers[at + FROM] = from;
    numbers[at + TO] = to;
    numbers[at + LINE] = line;
    numbers[at + COLUMN] = column;
    numbers[at + INDEX] = index;
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

  #at(row: number, what: number): number {
    return this.#numbers[row * ROW_LENGTH + what] ?? 0;
  }

  #grow(length: number): void {
    const larger = Buffer.allocUnsafe(2 * length);
    this.bytes.copy(larger, 0, 0, this.#used);
    this.bytes = larger;
  }
}

function enlarged(from: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(from);
  return larger;
}
