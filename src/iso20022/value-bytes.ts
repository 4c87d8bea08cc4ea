// The text of the element being read, gathered as bytes until its end tag.

import type { XmlPosition } from '../xml/xml-reader.ts';
import type { RawValue } from './element-listener.ts';

const CAPACITY = 1 << 10;

/** One value at a time; used again for each. */
export class ValueBytes implements RawValue {
  bytes: Buffer = Buffer.allocUnsafe(CAPACITY);
  readonly from = 0;
  /** How many bytes there are. */
  to = 0;
  attributes: Readonly<Record<string, string>> = {};
  index = 1;
  /** Where the text begins; 0 while there is none. */
  line = 0;
  column = 0;
  #offset = 0;

  /** Adds a piece; the position is remembered of the first. */
  add(bytes: Uint8Array, from: number, to: number, position: XmlPosition): void {
    if (this.line === 0) {
      this.line = position.line;
      this.column = position.column;
      this.#offset = position.offset;
    }
    let at = this.to;
    this.to += to - from;
    if (this.to > this.bytes.length) this.#grow(at);
    const own = this.bytes;
    // A loop, because values are short and a call to copy them costs more.
    for (let i = from; i < to; i++) own[at++] = bytes[i] ?? 0;
  }

  clear(): void {
    this.to = 0;
    this.line = 0;
  }

  text(): string {
    return this.bytes.toString('utf8', 0, this.to);
  }

  /** Puts a text in the place of what was gathered. */
  become(text: string): void {
    this.to = Buffer.byteLength(text);
    if (this.to > this.bytes.length) this.#grow(0);
    this.bytes.write(text);
  }

  /** A position to keep: that of the text, or of its element when that is empty. */
  at(element: XmlPosition): XmlPosition {
    const { line, column, offset } =
      this.line === 0 ? element : { line: this.line, column: this.column, offset: this.#offset };
    return { line, column, offset };
  }

  /** Fills in what is told with the bytes. */
  describe(element: XmlPosition & Pick<RawValue, 'attributes' | 'index'>): void {
    this.attributes = element.attributes;
    this.index = element.index;
    if (this.line > 0) return;
    this.line = element.line;
    this.column = element.column;
  }

  /** Makes room for all bytes there are to be; the first ones are kept. */
  #grow(kept: number): void {
    const larger = Buffer.allocUnsafe(2 * this.to);
    this.bytes.copy(larger, 0, 0, kept);
    this.bytes = larger;
  }
}
