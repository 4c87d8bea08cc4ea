/** Reads a document for tests and writes down what the reader told, one line an event. */
import { type XmlFault, XmlReader, type XmlLimits } from '../../src/xml/xml-reader.ts';

export interface Recorded {
  readonly events: readonly string[];
  readonly fault: XmlFault | undefined;
}

/** Adjacent pieces of text are joined, so the outcome does not depend on the size of the chunks. */
export function recordEvents(
  document: string | Uint8Array,
  chunkBytes = 1 << 20,
  limits: Partial<XmlLimits> = {},
): Recorded {
  const events: string[] = [];
  let pieces: Buffer[] = [];
  const tell = (event: string) => {
    if (pieces.length > 0) events.push(`text ${JSON.stringify(Buffer.concat(pieces).toString('utf8'))}`);
    pieces = [];
    if (event !== '') events.push(event);
  };
  const reader = new XmlReader(
    {
      start({ name, attributes, declarations, depth, line, column, offset }) {
        const shown = attributes.map(
          (one) => `${one.name.prefix}|${one.name.local}|${one.name.namespace}=${one.value}`,
        );
        const scopes = declarations.map((one) => `xmlns:${one.prefix}=${one.namespace}`);
        const what = `${name.prefix}|${name.local}|${name.namespace}`;
        tell(['start', what, ...shown, ...scopes, `depth ${depth} at ${line}:${column} ${offset}`].join(' '));
      },
      text: (bytes, from, to) => pieces.push(Buffer.from(bytes.slice(from, to))),
      end: ({ name, line, column, offset, endOffset }) =>
        tell(`end ${name.local} at ${line}:${column} ${offset}-${endOffset}`),
      comment: (text, from, to) => tell(`comment ${JSON.stringify(text)} ${from}-${to}`),
      instruction: (target, data, from, to) =>
        tell(`instruction ${target} ${JSON.stringify(data)} ${from}-${to}`),
    },
    limits,
  );
  const bytes = Buffer.from(document);
  let fault: XmlFault | undefined;
  for (let at = 0; at < bytes.length && fault === undefined; at += chunkBytes) {
    // A copy that is destroyed afterwards: the reader must not keep the chunk. A Buffer, whose `slice` is no copy.
    const chunk = Buffer.from(bytes.subarray(at, at + chunkBytes));
    fault = reader.write(chunk);
    chunk.fill(0x78);
  }
  fault ??= reader.end();
  tell('');
  return { events, fault };
}
