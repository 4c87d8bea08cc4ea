// Recognises an element that is written just like an earlier one but for its values: payment files repeat one form of record.

import { LF, LT, PLAIN_TEXT_BYTE } from '../xml/characters.ts';
import { wideLength } from '../xml/utf8.ts';
import type { XmlCursor } from '../xml/xml-events.ts';
import { UNCERTAIN } from './certain-element.ts';
import type { CertainlyValid } from './certain-value.ts';
import type { ElementLog, LogEntry } from './element-log.ts';
import type { BytesAtHand } from './known-shapes.ts';

const WORD_BYTES = 4;

/** The markup before a value, or behind the last one: the same bytes in every element of the shape. */
interface Stretch {
  readonly length: number;
  /** Its bytes, four to a number, the last of which may begin within the one before. */
  readonly words: Int32Array;
  /** Where its last line begins; -1 where it is all in one line. */
  readonly lastLine: number;
  /** Of the value behind it. */
  readonly isCertain: CertainlyValid | undefined;
}

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
export class ElementShape {
  readonly #log: ElementLog;
  readonly #stretches: readonly Stretch[];
  readonly #told: readonly ToldEntry[];
  readonly #lineEnds: number;
  /** Of the element that was read last, for each stretch: where it begins, in which column, and what follows it. */
  readonly #starts: Int32Array;
  readonly #columns: Int32Array;
  readonly #extraBytes: Int32Array;

  /** The log is that of the element, which lies from `at` to `end`, and from now on the shape's own. */
  constructor(log: ElementLog, bytes: Uint8Array, at: number, end: number) {
    const entries = log.entries();
    const values = entries.filter(({ isValue }) => isValue);
    const starts = [at, ...values.map(({ to }) => to)];
    const stretches = starts.map((start, n) => bytes.slice(start, values[n]?.textFrom ?? end));
    this.#log = log;
    this.#stretches = stretches.map((stretch, n) => stretchOf(stretch, values[n]?.place.isCertain));
    this.#lineEnds = stretches.reduce(
      (sum, stretch) => sum + stretch.filter((byte) => byte === LF).length,
      0,
    );
    const [first] = entries;
    this.#told = entries.flatMap((entry) => {
      if ((entry.place.key ?? -1) < 0) return [];
      const stretch = starts.findLastIndex((start) => start <= entry.from);
      return [toldEntry(entry, stretch, entry.from - (starts[stretch] ?? 0), stretches, first?.line ?? 1)];
    });
    this.#starts = new Int32Array(starts.length);
    this.#columns = new Int32Array(starts.length);
    this.#extraBytes = new Int32Array(starts.length);
  }

  /**
   * Reads from a '<'. The index after the element, with the cursor moved there and the
   * positions in the log; or UNCERTAIN with the cursor as it was, where it has another shape or goes beyond `end`.
   */
  read({ bytes, view, lastTag }: BytesAtHand, at: number, end: number, cursor: XmlCursor): number {
    const { base } = cursor;
    const stretches = this.#stretches;
    const lastStretch = stretches.length - 1;
    let { lineBase } = cursor;
    let i = at;
    for (let n = 0; n <= lastStretch; n++) {
      const stretch = stretches[n];
      if (stretch === undefined || i + stretch.length > end || !isHere(stretch, view, i)) return UNCERTAIN;
      this.#starts[n] = i;
      this.#columns[n] = base + i - lineBase + 1;
      if (stretch.lastLine >= 0) lineBase = base + i + stretch.lastLine;
      i += stretch.length;
      if (n === lastStretch) break;
      if (i >= lastTag) return UNCERTAIN;
      const from = i;
      let extraBytes = 0;
      for (;;) {
        while (PLAIN_TEXT_BYTE[bytes[i] ?? 0] === 1) i++;
        if (bytes[i] === LT) break;
        const width = wideLength(bytes, i, end);
        if (width <= 0) return UNCERTAIN;
        extraBytes += width - 1;
        i += width;
      }
      if (i === from || stretch.isCertain?.(bytes, from, i) !== true) return UNCERTAIN;
      this.#extraBytes[n] = extraBytes;
      lineBase += extraBytes;
    }
    this.#note(cursor.line);
    cursor.line += this.#lineEnds;
    cursor.lineBase = lineBase;
    return i;
  }

  /** The log of the element that was read last, the first of its name or a later one. */
  log(index: number): ElementLog {
    this.#log.renumber(index);
    return this.#log;
  }

  #note(line: number): void {
    const starts = this.#starts;
    for (const { number, isValue, stretch, distance, lengthBytes, lines, column } of this.#told) {
      const from = (starts[stretch] ?? 0) + distance;
      const shownColumn = column > 0 ? column : (this.#columns[stretch] ?? 0) + distance;
      const textFrom = from + lengthBytes;
      const to = isValue ? (starts[stretch + 1] ?? 0) : textFrom;
      this.#log.move(number, line + lines, shownColumn, from, textFrom, to, this.#extraBytes[stretch] ?? 0);
    }
  }
}

function stretchOf(bytes: Uint8Array, isCertain: CertainlyValid | undefined): Stretch {
  const { length } = bytes;
  const words = new Int32Array(Math.ceil(length / WORD_BYTES));
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  for (let k = 0; k < words.length; k++)
    words[k] = view.getInt32(Math.min(k * WORD_BYTES, length - WORD_BYTES), true);
  const lineEnd = bytes.lastIndexOf(LF);
  return { length, words, lastLine: lineEnd < 0 ? -1 : lineEnd + 1, isCertain };
}

function isHere({ words, length }: Stretch, view: DataView, at: number): boolean {
  const last = words.length - 1;
  for (let k = 0; k < last; k++) if (words[k] !== view.getInt32(at + k * WORD_BYTES, true)) return false;
  return words[last] === view.getInt32(at + length - WORD_BYTES, true);
}

function toldEntry(
  { number, isValue, line, column, from, textFrom, to }: LogEntry,
  stretch: number,
  distance: number,
  stretches: readonly Uint8Array[],
  firstLine: number,
): ToldEntry {
  const startsLine = stretches[stretch]?.subarray(0, distance).includes(LF) === true;
  const lengthBytes = (isValue ? textFrom : to) - from;
  return {
    number,
    isValue,
    stretch,
    distance,
    lengthBytes,
    lines: line - firstLine,
    column: startsLine ? column : 0,
  };
}
