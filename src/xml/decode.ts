/** Turns a document of any supported encoding into UTF-8 on its way to the reader. */
import {
  declaredEncoding,
  declareUtf8,
  HEAD_BYTES,
  sniffEncoding,
  type XmlEncoding,
} from './sniff-encoding.ts';
import { type StreamDecoder, streamDecoder } from './stream-decoder.ts';
import type { XmlFault, XmlLimits, XmlVisitor } from './xml-events.ts';
import { readXml } from './read-xml.ts';

export { sniffEncoding, type XmlEncoding } from './sniff-encoding.ts';

export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** A document on its way through decoding. */
export interface DecodedSource {
  /** What the source is encoded in; undefined when that is not supported. */
  readonly encoding: XmlEncoding | undefined;
  /** The document in UTF-8, to be read once. It ends early at a fault. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Why the bytes ended early. To be asked after they ended, and before what a reader made of them. */
  fault(): XmlFault | undefined;
}

/**
 * Looks at the head of a source and gives the document in UTF-8: UTF-8 untouched, anything else with its XML
 * declaration turned to UTF-8 (positions are then those in the UTF-8 form). What the source throws is thrown.
 */
export async function decodeToUtf8(source: ByteSource): Promise<DecodedSource> {
  const chunks = chunksOf(source);
  const head = await readHead(chunks);
  const encoding = sniffEncoding(head);
  if (typeof encoding !== 'string')
    return { encoding: undefined, bytes: joined([], []), fault: () => encoding };
  if (encoding === 'utf-8' && isDeclaredUtf8(head)) {
    return { encoding, bytes: joined([head], chunks), fault: () => undefined };
  }
  let fault: XmlFault | undefined;
  const bytes = decoded(joined([head], chunks), streamDecoder(encoding), (offset) => {
    const message = `The bytes before offset ${offset} are not all ${encoding}.`;
    fault = { rule: 'xml.encoding', message, line: 1, column: 1, offset };
  });
  return { encoding, bytes, fault: () => fault };
}

/** Decodes and reads a whole document; the fault of either, that of the decoding first. */
export async function readEncodedXml(
  source: ByteSource,
  visitor: XmlVisitor,
  limits?: Partial<XmlLimits>,
): Promise<XmlFault | undefined> {
  const decodedSource = await decodeToUtf8(source);
  const fault = await readXml(decodedSource.bytes, visitor, limits);
  return decodedSource.fault() ?? fault;
}

/** One iterator for both the head and the rest, which `for await` would close in between. */
async function* chunksOf(source: ByteSource): AsyncGenerator<Uint8Array, void> {
  yield* source;
}

async function readHead(chunks: AsyncGenerator<Uint8Array, void>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const next = await chunks.next();
    if (next.done === true) break;
    // A copy, for the source may use its buffer again.
    pieces.push(Buffer.from(next.value));
    length += next.value.length;
  }
  const [first, ...more] = pieces;
  return first !== undefined && more.length === 0 ? first : Buffer.concat(pieces);
}

/** The strict reader takes no other name for it, such as `utf8`. */
function isDeclaredUtf8(head: Uint8Array): boolean {
  const declared = declaredEncoding(Buffer.from(head).toString('latin1'));
  return declared === undefined || declared.toLowerCase() === 'utf-8';
}

async function* joined(first: Iterable<Uint8Array>, rest: ByteSource): AsyncGenerator<Uint8Array, void> {
  try {
    yield* first;
    yield* rest;
  } finally {
    // Whoever stops within the head never reaches the rest, which would keep its file open.
    if (Symbol.asyncIterator in rest && 'return' in rest)
      await (rest as AsyncGenerator<Uint8Array>).return(undefined);
  }
}

async function* decoded(
  chunks: AsyncIterable<Uint8Array>,
  decoder: StreamDecoder,
  refuse: (offset: number) => void,
): AsyncGenerator<Uint8Array, void> {
  let received = 0;
  let first = true;
  for await (const chunk of chunks) {
    received += chunk.length;
    const text = decoder.decode(chunk);
    if (text === undefined) {
      refuse(received);
      return;
    }
    // The first chunk is the head, which holds the declaration if there is one.
    yield Buffer.from(first ? declareUtf8(text) : text, 'utf8');
    first = false;
  }
  if (decoder.end() === undefined) refuse(received);
}
