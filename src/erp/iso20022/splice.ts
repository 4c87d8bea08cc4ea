// Picks byte ranges out of a stream and sets own text between them, with no more of the stream in memory than one token.

/** Ranges are mostly short; they are gathered, because whoever takes them hashes and writes each piece by itself. */
const PIECE_BYTES = 1 << 17;

/** Some of what was put together. */
export interface SplicedPiece {
  readonly bytes: Uint8Array;
  /** Where in it copies of plain elements stand, each from its start to its end, in order. */
  readonly plain: readonly (readonly [from: number, to: number])[];
}

/**
 * Whoever reads the stream says what to do with its bytes while it goes by: copy from here, stop copying there, leave this
 * out, write that. Offsets count from the start of the stream. Bytes before the offset last reached are decided about and
 * are given out or dropped; those after it are kept until they are.
 */
export class Splice {
  #held = Buffer.allocUnsafeSlow(0);
  #heldBytes = 0;
  /** Offset in the stream of the first byte held. */
  #base = 0;
  #copyFrom: number | undefined;
  #reached = 0;
  #out = Buffer.allocUnsafeSlow(0);
  #outBytes = 0;
  #plain: [from: number, to: number][] = [];

  /** Adds the next bytes of the stream; they are copied, so the caller may use its buffer again. */
  receive(chunk: Uint8Array): void {
    this.#copyReached();
    this.#held.copyWithin(0, this.#reached - this.#base, this.#heldBytes);
    this.#heldBytes -= this.#reached - this.#base;
    this.#base = this.#reached;
    this.#held = withRoom(this.#held, this.#heldBytes, chunk.length);
    this.#held.set(chunk, this.#heldBytes);
    this.#heldBytes += chunk.length;
  }

  startCopy(at: number): void {
    this.#copyFrom = at;
  }

  stopCopy(at: number): void {
    if (this.#copyFrom === undefined) return;
    this.#push(this.#copyFrom, at);
    this.#copyFrom = undefined;
  }

  /** Copies whole elements that are written plainly. */
  copyPlain(from: number, to: number): void {
    const start = this.#outBytes;
    this.#push(from, to);
    const last = this.#plain.at(-1);
    if (last?.[1] === start) last[1] = this.#outBytes;
    else this.#plain.push([start, this.#outBytes]);
  }

  /** What lies there, valid until the stream goes on; undefined when some of it was decided about and is gone. */
  held(from: number, to: number): Uint8Array | undefined {
    return from < this.#base ? undefined : this.#held.subarray(from - this.#base, to - this.#base);
  }

  /** Leaves a range out of what is being copied; nothing happens while nothing is. */
  leaveOut(from: number, to: number): void {
    if (this.#copyFrom === undefined) return;
    this.#push(this.#copyFrom, from);
    this.#copyFrom = to;
  }

  write(text: string): void {
    this.#add(Buffer.from(text, 'utf8'));
  }

  /** All bytes before this offset are decided about. */
  reach(offset: number): void {
    this.#reached = Math.max(this.#reached, offset);
  }

  /** Takes out what has come together, once it is enough to be worth a piece; valid until the stream goes on. */
  drain(last = false): readonly SplicedPiece[] {
    this.#copyReached();
    if (this.#outBytes < (last ? 1 : PIECE_BYTES)) return [];
    const piece = { bytes: this.#out.subarray(0, this.#outBytes), plain: this.#plain };
    this.#outBytes = 0;
    this.#plain = [];
    return [piece];
  }

  /** Is ready for another stream, with the memory it has. */
  forget(): void {
    this.#heldBytes = 0;
    this.#outBytes = 0;
    this.#plain = [];
    this.#base = 0;
    this.#reached = 0;
    this.#copyFrom = undefined;
  }

  #copyReached(): void {
    if (this.#copyFrom === undefined || this.#copyFrom >= this.#reached) return;
    this.#push(this.#copyFrom, this.#reached);
    this.#copyFrom = this.#reached;
  }

  #push(from: number, to: number): void {
    if (to > from) this.#add(this.#held.subarray(from - this.#base, to - this.#base));
  }

  #add(bytes: Uint8Array): void {
    this.#out = withRoom(this.#out, this.#outBytes, bytes.length);
    this.#out.set(bytes, this.#outBytes);
    this.#outBytes += bytes.length;
  }
}

/** The same memory, or more of it with the first `used` bytes kept. */
function withRoom(memory: Buffer<ArrayBuffer>, used: number, addedBytes: number): Buffer<ArrayBuffer> {
  if (used + addedBytes <= memory.length) return memory;
  const larger = Buffer.allocUnsafeSlow(Math.max(used + addedBytes, 2 * memory.length));
  larger.set(memory.subarray(0, used));
  return larger;
}
