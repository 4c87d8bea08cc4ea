// Reads the tags, lengths and contents of DER (ITU-T X.690), as far as a certificate's names need it.

export interface DerValue {
  /** The whole identifier octet. */
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content as they stand. */
  readonly whole: Uint8Array;
}

/**
 * The values that follow one another in these bytes, which come out of a certificate that OpenSSL has already
 * parsed: broken DER is a bug and throws.
 */
export function derValues(bytes: Uint8Array): readonly DerValue[] {
  const values: DerValue[] = [];
  let position = 0;
  while (position < bytes.length) {
    const first = bytes[position + 1] ?? 0;
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    const from = position + 2 + lengthBytes;
    const length =
      lengthBytes === 0
        ? first
        : bytes.subarray(position + 2, from).reduce((sum, byte) => sum * 256 + byte, 0);
    if (from + length > bytes.length) throw new Error('a DER value is longer than what holds it');
    values.push({
      tag: bytes[position] ?? 0,
      content: bytes.subarray(from, from + length),
      whole: bytes.subarray(position, from + length),
    });
    position = from + length;
  }
  return values;
}

/** The dotted form of an object identifier's content (X.690 section 8.19). */
export function derObjectIdentifier(content: Uint8Array): string {
  const numbers: number[] = [];
  let number = 0;
  for (const byte of content) {
    number = number * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (numbers.length > 0) numbers.push(number);
    else if (number < 80) numbers.push(Math.floor(number / 40), number % 40);
    else numbers.push(2, number - 80);
    number = 0;
  }
  return numbers.join('.');
}

/** A two's complement integer of any length (X.690 section 8.3). */
export function derInteger(content: Uint8Array): bigint {
  return BigInt.asIntN(content.length * 8, BigInt(`0x${Buffer.from(content).toString('hex') || '0'}`));
}
