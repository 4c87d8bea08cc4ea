/** Tells from the first bytes at a '<' what kind of markup it is. */
import { BANG, DASH, OPEN_BRACKET, QUESTION, SLASH } from './characters.ts';

export type MarkupKind =
  'start-tag' | 'end-tag' | 'comment' | 'instruction' | 'cdata' | 'doctype' | 'unknown' | 'incomplete';

/** How many bytes open a CDATA section. */
export const CDATA_OPEN_BYTES = 9;

/** The kind of markup at this '<'; 'incomplete' when the bytes at hand do not tell. */
export function markupKind(bytes: Uint8Array, at: number, end: number): MarkupKind {
  if (at + 1 === end) return 'incomplete';
  const second = bytes[at + 1];
  if (second === SLASH) return 'end-tag';
  if (second === QUESTION) return 'instruction';
  if (second !== BANG) return 'start-tag';
  if (at + 2 === end) return 'incomplete';
  const third = bytes[at + 2];
  if (third === DOCTYPE_INITIAL) return 'doctype';
  if (third === DASH) {
    if (at + 3 === end) return 'incomplete';
    return bytes[at + 3] === DASH ? 'comment' : 'unknown';
  }
  return third === OPEN_BRACKET ? cdataKind(bytes, at, end) : 'unknown';
}

function cdataKind(bytes: Uint8Array, at: number, end: number): MarkupKind {
  for (let k = 0; k < CDATA_OPEN_BYTES; k++) {
    if (at + k === end) return 'incomplete';
    if (bytes[at + k] !== CDATA_OPEN[k]) return 'unknown';
  }
  return 'cdata';
}

const CDATA_OPEN = Buffer.from('<![CDATA[');
const DOCTYPE_INITIAL = 0x44;
