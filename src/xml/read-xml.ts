/** Reads a whole document from a source of bytes. */
import type { XmlFault, XmlLimits, XmlWholeVisitor } from './xml-events.ts';
import { XmlReader } from './xml-reader.ts';

/** The fault of the document if there is one. Failures of the source itself are thrown. */
export async function readXml(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  visitor: XmlWholeVisitor,
  limits?: Partial<XmlLimits>,
): Promise<XmlFault | undefined> {
  const reader = new XmlReader(visitor, limits);
  for await (const chunk of source) {
    const fault = reader.write(chunk);
    if (fault !== undefined) return fault;
  }
  return reader.end();
}
