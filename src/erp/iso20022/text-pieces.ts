// Texts against the lengths of ISO 20022, which count characters and not units of UTF-16.

/** True for a text of 1 to `max` characters. */
export function fits(text: string, max: number): boolean {
  const { length } = Array.from(text);
  return length > 0 && length <= max;
}

/**
 * The whole text in pieces of at most `max` characters, cut after a blank where one is near; none for an empty text.
 * Joined they are the text again.
 */
export function cutIntoPieces(text: string, max: number): readonly string[] {
  const characters = Array.from(text);
  const pieces: string[] = [];
  for (let from = 0; from < characters.length;) {
    const to = characters.length - from <= max ? characters.length : pieceEnd(characters, from, max);
    pieces.push(characters.slice(from, to).join(''));
    from = to;
  }
  return pieces;
}

/** After the last blank in the second half of what fits, so that people can read the pieces; else all that fits. */
function pieceEnd(characters: readonly string[], from: number, max: number): number {
  const blank = characters.lastIndexOf(' ', from + max - 1);
  return blank >= from + Math.floor(max / 2) ? blank + 1 : from + max;
}
