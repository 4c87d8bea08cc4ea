// Takes the answer's document, or its fault, out of the SOAP envelope: exact bytes, as a document of its own.

import { escapeAttribute } from '../../../xml/escape.ts';
import { ScopedMap } from '../../../xml/scoped-map.ts';
import {
  XmlReader,
  type XmlEnd,
  type XmlName,
  type XmlStart,
  type XmlVisitor,
} from '../../../xml/xml-reader.ts';
import type { Unreadable } from '../../channel.ts';
import { unreadable } from './unreadable.ts';

export type Opened =
  /** `content` is the local name of the element below `Document`, e.g. `CstmrPmtStsRpt`. */
  | {
      readonly kind: 'document';
      readonly namespace: string;
      readonly content: string;
      readonly document: Uint8Array;
    }
  /** The `Fault` element as a document. */
  | { readonly kind: 'fault'; readonly document: Uint8Array };

/** Reads the whole envelope once, so that an answer that was cut off is never taken for one. */
export function openEnvelope(answer: Uint8Array): Opened | Unreadable {
  const finder = new ContentFinder();
  const reader = new XmlReader(finder);
  const fault = reader.write(answer) ?? reader.end();
  if (fault !== undefined) return unreadable(`the answer is not XML: ${fault.message} (line ${fault.line})`);
  const found = finder.found;
  if (found === undefined)
    return unreadable('the answer is no SOAP envelope with a document or a fault in it');
  const document = asDocument(answer, found);
  if (found.name.local === 'Fault') return { kind: 'fault', document };
  if (found.content === undefined) return unreadable('the Document in the answer is empty');
  return { kind: 'document', namespace: found.name.namespace, content: found.content, document };
}

interface Found {
  readonly name: XmlName;
  readonly from: number;
  to: number;
  /** Local name of the first child. */
  content: string | undefined;
  /** Declarations from outside that something inside leans on. */
  readonly inherited: Map<string, string>;
}

/** Finds `Envelope/Body/Fault` or `Envelope/Body/<wrapper>/Document`; names of SOAP by local name, 1.1 and 1.2 alike. */
class ContentFinder implements XmlVisitor {
  found: Found | undefined;
  readonly #path: string[] = [];
  /** What is declared around the found element, and what within it. */
  readonly #outside = new ScopedMap();
  readonly #inside = new ScopedMap();
  #depthOfFound = 0;

  start(start: XmlStart): void {
    this.#path.push(start.name.local);
    if (this.#depthOfFound === 0 && this.found === undefined && this.#isContent()) {
      this.#depthOfFound = start.depth;
      this.found = { name: start.name, from: start.offset, to: 0, content: undefined, inherited: new Map() };
    }
    if (this.#depthOfFound === 0 || this.found === undefined) {
      for (const { prefix, namespace } of start.declarations)
        this.#outside.set(prefix, namespace, start.depth);
      return;
    }
    if (start.depth === this.#depthOfFound + 1) this.found.content ??= start.name.local;
    for (const { prefix, namespace } of start.declarations) this.#inside.set(prefix, namespace, start.depth);
    this.#need(start.name.prefix, this.found);
    for (const attribute of start.attributes) {
      if (attribute.name.prefix !== '') this.#need(attribute.name.prefix, this.found);
      // The value of xsi:type is a name with a prefix as well.
      if (attribute.name.namespace === SCHEMA_INSTANCE && attribute.name.local === 'type') {
        this.#need(
          attribute.value.includes(':') ? (attribute.value.split(':')[0] ?? '').trim() : '',
          this.found,
        );
      }
    }
  }

  end(end: XmlEnd): void {
    const depth = this.#path.length;
    this.#path.pop();
    this.#inside.leave(depth);
    this.#outside.leave(depth);
    if (this.found === undefined || depth !== this.#depthOfFound) return;
    this.found.to = end.endOffset;
    this.#depthOfFound = 0;
  }

  #isContent(): boolean {
    const [envelope, body, third, fourth] = this.#path;
    if (envelope !== 'Envelope' || body !== 'Body') return false;
    return this.#path.length === 3 ? third === 'Fault' : this.#path.length === 4 && fourth === 'Document';
  }

  #need(prefix: string, found: Found): void {
    const namespace = this.#outside.get(prefix);
    if (namespace === undefined || namespace === '' || this.#inside.get(prefix) !== undefined) return;
    found.inherited.set(prefix, namespace);
  }
}

const SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

function asDocument(answer: Uint8Array, { name, from, to, inherited }: Found): Uint8Array {
  const nameEnd =
    from + 1 + Buffer.byteLength(name.prefix === '' ? name.local : `${name.prefix}:${name.local}`);
  const declarations = [...inherited]
    .map(
      ([prefix, namespace]) =>
        ` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeAttribute(namespace)}"`,
    )
    .join('');
  return Buffer.concat([
    Buffer.from('<?xml version="1.0" encoding="UTF-8"?>\n'),
    answer.subarray(from, nameEnd),
    Buffer.from(declarations),
    answer.subarray(nameEnd, to),
    Buffer.from('\n'),
  ]);
}
