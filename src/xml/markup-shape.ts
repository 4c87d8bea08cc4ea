/** Recognises an element that is written just like an earlier one but for its values: files repeat one form of record. */
import type { BytesAtHand } from './bytes-at-hand.ts';
import { LF, LT, PLAIN_TEXT_BYTE } from './characters.ts';
import { wideLength } from './utf8.ts';
import type { XmlCursor } from './xml-events.ts';

const WORD_BYTES = 4;

/** Bytes from `from` up to, not with, `to`. */
export interface ValueRange {
  readonly from: number;
  readonly to: number;
}

/** The markup before a value, or behind the last one: the same bytes in every element of the shape. */
interface Stretch {
  readonly length: number;
  /** Its bytes, four to a number, the last of which may begin within the one before. */
  readonly words: Int32Array;
  /** Where its last line begins; -1 where it is all in one line. */
  readonly lastLine: number;
}

/**
 * What has the same markup to the byte has the same structure, names and attributes. A value is text that is not empty and
 * consists of characters that stand for themselves.
 */
export class MarkupShape {
  readonly #stretches: readonly Stretch[];
  readonly #lineEnds: number;
  /** Of the element that was read last, for each stretch and thus for the value behind it: where it begins, and in which column. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  /** Where the values begin, and how many bytes they have beyond one for each character; a value ends where the next stretch starts. */
  readonly values: Int32Array;
  readonly extraBytes: Int32Array;

  /** Of the element from `at` to `end`, with the places of its values in document order. No markup between them is shorter than four bytes. */
  constructor(bytes: Uint8Array, at: number, end: number, values: readonly ValueRange[]) {
    const starts = [at, ...values.map(({ to }) => to)];
    const stretches = starts.map((start, n) => bytes.slice(start, values[n]?.from ?? end));
    this.#stretches = stretches.map(stretchOf);
    this.#lineEnds = stretches.reduce(
      (sum, stretch) => sum + stretch.filter((byte) => byte === LF).length,
      0,
    );
    this.starts = new Int32Array(starts.length);
    this.columns = new Int32Array(starts.length);
    this.values = new Int32Array(starts.length);
    this.extraBytes = new Int32Array(starts.length);
  }

  /**
   * Reads from a '<'. The index after the element, with the cursor moved there; or -1 with the cursor as it was, where it
   * has another shape or goes beyond `end`.
   */
  read({ bytes, view, lastTag }: BytesAtHand, at: number, end: number, cursor: XmlCursor): number {
    const { base } = cursor;
    const { starts, columns, values, extraBytes } = this;
    const stretches = this.#stretches;
    const lastStretch = stretches.length - 1;
    let { lineBase } = cursor;
    let i = at;
    for (let n = 0; n <= lastStretch; n++) {
      const stretch = stretches[n];
      if (stretch === undefined || i + stretch.length > end || !isHere(stretch, view, i)) return -1;
      starts[n] = i;
      columns[n] = base + i - lineBase + 1;
      if (stretch.lastLine >= 0) lineBase = base + i + stretch.lastLine;
      i += stretch.length;
      if (n === lastStretch) break;
      if (i >= lastTag) return -1;
      const from = i;
      let extra = 0;
      for (;;) {
        while (PLAIN_TEXT_BYTE[bytes[i] ?? 0] === 1) i++;
        if (bytes[i] === LT) break;
        const width = wideLength(bytes, i, end);
        if (width <= 0) return -1;
        extra += width - 1;
        i += width;
      }
      if (i === from) return -1;
      values[n] = from;
      extraBytes[n] = extra;
      lineBase += extra;
    }
    cursor.line += this.#lineEnds;
    cursor.lineBase = lineBase;
    return i;
  }
}

function stretchOf(bytes: Uint8Array): Stretch {
  const { length } = bytes;
  const words = new Int32Array(Math.ceil(length / WORD_BYTES));
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  for (let k = 0; k < words.length; k++)
    words[k] = view.getInt32(Math.min(k * WORD_BYTES, length - WORD_BYTES), true);
  const lineEnd = bytes.lastIndexOf(LF);
  return { length, words, lastLine: lineEnd < 0 ? -1 : lineEnd + 1 };
}

function isHere({ words, length }: Stretch, view: DataView, at: number): boolean {
  const last = words.length - 1;
  for (let k = 0; k < last; k++) if (words[k] !== view.getInt32(at + k * WORD_BYTES, true)) return false;
  return words[last] === view.getInt32(at + length - WORD_BYTES, true);
}
