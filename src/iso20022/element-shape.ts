// Recognises an element that is written just like an earlier one but for its values, and whose values are in order.

import { LF } from '../xml/characters.ts';
import type { BytesAtHand } from '../xml/bytes-at-hand.ts';
import { MarkupShape } from '../xml/markup-shape.ts';
import type { XmlCursor } from '../xml/xml-events.ts';
import { UNCERTAIN } from './certain-element.ts';
import type { CertainlyValid } from './certain-value.ts';
import type { ElementLog, LogEntry } from './element-log.ts';
import type { WholeElement, WholePart } from './element-listener.ts';

/** An entry of the log that is told, and where its tag stands. */
interface ToldEntry {
  readonly number: number;
  readonly isValue: boolean;
  readonly stretch: number;
  /** From the start of the stretch. */
  readonly distance: number;
  readonly lengthBytes: number;
  /** From the line in which the element starts. */
  readonly lines: number;
  /** Where the line starts in the same stretch; else it depends on values, and is 0. */
  readonly column: number;
}

/**
 * Made of an element that was found to be in order. What has the same markup to the byte has the same structure, names and
 * attributes, so it is in order where its values are.
 */
export class ElementShape implements WholeElement {
  readonly parts: readonly WholePart[];
  bytes: Uint8Array = NO_BYTES;
  line = 1;
  offset = 0;
  endOffset = 0;
  index = 1;
  readonly #log: ElementLog;
  readonly #markup: MarkupShape;
  /** By value. */
  readonly #certain: readonly (CertainlyValid | undefined)[];
  readonly #told: readonly ToldEntry[];
  /** Those of the parts. */
  readonly #ofPart: readonly ToldEntry[];

  /** The log is that of the element, which lies from `at` to `end`, and from now on the shape's own. */
  constructor(log: ElementLog, bytes: Uint8Array, at: number, end: number) {
    const entries = log.entries();
    const values = entries.filter(({ isValue }) => isValue);
    const starts = [at, ...values.map(({ to }) => to)];
    const [first] = entries;
    const told = entries
      .filter(({ place }) => (place.key ?? -1) >= 0)
      .map((entry) => {
        const stretch = starts.findLastIndex((start) => start <= entry.from);
        const start = starts[stretch] ?? 0;
        const startsLine = bytes.subarray(start, entry.from).includes(LF);
        return { entry, told: toldEntry(entry, stretch, start, startsLine, first?.line ?? 1) };
      });
    const parts = told.filter(({ entry }) => !entry.isEnd);
    this.#log = log;
    this.#markup = new MarkupShape(
      bytes,
      at,
      end,
      values.map(({ textFrom: from, to }) => ({ from, to })),
    );
    this.#certain = values.map(({ place }) => place.isCertain);
    this.#told = told.map((one) => one.told);
    this.#ofPart = parts.map((one) => one.told);
    this.parts = parts.map(({ entry }) => log.partOf(entry));
  }

  /**
   * Reads from a '<'. The index after the element, which is the one with this number among those of its name, with the cursor
   * moved there; or UNCERTAIN with the cursor as it was, where it has another shape or goes beyond `end`.
   */
  read(index: number, source: BytesAtHand, at: number, end: number, cursor: XmlCursor): number {
    const { base, line, lineBase } = cursor;
    const next = this.#markup.read(source, at, end, cursor);
    if (next < 0) return UNCERTAIN;
    if (!this.#areCertain(source.bytes)) {
      cursor.line = line;
      cursor.lineBase = lineBase;
      return UNCERTAIN;
    }
    this.bytes = source.bytes;
    this.line = line;
    this.offset = base + at;
    this.endOffset = base + next;
    this.index = index;
    return next;
  }

  get column(): number {
    return this.#markup.columns[0] ?? 1;
  }

  valueFrom(part: number): number {
    return this.#markup.values[this.#ofPart[part]?.stretch ?? 0] ?? 0;
  }

  valueTo(part: number): number {
    return this.#markup.starts[(this.#ofPart[part]?.stretch ?? 0) + 1] ?? 0;
  }

  lineOf(part: number): number {
    return this.line + (this.#ofPart[part]?.lines ?? 0);
  }

  columnOf(part: number): number {
    const entry = this.#ofPart[part];
    if (entry === undefined) return 1;
    return this.#columnOf(entry) + (entry.isValue ? entry.lengthBytes : 0);
  }

  /** The log of the element that was read last. */
  get log(): ElementLog {
    const { starts, extraBytes } = this.#markup;
    for (const entry of this.#told) {
      const from = (starts[entry.stretch] ?? 0) + entry.distance;
      const textFrom = from + entry.lengthBytes;
      const to = entry.isValue ? (starts[entry.stretch + 1] ?? 0) : textFrom;
      const extra = extraBytes[entry.stretch] ?? 0;
      this.#log.move(entry.number, this.line + entry.lines, this.#columnOf(entry), from, textFrom, to, extra);
    }
    this.#log.renumber(this.index);
    return this.#log;
  }

  #areCertain(bytes: Uint8Array): boolean {
    const certain = this.#certain;
    const { values, starts } = this.#markup;
    for (let n = 0; n < certain.length; n++)
      if (certain[n]?.(bytes, values[n] ?? 0, starts[n + 1] ?? 0) !== true) return false;
    return true;
  }

  #columnOf({ column, stretch, distance }: ToldEntry): number {
    return column > 0 ? column : (this.#markup.columns[stretch] ?? 0) + distance;
  }
}

function toldEntry(
  { number, isValue, line, column, from, textFrom, to }: LogEntry,
  stretch: number,
  start: number,
  startsLine: boolean,
  firstLine: number,
): ToldEntry {
  return {
    number,
    isValue,
    stretch,
    distance: from - start,
    lengthBytes: (isValue ? textFrom : to) - from,
    lines: line - firstLine,
    column: startsLine ? column : 0,
  };
}

const NO_BYTES = new Uint8Array(0);
