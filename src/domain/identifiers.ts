// Identifiers: drawn once, fixed before the first send, never made from content.

/** Crockford's base 32: no I, L, O, U, so that people can read an id aloud. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID: 48 bits of time and 80 of chance in 26 letters and digits that sort by time. `random` holds 10 bytes. */
export function ulid(nowMs: number, random: Uint8Array): string {
  let value = BigInt(Math.max(0, Math.floor(nowMs))) & 0xffff_ffff_ffffn;
  for (const byte of random.subarray(0, 10)) value = (value << 8n) | BigInt(byte);
  let text = '';
  for (let digit = 0; digit < 26; digit += 1) {
    text = (ALPHABET[Number(value & 31n)] ?? '0') + text;
    value >>= 5n;
  }
  return text;
}

/** Milliseconds since 1970 at which a ULID was drawn. */
export function ulidTimeMs(id: string): number {
  return [...id.slice(0, 10)].reduce((value, letter) => value * 32 + ALPHABET.indexOf(letter), 0);
}

export function isUlid(text: string): boolean {
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text);
}

/**
 * The id of one bank message: prefix (at most 4 letters and digits), order id, part number. Letters and digits only and
 * at most 35 characters, because BNP refuses anything else (cdc.md section 4.4).
 */
export function bankMessageId(prefix: string, orderId: string, part: number): string {
  return `${prefix}${orderId}${part.toString().padStart(3, '0')}`;
}

/**
 * The id of a payment block that had to be cut: order id, `P`, part and block in base 36. Both have a fixed width, so that
 * no two pairs read alike; the result has at most 35 characters.
 */
export function cutBlockId(orderId: string, part: number, block: number): string {
  const inFour = (value: number): string => value.toString(36).toUpperCase().padStart(4, '0');
  const suffix = `P${inFour(part)}${inFour(block)}`;
  return orderId.slice(0, 35 - suffix.length) + suffix;
}
