/** Gathers small pieces of output into larger ones, so that a hash or a file is not called for every tag. */
import { TEXT_BYTE_ESCAPES } from './escape.ts';

const CAPACITY = 1 << 14;
/** What is handed on uncopied needs no more, and a file may be cut into a thousand messages, each with a buffer of its own. */
const FIRST_CAPACITY = 1 << 10;
/** From this length on a run is handed on as it is instead of being copied. */
const UNCOPIED_MIN = 1 << 12;
/** Up to this length a loop copies faster than a call. */
const LOOPED_MAX = 48;

const NO_BYTES = new Uint8Array(0);

/**
 * Bytes on their way to a sink, which may use them only during its call. What is written with `writeVerbatim` piece
 * after piece from the same bytes becomes one run, handed on in one call and without a copy where it is long.
 */
export class ByteBuffer {
  readonly #sink: (bytes: Uint8Array) => void;
  #bytes = new Uint8Array(FIRST_CAPACITY);
  #length = 0;
  /** The run that is not yet written: these bytes from `#from` to `#to`. */
  #run: Uint8Array = NO_BYTES;
  #from = 0;
  #to = 0;

  constructor(sink: (bytes: Uint8Array) => void) {
    this.#sink = sink;
  }

  writeString(text: string): void {
    this.writeBytes(Buffer.from(text, 'utf8'));
  }

  writeBytes(bytes: Uint8Array): void {
    if (this.#continuesWith(bytes)) this.#to += bytes.length;
    else {
      this.release();
      this.#write(bytes, 0, bytes.length);
    }
  }

  /** Writes bytes that stay as they are until `release`. */
  writeVerbatim(bytes: Uint8Array, from: number, to: number): void {
    if (from !== this.#to || bytes !== this.#run) {
      this.release();
      this.#run = bytes;
      this.#from = from;
    }
    this.#to = to;
  }

  /** Writes character data with the signs escaped that must not stand in text. */
  writeText(bytes: Uint8Array, from: number, to: number): void {
    let start = from;
    for (let i = from; i < to; i++) {
      const escape = TEXT_BYTE_ESCAPES[bytes[i] ?? 0];
      if (escape === undefined) continue;
      if (i > start) this.#writeRange(bytes, start, i);
      this.writeBytes(escape);
      start = i + 1;
    }
    if (to > start) this.#writeRange(bytes, start, to);
  }

  /** Lets go of bytes that were written verbatim: they may change after this. */
  release(): void {
    if (this.#to > this.#from) this.#write(this.#run, this.#from, this.#to);
    this.#run = NO_BYTES;
    this.#from = 0;
    this.#to = 0;
  }

  /** Hands on what is gathered. */
  flush(): void {
    this.release();
    this.#drain();
  }

  #writeRange(bytes: Uint8Array, from: number, to: number): void {
    this.release();
    this.#write(bytes, from, to);
  }

  /** Whether the input goes on, after the run, with just what is to be written. */
  #continuesWith(bytes: Uint8Array): boolean {
    const run = this.#run;
    const to = this.#to;
    for (let i = 0; i < bytes.length; i++) if (run[to + i] !== bytes[i]) return false;
    return true;
  }

  #write(bytes: Uint8Array, from: number, to: number): void {
    const length = to - from;
    if (length >= UNCOPIED_MIN) {
      this.#drain();
      this.#sink(bytes.subarray(from, to));
      return;
    }
    if (this.#length + length > this.#bytes.length) this.#makeRoom(length);
    const own = this.#bytes;
    const at = this.#length;
    if (length > LOOPED_MAX) own.set(bytes.subarray(from, to), at);
    else for (let k = 0; k < length; k++) own[at + k] = bytes[from + k] ?? 0;
    this.#length = at + length;
  }

  /** Of ever larger memory first, up to the capacity; from then on what is gathered is handed on. A run is shorter than that. */
  #makeRoom(length: number): void {
    if (this.#length + length > CAPACITY) this.#drain();
    while (this.#length + length > this.#bytes.length)
      this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(2 * this.#bytes.length));
  }

  #drain(): void {
    if (this.#length > 0) this.#sink(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
  }
}
