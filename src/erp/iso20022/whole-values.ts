// The values of a transfer that is told as a whole: they are read where they stand, and where each stands is known by how the
// transfer is written.

import type { Place } from '../../domain/payment.ts';
import type { WholeElement, WholePart } from '../../iso20022/element-listener.ts';
import { PlaceInPart } from './part-place.ts';
import { placeUse } from './payment-paths.ts';
import { Values } from './values.ts';

/** What all transfers that are written alike have in common. */
interface Form {
  readonly parts: readonly WholePart[];
  /** By key: the first part of a place and 1; 0 for none. */
  readonly first: Uint16Array;
  /** Of each part, what follows the path of the transfer. */
  readonly below: readonly string[];
}

export class WholeValues extends Values {
  protected bytes = Buffer.alloc(0);
  protected rows = 0;
  #chunk: Uint8Array | undefined;
  #element: WholeElement | undefined;
  #place: Pick<Place, 'path'> = { path: '' };
  #form = formOf([]);
  readonly #forms = new WeakMap<readonly WholePart[], Form>();

  /** From here on they are those of this element, which is at this place. */
  begin(element: WholeElement, place: Place): void {
    const { bytes, parts } = element;
    this.#element = element;
    this.#place = place;
    if (parts !== this.#form.parts) this.#form = this.#formFor(parts);
    this.rows = parts.length;
    if (bytes === this.#chunk) return;
    this.#chunk = bytes;
    this.bytes = Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
  }

  protected rowOf(key: number): number {
    return (this.#form.first[key] ?? 0) - 1;
  }

  protected keyAt(row: number): number {
    return this.#form.parts[row]?.key ?? 0;
  }

  protected fromAt(row: number): number {
    return this.#element?.valueFrom(row) ?? 0;
  }

  protected toAt(row: number): number {
    return this.#element?.valueTo(row) ?? 0;
  }

  protected currencyAt(row: number): string | undefined {
    return this.#form.parts[row]?.attributes.Ccy;
  }

  protected placeAt(row: number): Place {
    const [line, column] = [this.#element?.lineOf(row) ?? 1, this.#element?.columnOf(row) ?? 1];
    return new PlaceInPart(line, column, this.#place, this.#form.below[row] ?? '');
  }

  #formFor(parts: readonly WholePart[]): Form {
    const known = this.#forms.get(parts) ?? formOf(parts);
    this.#forms.set(parts, known);
    return known;
  }
}

function formOf(parts: readonly WholePart[]): Form {
  const first = new Uint16Array(1 + Math.max(0, ...parts.map(({ key }) => key)));
  parts.forEach(({ key }, row) => {
    if (first[key] === 0) first[key] = row + 1;
  });
  const [whole] = parts;
  const length = whole === undefined ? 0 : placeUse(whole.key).path.length;
  return { parts, first, below: parts.map((part) => belowPath(part, length)) };
}

/** Indexes stand where a value repeats; in structured remittance information on all that repeats around it. */
function belowPath({ key, index, path }: WholePart, wholeLength: number): string {
  const { path: place, repeats, isStructured } = placeUse(key);
  if (isStructured) return `/${path}`;
  return place.slice(wholeLength) + (repeats ? `[${index}]` : '');
}
