// Gathers, while a file is written, why it can not be written and what became different in it.

import type { Losses } from '../account-files.ts';
import { heldText } from '../text/held-text.ts';
import { piecesOf } from '../text/pieces.ts';

/** A file of which nothing can be read would have one for each entry. */
const REASONS_MAX = 10;

export class Findings {
  #reasons: string[] = [];
  #more = 0;
  #cutTexts = 0;
  #replacedCharacters = 0;
  #unbookedEntries = 0;

  /** The first ones; the last sentence counts the others. */
  get reasons(): readonly string[] {
    return this.#more === 0 ? this.#reasons : [...this.#reasons, `There are ${this.#more} more reasons.`];
  }

  get losses(): Losses {
    return {
      cutTexts: this.#cutTexts,
      replacedCharacters: this.#replacedCharacters,
      unbookedEntries: this.#unbookedEntries,
    };
  }

  impossible(sentence: string): void {
    if (this.#reasons.length < REASONS_MAX) this.#reasons.push(sentence);
    else this.#more += 1;
  }

  /** An entry is left out because it is not booked. */
  unbooked(): void {
    this.#unbookedEntries += 1;
  }

  /** The text in characters that the file holds. */
  held(text: string, holds: (character: string) => boolean): string {
    const held = heldText(text, holds);
    this.#replacedCharacters += held.replaced;
    return held.text;
  }

  /** As much of a text as so many pieces of this length hold. */
  pieces(text: string, lengthMax: number, countMax: number): readonly string[] {
    const { pieces, isCut } = piecesOf(text, lengthMax, countMax);
    if (isCut) this.#cutTexts += 1;
    return pieces;
  }

  /** A text that has no place in the file. */
  leftOut(): void {
    this.#cutTexts += 1;
  }
}
