// Picks byte ranges out of a stream and sets own text between them, with no more of the stream in memory than one token.

/**
 * Whoever reads the stream says what to do with its bytes while it goes by: copy from here, stop copying there, leave this
 * out, write that. Offsets count from the start of the stream. Bytes before the offset last reached are decided about and
 * are given out or dropped; those after it are kept until they are.
 */
export class Splice {
  #held: Buffer = Buffer.alloc(0);
  /** Offset in the stream of the first byte held. */
  #base = 0;
  #copyFrom: number | undefined;
  #reached = 0;
  #out: Uint8Array[] = [];

  /** Adds the next bytes of the stream; they are copied, so the caller may use its buffer again. */
  receive(chunk: Uint8Array): void {
    this.#held = Buffer.concat([this.#held, chunk]);
  }

  startCopy(at: number): void {
    this.#copyFrom = at;
  }

  stopCopy(at: number): void {
    if (this.#copyFrom === undefined) return;
    this.#push(this.#copyFrom, at);
    this.#copyFrom = undefined;
  }

  /** Leaves a range out of what is being copied; nothing happens while nothing is. */
  leaveOut(from: number, to: number): void {
    if (this.#copyFrom === undefined) return;
    this.#push(this.#copyFrom, from);
    this.#copyFrom = to;
  }

  write(text: string): void {
    this.#out.push(Buffer.from(text, 'utf8'));
  }

  /** All bytes before this offset are decided about. */
  reach(offset: number): void {
    this.#reached = Math.max(this.#reached, offset);
  }

  /** Takes out what is ready, in order. */
  drain(): readonly Uint8Array[] {
    if (this.#copyFrom !== undefined && this.#copyFrom < this.#reached) {
      this.#push(this.#copyFrom, this.#reached);
      this.#copyFrom = this.#reached;
    }
    this.#held = this.#held.subarray(this.#reached - this.#base);
    this.#base = this.#reached;
    const ready = this.#out;
    this.#out = [];
    return ready;
  }

  #push(from: number, to: number): void {
    if (to > from) this.#out.push(this.#held.subarray(from - this.#base, to - this.#base));
  }
}
