// What was found in an element that is read whole, kept until it is known to be in order, and then told.

import { utf8String } from '../xml/utf8.ts';
import type { ElementEnd, ElementListener, RawValue, WholePart } from './element-listener.ts';
import { pathStep, type Place } from './place.ts';

/** Numbers kept of each entry, in this order; offsets are into the bytes that were read. */
const KIND = 0;
/** The entry of the element around it, -1 for none. */
const PARENT = 1;
/** Which one its element is among those of its name, from 1. */
const INDEX = 2;
const LINE = 3;
const COLUMN = 4;
/** The tag the entry is about. */
const FROM = 5;
/** What is of interest ends here: an end tag, or the text of a value. */
const TO = 6;
/** Where the text of a value begins. */
const TEXT_FROM = 7;
/** Bytes of that text beyond one for each character. */
const EXTRA_BYTES = 8;
const ENTRY_LENGTH = 9;

const ENTER = 0;
const VALUE = 1;
const LEAVE = 2;

/** As `entries` gives it; `textFrom` is that of a value. */
export interface LogEntry {
  readonly number: number;
  readonly place: Place;
  readonly isValue: boolean;
  readonly isEnd: boolean;
  readonly line: number;
  readonly column: number;
  readonly from: number;
  readonly textFrom: number;
  readonly to: number;
}

type Attributes = RawValue['attributes'];

/** Entries in document order; used again for each element. */
export class ElementLog {
  #rows = new Int32Array(64 * ENTRY_LENGTH);
  #count = 0;
  readonly #places: Place[] = [];
  readonly #attributes: Attributes[] = [];
  readonly #value = new ToldValue();
  readonly #end = new ToldEnd();
  /** The entry of the element that is told of, or whose inside is; -1 while nothing is told. */
  #told = -1;

  clear(): void {
    this.#count = 0;
  }

  /** Notes that an element starts; the number of the entry, which is the `parent` of what is in it. */
  enter(place: Place, parent: number, index: number, line: number, column: number, from: number): number {
    return this.#note(place, ENTER, parent, index, line, column, from, from);
  }

  /** Notes a whole element with its text; line and column are those of its start tag. */
  value(
    place: Place,
    parent: number,
    index: number,
    line: number,
    column: number,
    from: number,
    textFrom: number,
    textTo: number,
    extraBytes: number,
    attributes: Attributes,
  ): void {
    const entry = this.#note(place, VALUE, parent, index, line, column, from, textTo);
    this.#rows[entry * ENTRY_LENGTH + TEXT_FROM] = textFrom;
    this.#rows[entry * ENTRY_LENGTH + EXTRA_BYTES] = extraBytes;
    this.#attributes[entry] = attributes;
  }

  /** Notes that the element of this entry has ended. */
  leave(place: Place, entered: number, line: number, column: number, from: number, to: number): void {
    const parent = this.#rows[entered * ENTRY_LENGTH + PARENT] ?? -1;
    this.#note(place, LEAVE, parent, 1, line, column, from, to);
  }

  entries(): LogEntry[] {
    return this.#places.slice(0, this.#count).map((place, number) => ({
      number,
      place,
      isValue: this.#at(number, KIND) === VALUE,
      isEnd: this.#at(number, KIND) === LEAVE,
      line: this.#at(number, LINE),
      column: this.#at(number, COLUMN),
      from: this.#at(number, FROM),
      textFrom: this.#at(number, TEXT_FROM),
      to: this.#at(number, TO),
    }));
  }

  /** What such an entry is about, within the element that the first one is about. */
  partOf({ number, place, isValue }: LogEntry): WholePart {
    const steps = this.#around(number).slice(1);
    return {
      key: place.key ?? 0,
      isValue,
      index: this.#at(number, INDEX),
      attributes: (isValue ? this.#attributes[number] : undefined) ?? NO_ATTRIBUTES,
      path: steps.map((step) => pathStep(step.place, step.index)).join('/'),
    };
  }

  /** The element is now the one with this number among those of its name. */
  renumber(index: number): void {
    this.#rows[INDEX] = index;
  }

  /** The same entry stands elsewhere now. */
  move(
    entry: number,
    line: number,
    column: number,
    from: number,
    textFrom: number,
    to: number,
    extraBytes: number,
  ): void {
    const at = entry * ENTRY_LENGTH;
    const rows = this.#rows;
    rows[at + LINE] = line;
    rows[at + COLUMN] = column;
    rows[at + FROM] = from;
    rows[at + TEXT_FROM] = textFrom;
    rows[at + TO] = to;
    rows[at + EXTRA_BYTES] = extraBytes;
  }

  /** Tells a listener of everything; `base` is the offset of the bytes in the document. */
  tell(listener: ElementListener, bytes: Uint8Array, base: number): void {
    for (let entry = 0; entry < this.#count; entry++) {
      const place = this.#places[entry];
      const key = place?.key ?? -1;
      if (place === undefined || key < 0) continue;
      this.#told = entry;
      switch (this.#at(entry, KIND)) {
        case ENTER:
          listener.enter?.(place.path, this.#position(entry, base), key);
          break;
        case VALUE:
          this.#tellValue(listener, place, entry, bytes, base);
          break;
        case LEAVE:
          this.#told = this.#at(entry, PARENT);
          listener.leave?.(place.path, this.#position(entry, base), key);
          break;
      }
    }
    this.#told = -1;
  }

  /** Which one the element that is being told of is among those of its name; undefined while nothing is told. */
  index(): number | undefined {
    return this.#told < 0 ? undefined : this.#at(this.#told, INDEX);
  }

  /** The elements that enclose what is being told, outermost first, the one told of included; none while nothing is told. */
  path(): { readonly place: Place; readonly index: number }[] {
    return this.#around(this.#told);
  }

  #around(number: number): { readonly place: Place; readonly index: number }[] {
    const steps: { place: Place; index: number }[] = [];
    for (let entry = number; entry >= 0; entry = this.#at(entry, PARENT)) {
      const place = this.#places[entry];
      if (place !== undefined) steps.unshift({ place, index: this.#at(entry, INDEX) });
    }
    return steps;
  }

  #tellValue(listener: ElementListener, place: Place, entry: number, bytes: Uint8Array, base: number): void {
    const key = place.key ?? 0;
    const from = this.#at(entry, TEXT_FROM);
    const to = this.#at(entry, TO);
    const line = this.#at(entry, LINE);
    const column = this.#at(entry, COLUMN) + from - this.#at(entry, FROM);
    const attributes = this.#attributes[entry] ?? NO_ATTRIBUTES;
    if (listener.rawValue !== undefined) {
      const value = this.#value;
      value.bytes = bytes;
      value.from = from;
      value.to = to;
      value.line = line;
      value.column = column;
      value.index = this.#at(entry, INDEX);
      value.attributes = attributes;
      listener.rawValue(value, key);
      return;
    }
    const position = this.#position(entry, base);
    listener.enter?.(place.path, position, key);
    const at = { line, column, offset: base + from };
    listener.value?.(place.path, utf8String(bytes, from, to), attributes, at, true);
    this.#told = this.#at(entry, PARENT);
    position.column = column + to - from - this.#at(entry, EXTRA_BYTES);
    position.offset = base + to;
    position.endOffset = position.offset + place.written.length + END_TAG_SIGNS;
    listener.leave?.(place.path, position, key);
  }

  #position(entry: number, base: number): ToldEnd {
    const end = this.#end;
    end.line = this.#at(entry, LINE);
    end.column = this.#at(entry, COLUMN);
    end.offset = base + this.#at(entry, FROM);
    end.endOffset = base + this.#at(entry, TO);
    return end;
  }

  #note(
    place: Place,
    kind: number,
    parent: number,
    index: number,
    line: number,
    column: number,
    from: number,
    to: number,
  ): number {
    const entry = this.#count++;
    const at = entry * ENTRY_LENGTH;
    if (at === this.#rows.length) {
      const larger = new Int32Array(2 * at);
      larger.set(this.#rows);
      this.#rows = larger;
    }
    const rows = this.#rows;
    rows[at + KIND] = kind;
    rows[at + PARENT] = parent;
    rows[at + INDEX] = index;
    rows[at + LINE] = line;
    rows[at + COLUMN] = column;
    rows[at + FROM] = from;
    rows[at + TO] = to;
    this.#places[entry] = place;
    return entry;
  }

  #at(entry: number, what: number): number {
    return this.#rows[entry * ENTRY_LENGTH + what] ?? 0;
  }
}

/** `</` and `>`. */
const END_TAG_SIGNS = 3;

const NO_BYTES = new Uint8Array(0);
const NO_ATTRIBUTES: Attributes = Object.freeze({});

class ToldValue implements RawValue {
  bytes: Uint8Array = NO_BYTES;
  from = 0;
  to = 0;
  attributes = NO_ATTRIBUTES;
  line = 1;
  column = 1;
  index = 1;
}

class ToldEnd implements ElementEnd {
  line = 1;
  column = 1;
  offset = 0;
  endOffset = 0;
}
