/** Reads one reference where `&` stands, in text and in attribute values alike. */
import { HASH, NAME_BYTE, SEMICOLON } from './characters.ts';
import { INCOMPLETE, type ReaderState } from './reader-state.ts';
import { REFERENCE_BYTES_MAX, referencedCharacter } from './references.ts';
import { utf8String } from './utf8.ts';

/** The outcome of the last reading. */
export interface Reference {
  /** The character referred to. */
  text: string;
}

/** Fills `into` and returns the index after `;`, INCOMPLETE or FAULTED. */
export function readReference(
  state: ReaderState,
  bytes: Uint8Array,
  at: number,
  end: number,
  into: Reference,
): number {
  let i = at + 1;
  const limit = Math.min(end, i + REFERENCE_BYTES_MAX);
  while (i < limit && (NAME_BYTE[bytes[i] ?? 0] === 1 || bytes[i] === HASH)) i++;
  if (i === end && i - at <= REFERENCE_BYTES_MAX) return INCOMPLETE;
  if (bytes[i] !== SEMICOLON) {
    return state.fail(
      'xml.entity',
      "'&' does not start a reference that ends in ';'; write &amp; for the sign itself.",
      at,
    );
  }
  const inside = utf8String(bytes, at + 1, i);
  const text = referencedCharacter(inside);
  if (text === undefined) {
    return bytes[at + 1] === HASH
      ? state.fail('xml.char', `&${inside}; does not refer to a character that XML allows.`, at)
      : state.fail(
          'xml.entity',
          `The entity &${inside}; is not declared; there are only amp, lt, gt, apos and quot.`,
          at,
        );
  }
  into.text = text;
  return i + 1;
}
