// Takes the answer's document, or its fault, out of the SOAP envelope: exact bytes, as a document of its own.

import { escapeAttribute } from '../../../xml/escape.ts';
import { ScopedMap } from '../../../xml/scoped-map.ts';
import {
  XmlReader,
  type XmlEnd,
  type XmlName,
  type XmlPosition,
  type XmlStart,
  type XmlWholes,
  type XmlWholeVisitor,
} from '../../../xml/xml-reader.ts';
import type { AnswerBytes, Unreadable } from '../../channel.ts';
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
  if (fault !== undefined) return unreadable(notXml(fault));
  const { found } = finder;
  if (found === undefined) return unreadable(NO_ENVELOPE);
  if (finder.isAmbiguous) return unreadable(SEVERAL_DOCUMENTS);
  const document = Buffer.concat([
    Buffer.from(PROLOG),
    answer.subarray(found.from, found.nameEnd),
    Buffer.from(declarationsOf(found)),
    answer.subarray(found.nameEnd, found.to),
    Buffer.from('\n'),
  ]);
  if (found.name.local === 'Fault') return { kind: 'fault', document };
  if (found.content === undefined) return unreadable(EMPTY_DOCUMENT);
  return { kind: 'document', namespace: found.name.namespace, content: found.content, document };
}

export const NO_ENVELOPE = 'the answer is no SOAP envelope with a document or a fault in it';
/** Which of them another reader would take is not ours to guess. */
export const SEVERAL_DOCUMENTS = 'the answer holds more than one document or fault';
export const EMPTY_DOCUMENT = 'the Document in the answer is empty';

export function notXml({ message, line }: { readonly message: string; readonly line: number }): string {
  return `the answer is not XML: ${message} (line ${line})`;
}

/** What was found in a kept answer, as a document of its own: the same bytes as `openEnvelope` gives, read from the disk. */
export async function* documentIn(answer: AnswerBytes, found: FoundContent): AsyncGenerator<Uint8Array> {
  yield Buffer.from(PROLOG);
  yield* answer({ from: found.from, to: found.nameEnd });
  yield Buffer.from(declarationsOf(found));
  yield* answer({ from: found.nameEnd, to: found.to });
  yield Buffer.from('\n');
}

/** Where the content stands in the answer, in bytes. */
export interface FoundContent {
  readonly name: XmlName;
  /** The line its start tag stands on. */
  readonly line: number;
  readonly from: number;
  /** After the name in its start tag. */
  readonly nameEnd: number;
  readonly to: number;
  /** Local name of the first child. */
  readonly content: string | undefined;
  /** Declarations from outside that something inside leans on. */
  readonly inherited: ReadonlyMap<string, string>;
}

type Growing = { -readonly [Key in keyof FoundContent]: FoundContent[Key] } & {
  readonly inherited: Map<string, string>;
};

/** What is added to a line of the answer to give that of the document as a file of its own, which begins with its declaration. */
export function lineShift(firstLine: number): number {
  return 2 - firstLine;
}

/** Hears what is in the content as the answer has it; `outside` are the namespace declarations around it. */
export type ContentVisitor = (name: XmlName, outside: ReadonlyMap<string, string>) => XmlWholeVisitor;

/** Finds `Envelope/Body/Fault` or `Envelope/Body/<wrapper>/Document`, of SOAP 1.1 and 1.2 alike. */
export class ContentFinder implements XmlWholeVisitor {
  readonly #visitorFor: ContentVisitor;
  #found: Growing | undefined;
  #content: XmlWholeVisitor | undefined;
  readonly #path: string[] = [];
  #depth = 0;
  /** What is declared around the found element, and what within it. */
  readonly #outside = new ScopedMap();
  readonly #inside = new ScopedMap();
  /** Depths at which something was declared within it. */
  readonly #declaring: number[] = [];
  #depthOfFound = 0;
  #isAmbiguous = false;
  /** The prefix looked at last; most elements have that of their neighbour. */
  #seenPrefix: string | undefined;

  constructor(visitorFor: ContentVisitor = () => ({})) {
    this.#visitorFor = visitorFor;
  }

  get found(): FoundContent | undefined {
    return this.#found;
  }

  /** True once a second one has come. */
  get isAmbiguous(): boolean {
    return this.#isAmbiguous;
  }

  /** Those of the content: what it takes has only names that were told here before, and declares nothing. */
  get wholes(): XmlWholes | undefined {
    return this.#depthOfFound > 0 ? this.#content?.wholes : undefined;
  }

  start(start: XmlStart): void {
    this.#depth += 1;
    if (this.#depthOfFound === 0) {
      const isSoap = this.#depth > 2 || SOAP_NAMESPACES.has(start.name.namespace);
      this.#path.push(isSoap ? start.name.local : '');
      const isContent = this.#isContent();
      if (isContent && this.#found === undefined) this.#enter(start);
      else {
        this.#isAmbiguous ||= isContent;
        for (const { prefix, namespace } of start.declarations)
          this.#outside.set(prefix, namespace, this.#depth);
        return;
      }
    }
    const found = this.#found;
    if (found === undefined) return;
    if (found.content === undefined && this.#depth === this.#depthOfFound + 1)
      found.content = start.name.local;
    this.#lean(start, found);
    this.#content?.start?.(start);
  }

  text(bytes: Uint8Array, from: number, to: number, position: XmlPosition): void {
    if (this.#depthOfFound > 0) this.#content?.text?.(bytes, from, to, position);
  }

  end(end: XmlEnd): void {
    const depth = this.#depth;
    this.#depth -= 1;
    if (this.#depthOfFound === 0) {
      this.#path.pop();
      this.#outside.leave(depth);
      return;
    }
    if (this.#declaring.at(-1) === depth) {
      this.#declaring.pop();
      this.#inside.leave(depth);
      this.#seenPrefix = undefined;
    }
    this.#content?.end?.(end);
    if (depth !== this.#depthOfFound || this.#found === undefined) return;
    this.#found.to = end.endOffset;
    this.#depthOfFound = 0;
    this.#path.pop();
  }

  comment(text: string, from: number, to: number, position: XmlPosition): void {
    if (this.#depthOfFound > 0) this.#content?.comment?.(text, from, to, position);
  }

  instruction(target: string, data: string, from: number, to: number): void {
    if (this.#depthOfFound > 0) this.#content?.instruction?.(target, data, from, to);
  }

  #enter({ name, line, offset }: XmlStart): void {
    const written = name.prefix === '' ? name.local : `${name.prefix}:${name.local}`;
    this.#depthOfFound = this.#depth;
    this.#found = {
      name,
      line,
      from: offset,
      nameEnd: offset + 1 + Buffer.byteLength(written),
      to: 0,
      content: undefined,
      inherited: new Map(),
    };
    this.#content = this.#visitorFor(name, new Map(this.#outside.entries()));
  }

  #isContent(): boolean {
    const [envelope, body, third, fourth] = this.#path;
    if (envelope !== 'Envelope' || body !== 'Body') return false;
    return this.#path.length === 3 ? third === 'Fault' : this.#path.length === 4 && fourth === 'Document';
  }

  /** Notes the declarations from outside that the names of this start tag need. */
  #lean({ name, attributes, declarations }: XmlStart, found: Growing): void {
    if (declarations.length > 0) {
      for (const { prefix, namespace } of declarations) this.#inside.set(prefix, namespace, this.#depth);
      this.#declaring.push(this.#depth);
      this.#seenPrefix = undefined;
    }
    if (name.prefix !== this.#seenPrefix) {
      this.#need(name.prefix, found);
      this.#seenPrefix = name.prefix;
    }
    // Most have none, and going through nothing would cost more than all else here.
    if (attributes.length === 0) return;
    for (const attribute of attributes) {
      if (attribute.name.prefix !== '') this.#need(attribute.name.prefix, found);
      // The value of xsi:type is a name with a prefix as well.
      if (attribute.name.namespace === SCHEMA_INSTANCE && attribute.name.local === 'type') {
        const { value } = attribute;
        this.#need(value.includes(':') ? (value.split(':')[0] ?? '').trim() : '', found);
      }
    }
  }

  #need(prefix: string, found: Growing): void {
    const namespace = this.#outside.get(prefix);
    if (namespace === undefined || namespace === '' || this.#inside.get(prefix) !== undefined) return;
    found.inherited.set(prefix, namespace);
  }
}

const SOAP_NAMESPACES: ReadonlySet<string> = new Set([
  'http://schemas.xmlsoap.org/soap/envelope/',
  'http://www.w3.org/2003/05/soap-envelope',
]);
const PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n';
const SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

function declarationsOf({ inherited }: FoundContent): string {
  return [...inherited]
    .map(
      ([prefix, namespace]) =>
        ` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeAttribute(namespace)}"`,
    )
    .join('');
}
