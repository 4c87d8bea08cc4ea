/** What the parts of the reader share: where it is, what it was told not to exceed, and the first fault. */
import { CR, isSpace, LF, SPACE, TAB } from './characters.ts';
import { UTF8_INCOMPLETE, UTF8_NOT_XML, wideLength } from './utf8.ts';
import type { XmlFault, XmlLimits, XmlPosition, XmlWholeVisitor } from './xml-events.ts';

/** Returned in place of an index: the token goes on beyond the bytes at hand. */
export const INCOMPLETE = -1;
/** Returned in place of an index: the fault is in the state. */
export const FAULTED = -2;

const DEFAULT_LIMITS: XmlLimits = {
  depthMax: 256,
  nameBytesMax: 1024,
  namesMax: 10_000,
  attributesMax: 256,
  attributeBytesMax: 1 << 16,
  textBytesMax: 1 << 26,
  markupBytesMax: 1 << 22,
};

/** The position moves with the parts that consume line ends and characters beyond ASCII; indexes are into the bytes at hand. */
export class ReaderState {
  readonly visitor: XmlWholeVisitor;
  readonly limits: XmlLimits;
  /** Offset in the document of byte 0 of the bytes at hand. */
  base = 0;
  line = 1;
  /** An offset in the document such that `offset - lineBase` is the number of characters before it in its line. */
  lineBase = 0;
  fault: XmlFault | undefined;

  constructor(visitor: XmlWholeVisitor, limits: Partial<XmlLimits>) {
    this.visitor = visitor;
    this.limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /** The position of a byte in the present line. */
  position(index: number): XmlPosition {
    const offset = this.base + index;
    return { line: this.line, column: offset - this.lineBase + 1, offset };
  }

  /** Records the first fault, at a byte in the present line. */
  fail(rule: string, message: string, index: number): typeof FAULTED {
    return this.failAt(rule, message, this.position(index));
  }

  /** Records the first fault, at a place noted before. */
  failAt(rule: string, message: string, { line, column, offset }: XmlPosition): typeof FAULTED {
    this.fault ??= { rule, message, line, column, offset };
    return FAULTED;
  }

  /** A line ended just before this byte. */
  newLine(next: number): void {
    this.line += 1;
    this.lineBase = this.base + next;
  }

  /** Passes over white space; the index of the first other byte, or `end`. */
  skipSpace(bytes: Uint8Array, at: number, end: number): number {
    let i = at;
    while (i < end && isSpace(bytes[i])) i = this.#passControl(bytes, i);
    return i;
  }

  /** Passes over one character of any kind; the index after it, INCOMPLETE or FAULTED. Not for a CR that may be the last byte. */
  passCharacter(bytes: Uint8Array, at: number, end: number): number {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80) return this.passWide(bytes, at, end);
    if (byte >= SPACE) return at + 1;
    if (byte === CR && at + 1 >= end) return INCOMPLETE;
    return isSpace(byte) ? this.#passControl(bytes, at) : this.failControl(byte, at);
  }

  /** Passes over one character beyond ASCII; the index after it, INCOMPLETE or FAULTED. */
  passWide(bytes: Uint8Array, at: number, end: number): number {
    const length = wideLength(bytes, at, end);
    if (length > 0) {
      this.lineBase += length - 1;
      return at + length;
    }
    if (length === UTF8_INCOMPLETE) return INCOMPLETE;
    if (length === UTF8_NOT_XML)
      return this.fail('xml.char', 'U+FFFE and U+FFFF are not allowed in XML.', at);
    return this.fail(
      'xml.utf8',
      `Byte 0x${hex(bytes[at] ?? 0)} does not start a valid UTF-8 character here.`,
      at,
    );
  }

  failControl(byte: number, at: number): typeof FAULTED {
    return this.fail('xml.char', `The control character U+00${hex(byte)} is not allowed in XML.`, at);
  }

  /** CR before LF is left to the LF, so that CRLF is one line end. */
  #passControl(bytes: Uint8Array, at: number): number {
    const byte = bytes[at];
    if (byte !== TAB && byte !== SPACE && (byte === LF || bytes[at + 1] !== LF)) this.newLine(at + 1);
    return at + 1;
  }
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
