/** Keeps the token that a chunk breaks off in, until the chunk that holds its end. */
import { AMP, BANG, DASH, GT, LT, QUESTION, QUOTE, APOSTROPHE, SEMICOLON, SPACE } from './characters.ts';
import { expectedLength } from './utf8.ts';

/** `<![CDATA[`: after so many bytes a declaration is recognised, or is none that the reader knows. */
const DECLARATION_BYTES = 9;

/**
 * Bytes of one token: a tag, a comment, an instruction, a reference or one character. Where it ends is told exactly, so
 * that a long token is read once and not again with every chunk.
 */
export class Carry {
  bytes = new Uint8Array(256);
  length = 0;
  #quote = 0;

  /** Adds bytes up to and with the one that ends the token; the index after it, or -1 when the token goes on. */
  take(chunk: Uint8Array, from: number, to: number): number {
    for (let i = from; i < to; i++) {
      const byte = chunk[i] ?? 0;
      if (this.length === this.bytes.length) this.#grow();
      this.bytes[this.length] = byte;
      this.length += 1;
      if (this.#endsWith(byte)) return i + 1;
    }
    return -1;
  }

  clear(): void {
    this.length = 0;
    this.#quote = 0;
  }

  #grow(): void {
    const larger = new Uint8Array(this.bytes.length * 2);
    larger.set(this.bytes);
    this.bytes = larger;
  }

  #endsWith(byte: number): boolean {
    const first = this.bytes[0] ?? 0;
    if (first === LT) return this.#endsMarkup(byte);
    if (first === AMP) {
      return this.length > 1 && (byte === SEMICOLON || byte === LT || byte === AMP || byte <= SPACE);
    }
    return this.length >= expectedLength(first);
  }

  #endsMarkup(byte: number): boolean {
    const { bytes, length } = this;
    if (length < 3) return byte === GT;
    if (bytes[1] === QUESTION) return byte === GT && length >= 4 && bytes[length - 2] === QUESTION;
    if (bytes[1] !== BANG) return this.#endsTag(byte);
    if (bytes[2] !== DASH || bytes[3] !== DASH) return length === DECLARATION_BYTES;
    return byte === GT && length >= 7 && bytes[length - 2] === DASH && bytes[length - 3] === DASH;
  }

  /** A '>' in quotes does not end a tag. */
  #endsTag(byte: number): boolean {
    if (this.#quote !== 0) {
      if (byte === this.#quote) this.#quote = 0;
      return false;
    }
    if (byte === QUOTE || byte === APOSTROPHE) this.#quote = byte;
    return byte === GT;
  }
}
