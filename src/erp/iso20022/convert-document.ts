// Brings a pain.001.001.09 into version 3, the one the core of the bank takes, or says what of it does not fit there.

import type { Fault } from '../../domain/fault.ts';
import { DocumentChecker } from '../../iso20022/document-checker.ts';
import { pain00100103 } from '../../iso20022/messages/pain.001.001.03.ts';
import { pain00100109 } from '../../iso20022/messages/pain.001.001.09.ts';
import { decodeToUtf8, readEncodedXml } from '../../xml/decode.ts';
import { XmlReader } from '../../xml/xml-reader.ts';
import type { XmlFault, XmlStart, XmlVisitor } from '../../xml/xml-reader.ts';
import type { ByteSource, Conversion } from '../format.ts';
import { DocumentText } from './document-text.ts';
import { Version3Visitor } from './version-3-visitor.ts';

/**
 * A first pass converts and checks without keeping anything; the bytes it promises are then converted anew on each
 * iteration, which gives the same bytes each time and keeps memory flat. Another version than pain.001.001.09 is only brought
 * into UTF-8, in which its pieces lie where they were read.
 */
export async function convertDocument(source: ByteSource): Promise<Conversion> {
  const { namespace, isUtf8 } = await headOf(source);
  if (namespace !== pain00100109.namespace)
    return isUtf8 ? { kind: 'as-is' } : { kind: 'converted', bytes: iterating(() => utf8Bytes(source)) };
  const checker = new DocumentChecker(pain00100103, {});
  refuseFault(await readEncodedXml(source(), new Version3Visitor(checker)));
  if (checker.faultCount > 0) return { kind: 'impossible', faults: checker.faults.map(notInVersion3) };
  return { kind: 'converted', bytes: iterating(() => convertedBytes(source)) };
}

function iterating(bytes: () => AsyncGenerator<Uint8Array, void>): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: bytes };
}

async function* utf8Bytes(source: ByteSource): AsyncGenerator<Uint8Array, void> {
  const decoded = await decodeToUtf8(source());
  yield* decoded.bytes;
  refuseFault(decoded.fault());
}

async function* convertedBytes(source: ByteSource): AsyncGenerator<Uint8Array, void> {
  const text = new DocumentText();
  const reader = new XmlReader(new Version3Visitor(text));
  const decoded = await decodeToUtf8(source());
  for await (const chunk of decoded.bytes) {
    refuseFault(reader.write(chunk));
    yield* text.drain();
  }
  refuseFault(decoded.fault() ?? reader.end());
  yield* text.drain(true);
}

/** Only files that were read without faults come here. */
function refuseFault(fault: XmlFault | undefined): void {
  if (fault !== undefined) throw new Error(`The file has changed since it was checked: ${fault.message}`);
}

interface Head {
  /** Of the root element; '' where there is none to be found. */
  readonly namespace: string;
  /** Whether decoding changes nothing; it would change the encoding that the head declares. */
  readonly isUtf8: boolean;
}

async function headOf(source: ByteSource): Promise<Head> {
  let namespace: string | undefined;
  const visitor: XmlVisitor = {
    start: (start: XmlStart) => {
      namespace ??= start.name.namespace;
    },
  };
  const reader = new XmlReader(visitor);
  const decoded = await decodeToUtf8(source());
  let head: Uint8Array | undefined;
  for await (const chunk of decoded.bytes) {
    head ??= Buffer.from(chunk);
    const fault = reader.write(chunk);
    if (namespace !== undefined || fault !== undefined) break;
  }
  return { namespace: namespace ?? '', isUtf8: await startsWith(source, head ?? new Uint8Array()) };
}

async function startsWith(source: ByteSource, head: Uint8Array): Promise<boolean> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source()) {
    pieces.push(Buffer.from(piece));
    length += piece.length;
    if (length >= head.length) break;
  }
  return Buffer.concat(pieces).subarray(0, head.length).equals(head);
}

/** The checker's sentence says what is wrong in version 3; what to do about it is to be done in version 9. */
function notInVersion3(fault: Fault): Fault {
  return {
    ...fault,
    rule: fault.rule.replace(/^schema\./, 'conversion.'),
    message: `The bank takes pain.001.001.03, which cannot hold this: ${fault.message}`,
    remedy: REMEDIES.get(fault.rule) ?? fault.remedy,
  };
}

const REMEDIES = new Map([
  ['schema.unknown-element', 'Leave it out; nothing in pain.001.001.03 can carry it to the bank.'],
  [
    'schema.element-in-value',
    'Give a day in Dt instead of an instant, a code in Cd instead of one of your own, or leave it out.',
  ],
]);
