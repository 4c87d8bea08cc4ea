/** Canonicalizes a string for tests. */
import { Canonicalizer, type CanonicalizerOptions } from '../../src/xml/canonicalizer.ts';
import { type XmlFault, XmlReader } from '../../src/xml/xml-reader.ts';

/** The canonical form, or the fault of the reader or of the canonicalizer. */
export function canonicalize(
  document: string | Uint8Array,
  options: CanonicalizerOptions,
  chunkBytes = 1 << 20,
): string | XmlFault {
  const parts: Buffer[] = [];
  const canonicalizer = new Canonicalizer((bytes) => parts.push(Buffer.from(bytes)), options);
  const reader = new XmlReader(canonicalizer);
  const bytes = Buffer.from(document);
  for (let at = 0; at < bytes.length; at += chunkBytes) reader.write(bytes.subarray(at, at + chunkBytes));
  return reader.end() ?? canonicalizer.finish() ?? Buffer.concat(parts).toString('utf8');
}
