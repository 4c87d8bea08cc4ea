// Decodes base64 that comes in pieces of any length, strictly (RFC 4648 section 4, blanks aside).

/** Characters of one step; a multiple of four. */
const STEP = 1 << 16;

export class Base64Decoder {
  readonly #sink: (decoded: Uint8Array) => void;
  readonly #gathered = Buffer.allocUnsafe(STEP);
  #length = 0;
  #isPadded = false;
  #isSound = true;

  constructor(sink: (decoded: Uint8Array) => void) {
    this.#sink = sink;
  }

  write(encoded: Uint8Array): void {
    for (const byte of encoded) {
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue;
      this.#gathered[this.#length++] = byte;
      if (this.#length === STEP) this.#decode();
    }
  }

  /** The last piece has come; false when it was not base64. */
  end(): boolean {
    if (this.#length % 4 !== 0) this.#isSound = false;
    this.#decode();
    return this.#isSound;
  }

  #decode(): void {
    const text = this.#gathered.toString('latin1', 0, this.#length);
    this.#length = 0;
    if (text === '') return;
    // Nothing may follow the padding.
    if (this.#isPadded || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) this.#isSound = false;
    if (text.endsWith('=')) this.#isPadded = true;
    if (this.#isSound) this.#sink(Buffer.from(text, 'base64'));
  }
}
