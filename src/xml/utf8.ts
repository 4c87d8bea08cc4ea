/** Strict UTF-8 (RFC 3629), one character at a time, and strings out of checked bytes. */

/** The character is not complete: more bytes are needed. */
export const UTF8_INCOMPLETE = 0;
/** Not UTF-8: a stray or missing continuation byte, an overlong form, a surrogate, or beyond U+10FFFF. */
export const UTF8_INVALID = -1;
/** UTF-8, but U+FFFE or U+FFFF, which production [2] Char of XML 1.0 leaves out. */
export const UTF8_NOT_XML = -2;

/** Length in bytes, 2 to 4, of the character beyond ASCII that starts at `at`, or one of the codes above. */
export function wideLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] ?? 0;
  const length = expectedLength(lead);
  if (length === 0) return UTF8_INVALID;
  for (let k = 1; k < length; k++) {
    if (at + k >= end) return UTF8_INCOMPLETE;
    const byte = bytes[at + k] ?? 0;
    if ((byte & 0xc0) !== 0x80 || (k === 1 && !secondFits(lead, byte))) return UTF8_INVALID;
  }
  const last = bytes[at + 2] ?? 0;
  if (lead === 0xef && bytes[at + 1] === 0xbf && last >= 0xbe) return UTF8_NOT_XML;
  return length;
}

/** How many bytes a character with this first byte has; 0 where no character starts so. */
export function expectedLength(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

/** The second byte shuts out overlong forms, surrogates and code points beyond the last. */
function secondFits(lead: number, byte: number): boolean {
  if (lead === 0xe0) return byte >= 0xa0;
  if (lead === 0xed) return byte < 0xa0;
  if (lead === 0xf0) return byte >= 0x90;
  if (lead === 0xf4) return byte < 0x90;
  return true;
}

/** The string of bytes that are known to be UTF-8. */
export function utf8String(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
}
