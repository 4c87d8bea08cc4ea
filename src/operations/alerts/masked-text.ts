// Account numbers in what leaves the machine: enough to tell one from another, not enough to use.

import { asIban, isIban } from '../../domain/iban.ts';
import { visibleText } from '../visible-text.ts';

/** Where an account number may begin, and how far it may reach at most. */
const PERHAPS = /\b(?:[A-Z]{2} ?)?\d{2}(?: ?[A-Z0-9]){11,30}/g;

/** Evidence is a paragraph; what is longer is no reading for a mail. */
const LENGTH_MAX = 1_000;

/** `PL60…0001`. */
export function maskedIban(iban: string): string {
  return `${iban.slice(0, 4)}…${iban.slice(-4)}`;
}

/** Text from files and banks made fit for a message: on one line, cut, nothing invisible, account numbers masked. */
export function outwardText(text: string): string {
  const shown = visibleText(text, LENGTH_MAX);
  let outward = '';
  let done = 0;
  for (const match = new RegExp(PERHAPS); ;) {
    const found = match.exec(shown);
    if (found === null) return outward + shown.slice(done);
    const length = ibanLength(found[0]);
    // What is no number may still have one inside.
    match.lastIndex = found.index + (length ?? 1);
    if (length === undefined) continue;
    outward += shown.slice(done, found.index) + maskedIban(asIban(found[0].slice(0, length)));
    done = found.index + length;
  }
}

/** How long the number is that the text begins with; undefined where it begins with none. */
function ibanLength(text: string): number | undefined {
  for (let length = text.length; length > 13; length--)
    if (text[length - 1] !== ' ' && isIban(asIban(text.slice(0, length)))) return length;
  return undefined;
}
