/** Reads one quoted attribute value, normalised per XML 1.0 section 3.3.3 (CDATA, for without a DTD there is no other type). */
import { AMP, CR, isSpace, LF, LT, PLAIN_VALUE_BYTE, SPACE } from './characters.ts';
import { FAULTED, INCOMPLETE, type ReaderState } from './reader-state.ts';
import { readReference, type Reference } from './reference-reader.ts';
import { ShortStrings } from './short-strings.ts';
import { utf8String } from './utf8.ts';

/** Reads values one after the other; the last one stands in `value`. */
export class AttributeValues {
  value = '';
  /** Nothing in it is written otherwise than it reads. */
  verbatim = true;
  readonly #state: ReaderState;
  readonly #strings = new ShortStrings();
  readonly #reference: Reference = { text: '' };

  constructor(state: ReaderState) {
    this.#state = state;
  }

  /** Reads from just after the opening quote; the index of the closing one, INCOMPLETE or FAULTED. */
  read(bytes: Uint8Array, at: number, end: number, quote: number): number {
    let i = at;
    this.verbatim = true;
    while (i < end && PLAIN_VALUE_BYTE[bytes[i] ?? 0] === 1) i++;
    if (i < end && bytes[i] !== quote) i = this.#readMixed(bytes, at, end, quote);
    else if (i < end) this.value = this.#strings.get(bytes, at, i);
    const length = (i < 0 ? end : i) - at;
    if (i !== FAULTED && length > this.#state.limits.attributeBytesMax) {
      const bound = this.#state.limits.attributeBytesMax;
      return this.#state.fail('xml.limit.attribute', `An attribute value has more than ${bound} bytes.`, at);
    }
    return i === end ? INCOMPLETE : i;
  }

  /** A value with references, white space other than blanks, the other quote or characters beyond ASCII. */
  #readMixed(bytes: Uint8Array, at: number, end: number, quote: number): number {
    let value = '';
    let i = at;
    let from = at;
    while (i < end && bytes[i] !== quote) {
      const byte = bytes[i] ?? 0;
      if (byte === LT)
        return this.#state.fail('xml.attribute', "'<' is not allowed in an attribute value.", i);
      let next: number;
      if (byte === AMP) {
        this.verbatim = false;
        value += utf8String(bytes, from, i);
        next = readReference(this.#state, bytes, i, end, this.#reference);
        value += this.#reference.text;
        from = next;
      } else {
        next = this.#state.passCharacter(bytes, i, end);
        if (next > 0 && byte !== SPACE && isSpace(byte)) {
          this.verbatim = false;
          // A CR before LF is dropped: CRLF is one line end and gives one blank.
          value += utf8String(bytes, from, i) + (byte === CR && bytes[next] === LF ? '' : ' ');
          from = next;
        }
      }
      if (next < 0) return next;
      i = next;
    }
    this.value = value + utf8String(bytes, from, i);
    return i;
  }
}
