// Cuts a text into pieces of a length, so that it is the same again when they are put together, also by a reader that drops blanks.

export interface Pieces {
  readonly pieces: readonly string[];
  /** There was more than the pieces hold. */
  readonly isCut: boolean;
}

/**
 * At most `countMax` pieces of at most `lengthMax` characters, and at least one for a text that is not empty. None begins or ends
 * with a blank, and none but the first with what `mayBegin` does not allow. The text has no two blanks in a row.
 */
export function piecesOf(
  text: string,
  lengthMax: number,
  countMax: number,
  mayBegin: (character: string) => boolean = () => true,
): Pieces {
  const pieces: string[] = [];
  let from = 0;
  while (from < text.length && pieces.length < countMax) {
    const to = text.length - from <= lengthMax ? text.length : cutAt(text, from, from + lengthMax, mayBegin);
    pieces.push(text.slice(from, to).trimEnd());
    from = to;
  }
  return { pieces, isCut: from < text.length };
}

/** The last place before `to` where a cut does no harm; `to` itself where there is none. */
function cutAt(text: string, from: number, to: number, mayBegin: (character: string) => boolean): number {
  for (let at = to; at > from + 1; at -= 1) {
    const [before = '', after = ''] = [text[at - 1], text[at]];
    const isInCharacter = after >= '\udc00' && after <= '\udfff';
    if (before !== ' ' && after !== ' ' && !isInCharacter && mayBegin(after)) return at;
  }
  return to;
}
