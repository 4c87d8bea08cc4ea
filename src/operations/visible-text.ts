// Text from outside made safe to look at: nothing in it can break a line, hide, or turn the reading direction round.

/** Longest value that is printed, in characters. */
const LENGTH_MAX = 300;

/** Control characters, line separators, zero-width and direction marks (Unicode TR #36, bidirectional spoofing), lone surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** The text with invisible characters written as `\n` or `\u{202e}`, and cut after 300 characters or as many as are given. */
export function visibleText(text: string, lengthMax = LENGTH_MAX): string {
  if (PRIVATE_KEY.test(text)) return '[hidden]';
  // Cut before replacing, so that a text of many megabytes costs nothing.
  const cut = text.length > lengthMax ? text.slice(0, lengthMax) : text;
  const shown = visibleWhole(cut);
  return text.length > lengthMax ? `${shown}... (${text.length} characters)` : shown;
}

/** The whole text with invisible characters written out: for a person at a terminal who asked to see it. */
export function visibleWhole(text: string): string {
  return text.replace(INVISIBLE, named);
}

function named(character: string): string {
  switch (character) {
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    default:
      return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  }
}
