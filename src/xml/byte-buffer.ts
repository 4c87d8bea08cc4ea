/** Gathers small pieces of output into larger ones, so that a hash or a file is not called for every tag. */
import { TEXT_BYTE_ESCAPES } from './escape.ts';

const CAPACITY = 1 << 16;
/** From this length on a run is handed on as it is instead of being copied. */
const UNCOPIED_MIN = 1 << 10;

/** Bytes on their way to a sink. The sink may use them only during its call. */
export class ByteBuffer {
  readonly #sink: (bytes: Uint8Array) => void;
  readonly #bytes = Buffer.allocUnsafe(CAPACITY);
  #length = 0;

  constructor(sink: (bytes: Uint8Array) => void) {
    this.#sink = sink;
  }

  writeString(text: string): void {
    this.writeBytes(Buffer.from(text, 'utf8'));
  }

  writeBytes(bytes: Uint8Array): void {
    this.#writeRange(bytes, 0, bytes.length);
  }

  /** Writes character data with the signs escaped that must not stand in text. */
  writeText(bytes: Uint8Array, from: number, to: number): void {
    let start = from;
    for (let i = from; i < to; i++) {
      const escape = TEXT_BYTE_ESCAPES[bytes[i] ?? 0];
      if (escape === undefined) continue;
      this.#writeRange(bytes, start, i);
      this.writeBytes(escape);
      start = i + 1;
    }
    this.#writeRange(bytes, start, to);
  }

  /** Hands on what is gathered. */
  flush(): void {
    if (this.#length > 0) this.#sink(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
  }

  #writeRange(bytes: Uint8Array, from: number, to: number): void {
    const length = to - from;
    if (length >= UNCOPIED_MIN) {
      this.flush();
      this.#sink(bytes.subarray(from, to));
      return;
    }
    if (this.#length + length > CAPACITY) this.flush();
    const own = this.#bytes;
    let at = this.#length;
    for (let i = from; i < to; i++) own[at++] = bytes[i] ?? 0;
    this.#length = at;
  }
}
