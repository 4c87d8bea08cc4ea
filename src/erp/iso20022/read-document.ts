// Reads a file of the ERP in one pass: decodes, checks against the definition of its message, and tells what is in it.

import type { Fault } from '../../domain/fault.ts';
import type { AccountRequest } from '../../domain/order-event.ts';
import type { MessageDefinition } from '../../iso20022/definition.ts';
import { DocumentChecker } from '../../iso20022/document-checker.ts';
import { camt06000103 } from '../../iso20022/messages/camt.060.001.03.ts';
import { camt06000105 } from '../../iso20022/messages/camt.060.001.05.ts';
import { pain00100103 } from '../../iso20022/messages/pain.001.001.03.ts';
import { pain00100109 } from '../../iso20022/messages/pain.001.001.09.ts';
import { decodeToUtf8 } from '../../xml/decode.ts';
import { XmlReader } from '../../xml/xml-reader.ts';
import type { XmlEnd, XmlPosition, XmlStart, XmlWholes, XmlWholeVisitor } from '../../xml/xml-reader.ts';
import type { ByteSource, PaymentLayout, PaymentSink, ReadVerdict } from '../format.ts';
import { unknownDocument, xmlFault } from './document-faults.ts';
import { PaymentListener } from './payment-listener.ts';
import { RequestListener } from './request-listener.ts';

/**
 * Tells the sink all payments of a pain.001 and gives the requests of a camt.060, with everything that is wrong in form.
 * The sink is told of a file with faults too, so that its rules can be reported together with them. What the source throws
 * is thrown. `complete` is false when the input ended where the document may go on, an empty input included. The source
 * is read to its end whatever is wrong with the document, so that a caller may hash what goes by.
 */
export async function readDocument(source: ByteSource, sink: PaymentSink): Promise<ReadVerdict> {
  const reading = new Reading(sink);
  const reader = new XmlReader(reading);
  const pieces = source()[Symbol.asyncIterator]();
  const decoded = await decodeToUtf8(notClosing(pieces));
  let broken = false;
  for await (const chunk of decoded.bytes) {
    broken = reader.write(chunk) !== undefined;
    if (broken) break;
  }
  while ((await pieces.next()).done !== true);
  const ending = reader.end();
  const undecodable = decoded.fault();
  const fault = undecodable ?? ending;
  const complete = ending === undefined || broken || undecodable !== undefined;
  const faults = reading.faults();
  const own = fault === undefined ? [] : [xmlFault(fault, reading.currentPath(), complete)];
  return {
    messageName: reading.definition?.name,
    kind: reading.kind,
    complete,
    faults: [...faults, ...own],
    faultCount: reading.faultCount() + own.length,
    requests: reading.requests(),
    requestMessageId: reading.request?.messageId,
    layout: reading.layout(faults.length + own.length),
  };
}

/** The pieces one after the other; whoever stops in between leaves the rest for others. */
function notClosing(pieces: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => ({ next: () => pieces.next() }) };
}

/** What an ERP may send, by what becomes of it. */
const TAKEN: ReadonlyMap<
  string,
  { readonly definition: MessageDefinition; readonly kind: 'payment' | 'request' }
> = new Map([
  [pain00100103.namespace, { definition: pain00100103, kind: 'payment' }],
  [pain00100109.namespace, { definition: pain00100109, kind: 'payment' }],
  [camt06000103.namespace, { definition: camt06000103, kind: 'request' }],
  [camt06000105.namespace, { definition: camt06000105, kind: 'request' }],
]);

/** Chooses by the namespace of the root element who is to read the rest. */
class Reading implements XmlWholeVisitor {
  definition: MessageDefinition | undefined;
  kind: ReadVerdict['kind'] = 'unknown';
  request: RequestListener | undefined;
  readonly #sink: PaymentSink;
  #checker: DocumentChecker | undefined;
  #payments: PaymentListener | undefined;
  #unknown: Fault | undefined;

  constructor(sink: PaymentSink) {
    this.#sink = sink;
  }

  start(start: XmlStart): void {
    if (start.depth === 1) this.#choose(start);
    this.#checker?.start(start);
  }

  text(bytes: Uint8Array, from: number, to: number, position: XmlPosition): void {
    this.#checker?.text(bytes, from, to, position);
  }

  end(end: XmlEnd): void {
    this.#checker?.end(end);
  }

  get wholes(): XmlWholes | undefined {
    return this.#checker?.wholes;
  }

  currentPath(): string {
    return this.#checker?.currentPath() ?? '';
  }

  currentIndex(): number {
    return this.#checker?.currentIndex() ?? 1;
  }

  faults(): readonly Fault[] {
    const unknown = this.#unknown === undefined ? [] : [this.#unknown];
    return [...unknown, ...(this.#checker?.faults ?? []), ...(this.request?.faults ?? [])];
  }

  faultCount(): number {
    const unknown = this.#unknown === undefined ? 0 : 1;
    return unknown + (this.#checker?.faultCount ?? 0) + (this.request?.faults.length ?? 0);
  }

  /** Only of the version that is cut as it was read. */
  layout(faultCount: number): PaymentLayout | undefined {
    return this.definition === pain00100103 && faultCount === 0 ? this.#payments?.layout : undefined;
  }

  /** None of a file that has faults: a request is answered whole or not at all. */
  requests(): readonly AccountRequest[] {
    return this.request === undefined || this.faultCount() > 0 ? [] : this.request.requests;
  }

  #choose(root: XmlStart): void {
    const taken = TAKEN.get(root.name.namespace);
    if (taken === undefined) {
      this.#unknown = unknownDocument(
        root,
        [...TAKEN.values()].map(({ definition }) => definition.name),
      );
      return;
    }
    this.definition = taken.definition;
    this.kind = taken.kind;
    if (taken.kind === 'request') this.request = new RequestListener(() => this.currentPath());
    else this.#payments = new PaymentListener(this.#sink, this);
    this.#checker = new DocumentChecker(taken.definition, this.request ?? this.#payments ?? {});
  }
}
