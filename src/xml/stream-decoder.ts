/** Decodes the bytes of one encoding piece by piece, and says where that was not possible. */
import type { XmlEncoding } from './sniff-encoding.ts';

/** A decoder of pieces in their order; a character may be divided between two of them. */
export interface StreamDecoder {
  /** The characters that are complete; undefined when the bytes are not of this encoding. */
  decode(bytes: Uint8Array): string | undefined;
  /** To be called once after the last piece; undefined when a character was not complete. */
  end(): string | undefined;
}

/** A byte order mark is left out. */
export function streamDecoder(encoding: XmlEncoding): StreamDecoder {
  // To the Encoding Standard ISO-8859-1 is another name of windows-1252, so it is decoded here: byte for code point.
  if (encoding === 'iso-8859-1') {
    return { decode: (bytes) => Buffer.from(bytes).toString('latin1'), end: () => '' };
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  return {
    decode: (bytes) => attempt(() => decoder.decode(bytes, { stream: true })),
    end: () => attempt(() => decoder.decode()),
  };
}

/** TextDecoder tells by an exception, which is an expected outcome here. */
function attempt(decode: () => string): string | undefined {
  try {
    return decode();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
