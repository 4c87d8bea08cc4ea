// The characters a bank takes: its pattern is asked once for each, however often it occurs.

const UNKNOWN = 0;
const ALLOWED = 1;
const WRONG = 2;

/** A pattern that each character must match on its own. */
export class AllowedCharacters {
  readonly #pattern: RegExp;
  /** By code point, the first 65,536. */
  readonly #verdicts = new Uint8Array(1 << 16);

  constructor(pattern: string) {
    this.#pattern = new RegExp(pattern, 'u');
  }

  /** Whether every character of the text is taken. */
  areAll(text: string): boolean {
    for (let i = 0; i < text.length; i++) {
      const codePoint = text.codePointAt(i) ?? 0;
      if (!this.#isAllowed(codePoint)) return false;
      if (codePoint > 0xffff) i++;
    }
    return true;
  }

  #isAllowed(codePoint: number): boolean {
    const known = this.#verdicts[codePoint] ?? UNKNOWN;
    if (known !== UNKNOWN) return known === ALLOWED;
    const isAllowed = this.#pattern.test(String.fromCodePoint(codePoint));
    if (codePoint < this.#verdicts.length) this.#verdicts[codePoint] = isAllowed ? ALLOWED : WRONG;
    return isAllowed;
  }
}
