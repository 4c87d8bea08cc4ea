// Finds the part of a message that a signature covers, and hands it on as a document of its own.
import { ScopedMap } from '../xml/scoped-map.ts';
import type {
  XmlEnd,
  XmlFault,
  XmlName,
  XmlPassing,
  XmlPosition,
  XmlStart,
  XmlVisitor,
} from '../xml/xml-reader.ts';
import { xmldsigNamespace, type SignatureProfile } from './signature-profile.ts';

/** The wrapper is the message itself, or the first element in the body of a SOAP 1.1 envelope. */
export type WrapperPlace = 'root' | 'soap-body';

/** Who hears what a scope covers. */
export type ScopedVisitor = Required<XmlVisitor>;

export const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';

/**
 * Knows where the wrapper is. With the context `envelope` the whole message is handed on, else only the wrapper and
 * what is in it. Namespaces from outside the wrapper are not part of a document of its own; exclusive
 * canonicalization writes the used ones down, inclusive cannot, so there a prefix declared outside is a fault.
 */
export class SignedScope {
  readonly #wrapperDepth: number;
  #fault: XmlFault | undefined;
  readonly #whole: boolean;
  readonly #ownPrefixes: boolean;
  readonly #declared = new ScopedMap();
  #inBody = false;
  #seen = false;
  #inside = false;

  constructor(profile: Pick<SignatureProfile, 'c14n' | 'context'>, place: WrapperPlace) {
    this.#wrapperDepth = place === 'root' ? 1 : 3;
    this.#whole = profile.context === 'envelope';
    this.#ownPrefixes = !this.#whole && profile.c14n === 'inclusive';
  }

  /** The first fault so far. */
  get fault(): XmlFault | undefined {
    return this.#fault;
  }

  /** The fault of a message that has ended, if there is one. */
  finish(): XmlFault | undefined {
    if (!this.#seen) {
      const message = 'There is no wrapper element at its place in the message.';
      this.#fault ??= { rule: 'signature.no-wrapper', message, line: 1, column: 1, offset: 0 };
    }
    return this.#fault;
  }

  /** Whether the start at hand, already handed to `visitor`, is that of a child of the wrapper. */
  isChild(start: XmlStart): boolean {
    return this.#inside && start.depth === this.#wrapperDepth + 1;
  }

  /** The signature that stands in the wrapper. */
  isSignature(start: XmlStart): boolean {
    return this.isChild(start) && isSignatureName(start.name);
  }

  /** The `Document` that stands in the wrapper. */
  isDocument(start: XmlStart): boolean {
    return this.isChild(start) && start.name.local === 'Document';
  }

  /** Deeper than this no element is asked about. */
  get chosenDepthMax(): number {
    return this.#wrapperDepth + 1;
  }

  /** Whether what is told at the moment is handed on. */
  get covers(): boolean {
    return this.#inside || this.#whole;
  }

  /** For the reader; what is covered goes on to `inner`. */
  visitor(inner: ScopedVisitor): ScopedVisitor {
    return new CoveredPart(this, inner);
  }

  /** To be told of every start before anybody asks about it. */
  enter(start: XmlStart): void {
    if (start.depth === 2)
      this.#inBody = start.name.local === 'Body' && start.name.namespace === soapNamespace;
    if (!this.#seen && start.depth === this.#wrapperDepth && (start.depth === 1 || this.#inBody)) {
      this.#seen = true;
      this.#inside = true;
    }
    if (this.#inside && this.#ownPrefixes) this.#checkPrefixes(start);
  }

  /** To be told of every end after everybody was told of it. */
  leave({ depth }: XmlEnd): void {
    if (this.#inside && depth === this.#wrapperDepth) this.#inside = false;
    this.#declared.leave(depth);
  }

  /** A comment anywhere in the message: canonicalization leaves it out, so whoever verifies such a message refuses it. */
  refuseComment({ line, column, offset }: XmlPosition): void {
    const message = 'The message holds a comment, and comments are never signed.';
    this.#fault ??= { rule: 'signature.comment', message, line, column, offset };
  }

  #checkPrefixes(start: XmlStart): void {
    for (const { prefix, namespace } of start.declarations)
      this.#declared.set(prefix, namespace, start.depth);
    const names = [
      start.name,
      ...start.attributes.map(({ name }) => name).filter(({ prefix }) => prefix !== ''),
    ];
    const stranger = names.find(
      ({ prefix, namespace }) => prefix !== 'xml' && (this.#declared.get(prefix) ?? '') !== namespace,
    );
    if (stranger === undefined) return;
    const what = stranger.prefix === '' ? 'The default namespace' : `The prefix ${stranger.prefix}`;
    const { line, column, offset } = start;
    const message = `${what} is declared outside the wrapper, so inclusive canonicalization of the wrapper alone would lose it.`;
    this.#fault ??= { rule: 'signature.prefix-from-outside', message, line, column, offset };
  }
}

/** Hands on what the scope covers. */
class CoveredPart implements ScopedVisitor, XmlPassing {
  readonly passing = this;
  readonly #scope: SignedScope;
  readonly #inner: ScopedVisitor;

  constructor(scope: SignedScope, inner: ScopedVisitor) {
    this.#scope = scope;
    this.#inner = inner;
  }

  start(start: XmlStart): void {
    this.#scope.enter(start);
    if (this.#scope.covers) this.#inner.start(start);
  }

  text(bytes: Uint8Array, from: number, to: number, position: XmlPosition, canonical?: boolean): void {
    if (this.#scope.covers) this.#inner.text(bytes, from, to, position, canonical);
  }

  end(end: XmlEnd): void {
    if (this.#scope.covers) this.#inner.end(end);
    this.#scope.leave(end);
  }

  comment(text: string, from: number, to: number, position: XmlPosition): void {
    this.#scope.refuseComment(position);
    if (this.#scope.covers) this.#inner.comment(text, from, to, position);
  }

  instruction(target: string, data: string, from: number, to: number): void {
    if (this.#scope.covers) this.#inner.instruction(target, data, from, to);
  }

  release(): void {
    this.#inner.release();
  }

  get version(): number {
    return this.#inner.passing.version;
  }

  mayPass(name: XmlName, depth: number): boolean {
    const { covers, chosenDepthMax } = this.#scope;
    return covers && depth > chosenDepthMax && this.#inner.passing.mayPass(name, depth);
  }

  pass(bytes: Uint8Array, from: number, to: number): void {
    if (this.#scope.covers) this.#inner.passing.pass(bytes, from, to);
  }
}

export function isSignatureName(name: XmlName): boolean {
  return name.local === 'Signature' && name.namespace === xmldsigNamespace;
}
