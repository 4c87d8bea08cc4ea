// Recognises by its bytes a whole element that is certainly in order, many times faster than it is read tag by tag.

import type { BytesAtHand } from '../xml/bytes-at-hand.ts';
import { GT, LF, LT, PLAIN_TEXT_BYTE, SLASH, SPACE, TAB } from '../xml/characters.ts';
import { wideLength } from '../xml/utf8.ts';
import type { XmlCursor } from '../xml/xml-events.ts';
import { ElementLog } from './element-log.ts';
import type { KnownAttribute, Place } from './place.ts';

/** Returned in place of an index: this is not certainly in order. */
export const UNCERTAIN = -1;

/**
 * Goes by the definition alone: only tags as they were met before at their places, in an order that is allowed, with
 * values that are certainly valid and nothing but line ends, blanks and tabs between. References, comments, CDATA,
 * instructions, declarations, empty elements, faults of any kind: all of that is for those who know it all.
 */
export class CertainElement {
  #log = new ElementLog();
  #bytes: Uint8Array = new Uint8Array(0);
  #end = 0;
  #base = 0;
  #line = 1;
  #lineBase = 0;
  #prefix = '';
  /** The one that was met last, of the tag that was read last. */
  #attribute: KnownAttribute | undefined;

  /**
   * Reads from a '<'. The index after the end tag, with the cursor moved there; or UNCERTAIN, with
   * the cursor as it was. What lies behind `end` may be looked at, but nothing that goes beyond it is taken.
   */
  read(
    place: Place,
    index: number,
    { bytes, lastTag }: BytesAtHand,
    at: number,
    end: number,
    cursor: XmlCursor,
  ): number {
    const { xmlName } = place;
    this.#bytes = bytes;
    this.#end = Math.min(end, lastTag);
    if (xmlName === undefined || at >= this.#end || !isNamed(place, bytes, at + 1)) return UNCERTAIN;
    this.#base = cursor.base;
    this.#line = cursor.line;
    this.#lineBase = cursor.lineBase;
    this.#prefix = xmlName.prefix;
    this.#log.clear();
    const next = this.#element(place, index, -1, at);
    if (next === UNCERTAIN || next > end) return UNCERTAIN;
    cursor.line = this.#line;
    cursor.lineBase = this.#lineBase;
    return next;
  }

  /** What was found in the element that was read last; the caller's to keep. */
  takeLog(): ElementLog {
    const log = this.#log;
    this.#log = new ElementLog();
    return log;
  }

  /** Reads an element whose name is known to stand here. All indexes it goes to are at most that of the last '<'. */
  #element(place: Place, index: number, parent: number, at: number): number {
    const bytes = this.#bytes;
    const { written, isCertain, key } = place;
    if (key === undefined || place.xmlName?.prefix !== this.#prefix) return UNCERTAIN;
    const { length } = written;
    const opened = this.#startTagEnd(place, at + 1 + length);
    if (opened === UNCERTAIN) return UNCERTAIN;
    let i: number;
    if (isCertain !== undefined) i = this.#value(place, index, parent, at, opened);
    else {
      const entry = this.#log.enter(place, parent, index, this.#line, this.#column(at), at);
      i = this.#children(place, entry, opened);
      if (key >= 0 && i !== UNCERTAIN)
        this.#log.leave(place, entry, this.#line, this.#column(i), i, i + length + TAG_SIGNS);
    }
    const isEnd = i !== UNCERTAIN && i < this.#end && bytes[i + 1] === SLASH && isAt(written, bytes, i + 2);
    return isEnd && bytes[i + 2 + length] === GT ? i + length + TAG_SIGNS : UNCERTAIN;
  }

  /** From the end of the name; the index after '>'. */
  #startTagEnd(place: Place, at: number): number {
    if (this.#bytes[at] === GT) return place.attributes.length === 0 ? at + 1 : UNCERTAIN;
    for (const known of place.knownAttributes) {
      if (!isAt(known.written, this.#bytes, at)) continue;
      this.#attribute = known;
      return at + known.written.length;
    }
    return UNCERTAIN;
  }

  /** The index of the end tag. */
  #value(place: Place, index: number, parent: number, at: number, from: number): number {
    const bytes = this.#bytes;
    let extraBytes = 0;
    let i = from;
    for (;;) {
      while (PLAIN_TEXT_BYTE[bytes[i] ?? 0] === 1) i++;
      const byte = bytes[i] ?? 0;
      if (byte < 0x80) break;
      const length = wideLength(bytes, i, this.#end);
      if (length <= 0) return UNCERTAIN;
      extraBytes += length - 1;
      i += length;
    }
    if (i === from || bytes[i] !== LT || place.isCertain?.(bytes, from, i) !== true) return UNCERTAIN;
    const attributes =
      place.attributes.length === 0 ? NO_ATTRIBUTES : (this.#attribute?.found ?? NO_ATTRIBUTES);
    const column = this.#column(at);
    this.#log.value(place, parent, index, this.#line, column, at, from, i, extraBytes, attributes);
    this.#lineBase += extraBytes;
    return i;
  }

  /** The index of the end tag. */
  #children(place: Place, entry: number, at: number): number {
    const bytes = this.#bytes;
    const { children, requiredFrom } = place;
    const choosing = place.content === 'choice';
    if (!choosing && place.content !== 'sequence') return UNCERTAIN;
    let slot = -1;
    let last: Place | undefined;
    let count = 0;
    let i = this.#blank(at);
    while (i < this.#end && bytes[i] === LT && bytes[i + 1] !== SLASH) {
      const next = childAt(place, slot, bytes, i + 1);
      if (next === UNCERTAIN) return UNCERTAIN;
      if (next === slot) count++;
      else {
        const isDue = choosing ? slot < 0 : next <= (requiredFrom[slot + 1] ?? 0);
        if (!isDue || (last !== undefined && count < last.min)) return UNCERTAIN;
        slot = next;
        last = children[next];
        count = 1;
      }
      if (last === undefined || count > last.max) return UNCERTAIN;
      i = this.#element(last, count, entry, i);
      if (i === UNCERTAIN) return UNCERTAIN;
      i = this.#blank(i);
    }
    const isWhole = choosing ? slot >= 0 : requiredFrom[slot + 1] === children.length;
    const isEnd = i < this.#end && bytes[i] === LT;
    return isWhole && isEnd && (last === undefined || count >= last.min) ? i : UNCERTAIN;
  }

  /** Passes over white space as documents are laid out with. */
  #blank(at: number): number {
    const bytes = this.#bytes;
    let i = at;
    for (;;) {
      while (bytes[i] === SPACE) i++;
      if (bytes[i] === LF) {
        this.#line++;
        this.#lineBase = this.#base + i + 1;
      } else if (bytes[i] !== TAB) return i;
      i++;
    }
  }

  #column(at: number): number {
    return this.#base + at - this.#lineBase + 1;
  }
}

/** `</` and `>`. */
const TAG_SIGNS = 3;

const NO_ATTRIBUTES = Object.freeze({});

/** The child that starts here, by its name: one from this slot on, or a number that is none. */
function childAt({ children, followers }: Place, slot: number, bytes: Uint8Array, at: number): number {
  const expected = followers[slot + 1] ?? 0;
  const follower = expected > slot ? children[expected] : undefined;
  if (follower !== undefined && isNamed(follower, bytes, at)) return expected;
  for (let next = Math.max(slot, 0); next < children.length; next++) {
    const child = children[next];
    if (child !== undefined && isNamed(child, bytes, at)) return next;
  }
  return UNCERTAIN;
}

/** Whether this is the whole name that stands here. */
function isNamed({ written }: Place, bytes: Uint8Array, at: number): boolean {
  if (written.length === 0 || !isAt(written, bytes, at)) return false;
  const after = bytes[at + written.length];
  return after === GT || after === SPACE;
}

function isAt(expected: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let k = 0; k < expected.length; k++) if (expected[k] !== bytes[at + k]) return false;
  return true;
}
