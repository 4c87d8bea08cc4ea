/** References: the five predefined entities and character references; there is no DTD, so there are no others. */
import { isXmlChar } from './characters.ts';

/** How many bytes a reference may have between `&` and `;`; leading zeros are legal but nobody needs so many. */
export const REFERENCE_BYTES_MAX = 64;

/** What a reference stands for, given the characters between `&` and `;`; undefined when it is not known or not a Char. */
export function referencedCharacter(inside: string): string | undefined {
  const named = PREDEFINED.get(inside);
  if (named !== undefined) return named;
  const digits = /^#(?:x(?<hex>[0-9A-Fa-f]+)|(?<decimal>[0-9]+))$/.exec(inside)?.groups;
  if (digits === undefined) return undefined;
  const code =
    digits.hex === undefined ? Number.parseInt(digits.decimal ?? '', 10) : Number.parseInt(digits.hex, 16);
  return isXmlChar(code) ? String.fromCodePoint(code) : undefined;
}

const PREDEFINED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['apos', "'"],
  ['quot', '"'],
]);
