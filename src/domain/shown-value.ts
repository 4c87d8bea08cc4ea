// A value from outside as a person may see it in a report: a report cannot be made to look like something else by it.

const CHARACTERS_MAX = 140;

/** Control, format, surrogate and private characters, and the separators other than the plain blank. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** At most 140 characters, and every one that is invisible or turns the writing direction written as \u{...}. */
export function shownValue(text: string): string {
  // Cut before replacing, so that a huge value costs nothing; two UTF-16 units are the most a character takes.
  const characters = Array.from(text.slice(0, 2 * CHARACTERS_MAX)).slice(0, CHARACTERS_MAX);
  return characters.join('').replaceAll(INVISIBLE, escaped);
}

/** The whole text on one line, with the same characters written out. */
export function shownLine(text: string): string {
  return text.replaceAll(INVISIBLE, escaped);
}

/** The value as JSON on several lines, which reads back as the same value and holds no character of that kind in the raw. */
export function shownJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replaceAll(NOT_IN_JSON, (character) =>
    Array.from({ length: character.length }, (_, unit) => jsonEscape(character.charCodeAt(unit))).join(''),
  );
}

const NOT_IN_JSON = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu;

function jsonEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
}
