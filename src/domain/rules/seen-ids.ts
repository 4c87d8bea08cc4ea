// Which ids a file has used so far and in which line: exact, and small also for a file of 200,000 payments.

/** Ids as they came, in typed arrays instead of one object each. */
export class SeenIds {
  /** For each id, open addressing by hash: its number plus 1; 0 is free. */
  #slots = new Int32Array(1 << 8);
  #count = 0;
  #lines = new Int32Array(1 << 7);
  #hashes = new Int32Array(1 << 7);
  #ends = new Int32Array(1 << 7);
  /** The letters of all ids, one after the other. */
  #letters = new Uint8Array(1 << 11);
  #lettersUsed = 0;
  /** Ids with letters beyond Latin-1, which are rare. */
  readonly #wide = new Map<string, number>();

  get count(): number {
    return this.#count + this.#wide.size;
  }

  /** The line in which the id was used before; undefined the first time, which is noted. */
  note(id: string, line: number): number | undefined {
    const hash = hashOf(id);
    if (hash === WIDE) return this.#noteWide(id, line);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let number = this.#slots[slot] ?? 0; number > 0; number = this.#slots[slot] ?? 0) {
      if (this.#hashes[number - 1] === hash && this.#isAt(number - 1, id)) return this.#lines[number - 1];
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.#add(id, hash, line);
    if (2 * this.#count > this.#slots.length) this.#spread();
    return undefined;
  }

  /** All of them, each once; first those in Latin-1, in the order in which they came. */
  all(): string[] {
    const narrow = Array.from({ length: this.#count }, (_, number) =>
      String.fromCharCode(...this.#letters.subarray(this.#start(number), this.#ends[number])),
    );
    return [...narrow, ...this.#wide.keys()];
  }

  /** Gives its memory back at once and not at some later collection. From then on there is only the count. */
  forget(): void {
    for (const { buffer } of [this.#slots, this.#lines, this.#hashes, this.#ends, this.#letters])
      if (!buffer.detached) buffer.transfer(0);
  }

  #noteWide(id: string, line: number): number | undefined {
    const known = this.#wide.get(id);
    if (known === undefined) this.#wide.set(id, line);
    return known;
  }

  #isAt(number: number, id: string): boolean {
    const start = this.#start(number);
    if ((this.#ends[number] ?? 0) - start !== id.length) return false;
    for (let i = 0; i < id.length; i++) if (this.#letters[start + i] !== id.charCodeAt(i)) return false;
    return true;
  }

  #start(number: number): number {
    return number === 0 ? 0 : (this.#ends[number - 1] ?? 0);
  }

  #add(id: string, hash: number, line: number): number {
    const end = this.#lettersUsed + id.length;
    if (end > this.#letters.length) this.#letters = new Uint8Array(this.#letters.buffer.transfer(2 * end));
    for (let i = 0; i < id.length; i++) this.#letters[this.#lettersUsed + i] = id.charCodeAt(i);
    if (this.#count === this.#lines.length) {
      this.#lines = doubled(this.#lines);
      this.#ends = doubled(this.#ends);
      this.#hashes = doubled(this.#hashes);
    }
    this.#lines[this.#count] = line;
    this.#hashes[this.#count] = hash;
    this.#ends[this.#count] = end;
    this.#lettersUsed = end;
    return ++this.#count;
  }

  /** Doubles the slots, so that they stay half empty. */
  #spread(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#count; number++) {
      let slot = (this.#hashes[number] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots.buffer.transfer(0);
    this.#slots = slots;
  }
}

const SEED = 0x811c9dc5 | 0;
const WIDE = -1;

/** FNV-1a; WIDE for an id with a letter beyond Latin-1. */
function hashOf(id: string): number {
  let hash = SEED;
  for (let i = 0; i < id.length; i++) {
    const code = id.charCodeAt(i);
    if (code > 0xff) return WIDE;
    hash = step(hash, code);
  }
  return mixed(hash);
}

function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

/** The low bits of FNV alone are alike for ids that differ in few digits. Never negative. */
function mixed(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 8;
}

/** The same memory, twice as large: what it was before is given back at once and not at some later collection. */
function doubled(from: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  return new Int32Array(from.buffer.transfer(2 * from.byteLength));
}
