// Reads the texts of Elixir-O, which does not say its encoding, and finds out when the one that is configured is not the one
// it was written in.

import type { ElixirOEncoding } from '../../domain/erp-formats.ts';
import { upperCharacters, type SingleByteEncoding } from '../text/code-pages.ts';

/** What a byte is read as that means nothing in the encoding. */
export const UNREADABLE = '\ufffd';

const SINGLE_BYTE: readonly SingleByteEncoding[] = ['windows-1250', 'iso-8859-2', 'cp852', 'mazovia'];

/** A file of one name with a foreign letter must not be refused for it; so many Polish letters are no accident. */
const TELLING_LETTERS = 3;

export class TextReader {
  readonly #encoding: ElixirOEncoding;
  readonly #upper: readonly string[] | undefined;
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** How often each byte from 128 on occurs. */
  readonly #counts = new Float64Array(128);
  #lines = 0;
  #linesInUtf8 = 0;
  #first: { readonly line: number; readonly text: string } | undefined;

  constructor(encoding: ElixirOEncoding) {
    this.#encoding = encoding;
    this.#upper = encoding === 'utf-8' ? undefined : upperCharacters(encoding).map(orUnreadable);
  }

  /** What the encoding has no character for is `UNREADABLE`. */
  read(bytes: Uint8Array, line: number): string {
    const plain = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    if (!/[\x80-\xff]/.test(plain)) return plain;
    for (const byte of bytes)
      if (byte >= 0x80) this.#counts[byte - 0x80] = (this.#counts[byte - 0x80] ?? 0) + 1;
    const utf8 = this.#inUtf8(bytes);
    this.#lines++;
    if (utf8 !== undefined) this.#linesInUtf8++;
    const text =
      this.#upper === undefined
        ? (utf8 ?? Buffer.from(bytes).toString('utf8'))
        : plain.replace(/[\x80-\xff]/g, (one) => this.#upper?.[one.charCodeAt(0) - 0x80] ?? UNREADABLE);
    const isSuspect = this.#upper === undefined ? utf8 === undefined : /[^\x20-\x7e]/.test(text);
    if (isSuspect) this.#first ??= { line, text };
    return text;
  }

  /** The encoding that the file was written in instead, with the first line that shows it; undefined when all is well. */
  wrong(): { readonly found: string; readonly line: number; readonly text: string } | undefined {
    const first = this.#first;
    if (first === undefined) return undefined;
    const found = this.#better();
    return found === undefined ? undefined : { found, ...first };
  }

  #better(): string | undefined {
    const isUtf8 = this.#linesInUtf8 === this.#lines;
    if (this.#encoding === 'utf-8')
      return isUtf8 ? undefined : (this.#best((score) => score.strange === 0) ?? 'none that Goniec knows');
    if (isUtf8) return 'utf-8';
    const own = this.#score(this.#encoding);
    return this.#best(
      ({ polish, strange }) =>
        strange === 0 &&
        polish > own.polish &&
        (own.strange > 0 || (own.polish === 0 && polish >= TELLING_LETTERS)),
    );
  }

  /** The one with the most Polish letters of those that could be. */
  #best(couldBe: (score: Score) => boolean): SingleByteEncoding | undefined {
    const scores = SINGLE_BYTE.map((encoding) => ({ encoding, score: this.#score(encoding) }));
    const possible = scores.filter(({ score }) => couldBe(score));
    return possible.sort((a, b) => b.score.polish - a.score.polish)[0]?.encoding;
  }

  #score(encoding: SingleByteEncoding): Score {
    const score = { polish: 0, strange: 0 };
    upperCharacters(encoding).forEach((character, index) => {
      const count = this.#counts[index] ?? 0;
      if (POLISH.test(character)) score.polish += count;
      else if (!USUAL.test(character)) score.strange += count;
    });
    return score;
  }

  #inUtf8(bytes: Uint8Array): string | undefined {
    try {
      return this.#utf8.decode(bytes);
    } catch {
      return undefined;
    }
  }
}

function orUnreadable(character: string): string {
  return character === '' ? UNREADABLE : character;
}

interface Score {
  readonly polish: number;
  /** Signs that stand in no name, address or title, and bytes without a character. */
  readonly strange: number;
}

const POLISH = /^[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]$/;
const USUAL = /^(?:\p{L}|[§°–—„”’…€\u00a0])$/u;
