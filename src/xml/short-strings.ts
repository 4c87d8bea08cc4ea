/** A small cache from ASCII bytes to strings: payment files repeat values such as currency codes a million times. */
import { utf8String } from './utf8.ts';

const SLOTS = 512;
const SHORT_MAX = 32;

/** Gives the string of a run of ASCII bytes, without making it anew when the same was asked for lately. */
export class ShortStrings {
  readonly #slots = new Array<string>(SLOTS).fill('');

  get(bytes: Uint8Array, from: number, to: number): string {
    if (to - from > SHORT_MAX) return utf8String(bytes, from, to);
    let hash = to - from;
    for (let i = from; i < to; i++) hash = (Math.imul(hash, 31) + (bytes[i] ?? 0)) | 0;
    const slot = (hash ^ (hash >>> 9)) & (SLOTS - 1);
    const known = this.#slots[slot] ?? '';
    if (isAscii(known, bytes, from, to)) return known;
    const made = utf8String(bytes, from, to);
    this.#slots[slot] = made;
    return made;
  }
}

function isAscii(text: string, bytes: Uint8Array, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let i = from; i < to; i++) if (text.charCodeAt(i - from) !== bytes[i]) return false;
  return true;
}
