// Writes a text with the characters that a format holds, by rules that are written down: what it does not hold is written with
// others that mean the same, or as a full stop.

export interface HeldText {
  readonly text: string;
  /** Characters that had to be written otherwise. Blanks do not count. */
  readonly replaced: number;
}

/**
 * Line ends and other control characters become blanks, and several blanks one; the blanks at both ends go, and so do characters
 * that can not be seen. `holds` must be true for letters and digits of ASCII, the blank and the full stop.
 */
export function heldText(text: string, holds: (character: string) => boolean): HeldText {
  const plain = text
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim()
    .normalize('NFC');
  let replaced = 0;
  let held = '';
  for (const character of plain) {
    if (holds(character)) held += character;
    else {
      replaced += 1;
      held += writtenOtherwise(character, holds);
    }
  }
  // Of what was replaced something may have become nothing but blanks at an end.
  return { text: held.replace(/ {2,}/g, ' ').trim(), replaced };
}

function writtenOtherwise(character: string, holds: (character: string) => boolean): string {
  if (holds(character)) return character;
  const other = OTHERS.get(character) ?? withoutMarks(character);
  if (other === character) return UNKNOWN;
  return [...other].map((one) => writtenOtherwise(one, holds)).join('');
}

const UNKNOWN = '.';

/** `Ż` is a Z with a mark. */
function withoutMarks(character: string): string {
  const bare = character.normalize('NFKD').replace(/\p{M}/gu, '');
  return bare === '' ? UNKNOWN : bare;
}

/** Letters that Unicode does not take apart, and signs. None leads back to itself. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ...pairs('łl ŁL đd ĐD øo ØO ıi'),
  ...[
    ['ß', 'ss'],
    ['ẞ', 'SS'],
    ['æ', 'ae'],
    ['Æ', 'AE'],
    ['œ', 'oe'],
    ['Œ', 'OE'],
    ['þ', 'th'],
    ['Þ', 'Th'],
    ['€', 'EUR'],
    ['…', '...'],
    ['@', '(at)'],
    ['§', 'par.'],
    ['°', 'st.'],
  ].map(([from = '', to = '']) => [from, to] as const),
  ...pairs(`„" ”" “" «" »" "' ‘' ’' ‚' \`' ´'`),
  ...pairs('–- —- ‑- −- _- ~- =- <( >) [( ]) {( }) |/ \\/ ;, !. &+ ×x'),
]);

/** Two characters each: what is meant, and how else it is written. */
function pairs(list: string): (readonly [string, string])[] {
  return list.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1)] as const);
}
