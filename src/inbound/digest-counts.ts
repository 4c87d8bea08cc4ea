// Counts digests of a fixed size in a few flat arrays: a busy account has a million entries a day, and a map of texts would
// hold all of them.

/** 96 bits: among a million entries two have the same by chance once in 10^17 days. */
export const DIGEST_BYTES = 12;

/** Slots of the first table; it grows to at least twice the digests. With the counts that is at most 64 bytes a digest. */
const SLOTS_FIRST = 1 << 10;

export class DigestCounts {
  #words = new Uint32Array(SLOTS_FIRST * 3);
  #counts = new Uint32Array(SLOTS_FIRST);
  /** Slots in use, be it with a count of 0. */
  #used = 0;

  add(digest: Buffer, count = 1): void {
    if (2 * (this.#used + 1) > this.#counts.length) this.#grow();
    this.#put(digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8), count);
  }

  /** Counts one off; false when none is left. */
  takeOne(digest: Buffer): boolean {
    if (this.#used === 0) return false;
    const slot = this.#slotOf(digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8));
    const count = this.#counts[slot] ?? 0;
    if (count === 0) return false;
    this.#counts[slot] = count - 1;
    return true;
  }

  #put(a: number, b: number, c: number, count: number): void {
    const slot = this.#slotOf(a, b, c);
    const words = this.#words;
    if (words[slot * 3] === 0 && words[slot * 3 + 1] === 0 && words[slot * 3 + 2] === 0) this.#used += 1;
    words[slot * 3] = a;
    words[slot * 3 + 1] = b;
    words[slot * 3 + 2] = c;
    this.#counts[slot] = (this.#counts[slot] ?? 0) + count;
  }

  /** Its slot, or the free one where it belongs. */
  #slotOf(a: number, b: number, c: number): number {
    const words = this.#words;
    const mask = this.#counts.length - 1;
    for (let slot = a & mask; ; slot = (slot + 1) & mask) {
      const [x, y, z] = [words[slot * 3], words[slot * 3 + 1], words[slot * 3 + 2]];
      if ((x === a && y === b && z === c) || (x === 0 && y === 0 && z === 0)) return slot;
    }
  }

  #grow(): void {
    const [words, counts] = [this.#words, this.#counts];
    this.#words = new Uint32Array(words.length * 2);
    this.#counts = new Uint32Array(counts.length * 2);
    this.#used = 0;
    for (let slot = 0; slot < counts.length; slot += 1) {
      const count = counts[slot] ?? 0;
      if (count > 0)
        this.#put(words[slot * 3] ?? 0, words[slot * 3 + 1] ?? 0, words[slot * 3 + 2] ?? 0, count);
    }
  }
}
