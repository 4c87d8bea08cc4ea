/**
 * Canonical XML as a stream: from reader events to the bytes that are hashed and signed. What the input already writes
 * as it must be is handed on as a run of the input's bytes.
 */
import { ByteBuffer } from './byte-buffer.ts';
import { compareAttributes, compareCodePoints } from './canonical-order.ts';
import { escapeAttribute } from './escape.ts';
import { InheritedXmlAttributes } from './inherited-xml-attributes.ts';
import { ScopedMap } from './scoped-map.ts';
import type {
  NamespaceDeclaration,
  XmlAttribute,
  XmlEnd,
  XmlFault,
  XmlName,
  XmlPassing,
  XmlPosition,
  XmlStart,
  XmlVisitor,
} from './xml-events.ts';

export interface CanonicalizerOptions {
  /** 'exclusive': Exclusive XML Canonicalization 1.0. 'inclusive': Canonical XML 1.0; 'inclusive-1.1': version 1.1. */
  readonly method: 'exclusive' | 'inclusive' | 'inclusive-1.1';
  /** Keep comments; default no. */
  readonly comments?: boolean;
  /** Exclusive only, its InclusiveNamespaces PrefixList: prefixes handled as in inclusive; '' or '#default' is the default namespace. */
  readonly inclusivePrefixes?: readonly string[];
  /** Canonicalize only the first element this holds for, with what is in it; default the whole document. */
  readonly apex?: (start: XmlStart) => boolean;
  /** Leave out elements this holds for, with all that is in them (the enveloped-signature transform). */
  readonly omit?: (start: XmlStart) => boolean;
  /** Neither of the two holds for an element deeper than this; default unknown. */
  readonly chosenDepthMax?: number;
}

/**
 * Writes the canonical form of what it is told to a sink, which may use the bytes only during its call. After the
 * reader's end call `finish`; before that the bytes are neither complete nor approved.
 */
export class Canonicalizer implements Required<XmlVisitor>, XmlPassing {
  readonly #options: CanonicalizerOptions;
  readonly #out: ByteBuffer;
  /** What is in scope in the document. */
  readonly #inScope = new ScopedMap();
  /** What is in scope in the output, as far as it was written there. */
  readonly #rendered = new ScopedMap();
  readonly #inherited = new InheritedXmlAttributes();
  readonly #prefixList: readonly string[];
  readonly passing = this;
  /** Changes with what is in scope in the output. */
  version = 0;
  readonly #chosenDepthMax: number;
  readonly #tags = new Map<XmlName, { readonly open: Buffer; readonly close: Buffer }>();
  /** A prefix that is known to be in scope in the output with this namespace. */
  #settledPrefix: string | undefined;
  #settledNamespace = '';
  #depth = 0;
  /** Depth of the apex while in it; 0 outside. The document itself counts as an apex of depth 1. */
  #apexDepth = 0;
  #apexSeen = false;
  /** Depth of the omitted element while in it; 0 outside. */
  #omittedDepth = 0;
  #fault: XmlFault | undefined;

  constructor(sink: (bytes: Uint8Array) => void, options: CanonicalizerOptions) {
    this.#options = options;
    this.#out = new ByteBuffer(sink);
    const choosesAny = options.apex !== undefined || options.omit !== undefined;
    this.#chosenDepthMax = options.chosenDepthMax ?? (choosesAny ? Infinity : 1);
    this.#prefixList = (options.inclusivePrefixes ?? []).map((prefix) =>
      prefix === '#default' ? '' : prefix,
    );
  }

  /** Hands on the last bytes. The fault if there is no canonical form: no apex found, or a relative namespace URI (Canonical XML 1.0 section 1.3). */
  finish(): XmlFault | undefined {
    this.#out.flush();
    if (this.#fault === undefined && !this.#apexSeen) {
      const message = 'The element to canonicalize is not in the document.';
      this.#fault = { rule: 'xml.c14n.apex', message, line: 1, column: 1, offset: 0 };
    }
    return this.#fault;
  }

  start(start: XmlStart): void {
    this.#depth = start.depth;
    if (start.declarations.length > 0) this.#declare(start);
    if (this.#omittedDepth > 0) return;
    if (this.#apexDepth === 0 && !this.#isApex(start)) {
      this.#inherited.enter(start);
      return;
    }
    if (this.#options.omit?.(start) === true) this.#omittedDepth = start.depth;
    else if (this.#isVerbatim(start)) this.#out.writeVerbatim(start.bytes, start.from, start.to);
    else this.#writeStart(start);
  }

  text(bytes: Uint8Array, from: number, to: number, _position?: XmlPosition, canonical = false): void {
    if (!this.#isWriting()) return;
    if (canonical) this.#out.writeVerbatim(bytes, from, to);
    else this.#out.writeText(bytes, from, to);
  }

  end(end: XmlEnd): void {
    const { depth } = end;
    if (this.#isWriting()) {
      if (end.canonical) this.#out.writeVerbatim(end.bytes, end.from, end.to);
      else this.#out.writeBytes(this.#tag(end.name).close);
      if (this.#rendered.leave(depth)) this.#changeScope();
    }
    if (this.#inScope.leave(depth)) this.#changeScope();
    this.#inherited.leave(depth);
    if (this.#omittedDepth === depth) this.#omittedDepth = 0;
    if (this.#apexDepth === depth) this.#apexDepth = 0;
    this.#depth = depth - 1;
  }

  comment(text: string): void {
    if (this.#options.comments === true) this.#writeMisc(`<!--${text}-->`);
  }

  instruction(target: string, data: string): void {
    this.#writeMisc(data === '' ? `<?${target}?>` : `<?${target} ${data}?>`);
  }

  release(): void {
    this.#out.release();
  }

  mayPass(name: XmlName, depth: number): boolean {
    if (depth <= this.#chosenDepthMax) return false;
    return this.#options.method !== 'exclusive' || (this.#isWriting() && this.#isRendered(name));
  }

  pass(bytes: Uint8Array, from: number, to: number): void {
    if (this.#isWriting()) this.#out.writeVerbatim(bytes, from, to);
  }

  /** Whether a start tag may stay as it is written. */
  #isVerbatim({ canonical, declarations, attributes, name, depth }: XmlStart): boolean {
    if (!canonical || declarations.length > 0 || depth === this.#apexDepth) return false;
    // In inclusive canonicalization all that is in scope around this element has been written there.
    if (this.#options.method === 'exclusive' && !this.#isRendered(name)) return false;
    return attributes.length === 0 || this.#areVerbatim(attributes);
  }

  #areVerbatim(attributes: readonly XmlAttribute[]): boolean {
    for (let k = 0; k < attributes.length; k++) {
      const [attribute, before] = [attributes[k], attributes[k - 1]];
      if (attribute === undefined) return false;
      if (before !== undefined && compareAttributes(before, attribute) > 0) return false;
      const { name } = attribute;
      if (this.#options.method === 'exclusive' && name.prefix !== '' && !this.#isRendered(name)) return false;
    }
    return true;
  }

  /** Whether the namespace of this name is in scope in the output. */
  #isRendered({ prefix, namespace }: XmlName): boolean {
    if (prefix === this.#settledPrefix && namespace === this.#settledNamespace) return true;
    if (this.#lacks(prefix, namespace)) return false;
    this.#settledPrefix = prefix;
    this.#settledNamespace = namespace;
    return true;
  }

  #isApex(start: XmlStart): boolean {
    if (this.#apexSeen || this.#options.apex?.(start) === false) return false;
    this.#apexSeen = true;
    this.#apexDepth = start.depth;
    return true;
  }

  #isWriting(): boolean {
    return this.#apexDepth > 0 && this.#omittedDepth === 0;
  }

  /** Outside the root element comments and instructions stand on lines of their own, if the whole document is wanted. */
  #writeMisc(text: string): void {
    if (this.#isWriting()) this.#out.writeString(text);
    else if (this.#depth === 0 && this.#options.apex === undefined) {
      this.#out.writeString(this.#apexSeen ? `\n${text}` : `${text}\n`);
    }
  }

  #declare(start: XmlStart): void {
    for (const declaration of start.declarations) this.#enterScope(declaration, start);
    this.#changeScope();
  }

  #changeScope(): void {
    this.version++;
    this.#settledPrefix = undefined;
  }

  #enterScope({ prefix, namespace }: NamespaceDeclaration, start: XmlStart): void {
    this.#inScope.set(prefix, namespace, start.depth);
    if (namespace === '' || ABSOLUTE_URI.test(namespace)) return;
    const { line, column, offset } = start;
    const message = `The namespace ${namespace} is relative, so there is no canonical form.`;
    this.#fault ??= { rule: 'xml.c14n.relative-namespace', message, line, column, offset };
  }

  #writeStart(start: XmlStart): void {
    const { open } = this.#tag(start.name);
    this.#out.writeBytes(open);
    const attributes = start.depth === this.#apexDepth ? this.#apexAttributes(start) : start.attributes;
    const declarations = this.#declarations(start);
    if (declarations.length > 0 || attributes.length > 0)
      this.#writeAttributes(declarations, attributes, start.depth);
    this.#out.writeBytes(TAG_END);
  }

  /** Canonical XML section 2.4: the apex of a subset takes over the xml:* attributes of what is around it. */
  #apexAttributes({ attributes }: XmlStart): readonly XmlAttribute[] {
    switch (this.#options.method) {
      case 'exclusive':
        return attributes;
      case 'inclusive':
        return this.#inherited.joinTo(attributes);
      case 'inclusive-1.1':
        return this.#inherited.simplyJoinTo(attributes);
    }
  }

  #writeAttributes(
    declarations: NamespaceDeclaration[],
    attributes: readonly XmlAttribute[],
    depth: number,
  ): void {
    let text = '';
    if (declarations.length > 0) this.#changeScope();
    declarations.sort((a, b) => compareCodePoints(a.prefix, b.prefix));
    for (const { prefix, namespace } of declarations) {
      this.#rendered.set(prefix, namespace, depth);
      text += ` xmlns${prefix === '' ? '' : ':'}${prefix}="${escapeAttribute(namespace)}"`;
    }
    const sorted = attributes.length > 1 ? [...attributes].sort(compareAttributes) : attributes;
    for (const { name, value } of sorted) text += ` ${qualified(name)}="${escapeAttribute(value)}"`;
    this.#out.writeString(text);
  }

  /** The namespace declarations to write, in no order. */
  #declarations(start: XmlStart): NamespaceDeclaration[] {
    const found: NamespaceDeclaration[] = [];
    if (this.#options.method === 'exclusive') {
      this.#addIfNew(found, start.name.prefix, start.name.namespace);
      for (const { name } of start.attributes) {
        if (name.prefix !== '') this.#addIfNew(found, name.prefix, name.namespace);
      }
      for (const prefix of this.#prefixList) this.#addIfNew(found, prefix, this.#inScope.get(prefix));
    } else if (start.depth === this.#apexDepth) {
      for (const [prefix, namespace] of this.#inScope.entries()) this.#addIfNew(found, prefix, namespace);
    } else {
      for (const { prefix, namespace } of start.declarations) this.#addIfNew(found, prefix, namespace);
    }
    return found;
  }

  /** Adds a declaration unless it is in scope in the output; xmlns="" only where it takes something back. */
  #addIfNew(found: NamespaceDeclaration[], prefix: string, namespace: string | undefined): void {
    if (namespace === undefined || !this.#lacks(prefix, namespace)) return;
    if (!found.some((one) => one.prefix === prefix)) found.push({ prefix, namespace });
  }

  #lacks(prefix: string, namespace: string): boolean {
    const rendered = this.#rendered.get(prefix) ?? (prefix === '' ? '' : undefined);
    return namespace !== rendered && prefix !== 'xml';
  }

  #tag(name: XmlName): { readonly open: Buffer; readonly close: Buffer } {
    const known = this.#tags.get(name);
    if (known !== undefined) return known;
    const made = { open: Buffer.from(`<${qualified(name)}`), close: Buffer.from(`</${qualified(name)}>`) };
    this.#tags.set(name, made);
    return made;
  }
}

const TAG_END = Buffer.from('>');
const ABSOLUTE_URI = /^[A-Za-z][A-Za-z0-9+.-]*:/;

function qualified({ prefix, local }: XmlName): string {
  return prefix === '' ? local : `${prefix}:${local}`;
}
