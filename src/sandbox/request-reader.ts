// Reads one SOAP request strictly: the envelope, the wrapper, and the document inside it against its definition.

import type { Fault } from '../domain/fault.ts';
import { DocumentChecker } from '../iso20022/document-checker.ts';
import type { ElementListener } from '../iso20022/element-listener.ts';
import { XmlReader } from '../xml/xml-reader.ts';
import type { XmlEnd, XmlPosition, XmlStart, XmlVisitor } from '../xml/xml-reader.ts';
import type { FaultCode } from './fault-codes.ts';
import { operationNamed, WRAPPER_NAMESPACE } from './operations.ts';
import type { Dialect, OfferedOperation } from './operations.ts';

/** Why the bank does not take a request. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly code: FaultCode;
  readonly text: string;
  /** What is wrong in the document, at most a few. */
  readonly faults: readonly Fault[];
}

export interface Request<L> {
  readonly kind: 'request';
  readonly operation: OfferedOperation;
  readonly hasSignature: boolean;
  /** What heard the document. */
  readonly listener: L;
}

export const SOAP_NAMESPACE = 'http://schemas.xmlsoap.org/soap/envelope/';
const SIGNATURE_NAMESPACE = 'http://www.w3.org/2000/09/xmldsig#';

/** Faults of a document that are told in one answer. */
const FAULTS_MAX = 10;

/**
 * The operation a message asks for, with its document told to a listener made for that operation. Refused are: what is not
 * well-formed, a DTD, an envelope that is not SOAP 1.1, header blocks that must be understood and are not, more than one
 * element in the body, an operation the dialect does not offer, anything but `Document` and a signature in the wrapper,
 * and a document that does not follow its definition.
 */
export function readRequest<L extends ElementListener>(
  bytes: Uint8Array,
  dialect: Dialect,
  listenerFor: (operation: OfferedOperation) => L,
): Request<L> | Refusal {
  const envelope = new EnvelopeVisitor(dialect, listenerFor);
  const reader = new XmlReader(envelope);
  const fault = reader.write(bytes) ?? reader.end();
  if (fault !== undefined)
    return refusal('E101', `line ${fault.line}, column ${fault.column}: ${fault.message}`);
  return envelope.outcome();
}

export function refusal(code: FaultCode, text: string, faults: readonly Fault[] = []): Refusal {
  return { kind: 'refusal', code, text, faults };
}

/** Depths of the elements around the document. */
const ENVELOPE = 1;
const PART = 2;
const WRAPPER = 3;
const MEMBER = 4;

class EnvelopeVisitor<L extends ElementListener> implements XmlVisitor {
  readonly #dialect: Dialect;
  readonly #listenerFor: (operation: OfferedOperation) => L;
  #depth = 0;
  #part: 'none' | 'Header' | 'Body' = 'none';
  #refusal: Refusal | undefined;
  #wrapper:
    | { readonly operation: OfferedOperation; readonly listener: L; readonly checker: DocumentChecker }
    | undefined;
  /** How many elements the wrapper holds: its document, then its signature. */
  #members = 0;
  #inDocument = false;

  constructor(dialect: Dialect, listenerFor: (operation: OfferedOperation) => L) {
    this.#dialect = dialect;
    this.#listenerFor = listenerFor;
  }

  start(start: XmlStart): void {
    this.#depth += 1;
    if (this.#refusal !== undefined) return;
    if (this.#inDocument) this.#wrapper?.checker.start(start);
    else if (this.#depth === ENVELOPE) this.#startEnvelope(start);
    else if (this.#depth === PART) this.#startPart(start);
    else if (this.#depth === WRAPPER && this.#part === 'Header') this.#startHeaderBlock(start);
    else if (this.#depth === WRAPPER) this.#startWrapper(start);
    else if (this.#depth === MEMBER && this.#part === 'Body') this.#startMember(start);
  }

  text(bytes: Uint8Array, from: number, to: number, position: XmlPosition): void {
    if (this.#inDocument && this.#refusal === undefined)
      this.#wrapper?.checker.text(bytes, from, to, position);
  }

  end(end: XmlEnd): void {
    if (this.#inDocument && this.#refusal === undefined) this.#wrapper?.checker.end(end);
    if (this.#depth === MEMBER) this.#inDocument = false;
    this.#depth -= 1;
  }

  outcome(): Request<L> | Refusal {
    if (this.#refusal !== undefined) return this.#refusal;
    if (this.#wrapper === undefined) return refusal('E101', 'The body of the envelope is empty.');
    const { operation, listener, checker } = this.#wrapper;
    if (this.#members === 0) return refusal('E102', `${operation.name} holds no Document.`);
    if (checker.faultCount > 0) {
      const [first] = checker.faults;
      return refusal(
        'E102',
        first === undefined ? 'The document is not valid.' : `${first.path}: ${first.message}`,
        checker.faults,
      );
    }
    return { kind: 'request', operation, hasSignature: this.#members === 2, listener };
  }

  #startEnvelope({ name }: XmlStart): void {
    if (name.local !== 'Envelope' || name.namespace !== SOAP_NAMESPACE)
      this.#refuse('E101', `<${name.local}> is no envelope of SOAP 1.1.`);
  }

  #startPart({ name }: XmlStart): void {
    const inOrder =
      name.local === 'Body' ? this.#part !== 'Body' : name.local === 'Header' && this.#part === 'none';
    if (name.namespace !== SOAP_NAMESPACE || !inOrder)
      this.#refuse('E101', `<${name.local}> is out of place in the envelope.`);
    else this.#part = name.local === 'Body' ? 'Body' : 'Header';
  }

  #startHeaderBlock({ name, attributes }: XmlStart): void {
    const known =
      this.#dialect === 'ing' &&
      name.local === 'CcsHeader' &&
      name.namespace === 'urn:ca:std:ccs:ing:tech:xsd:mhdr.001.001.01';
    const must = attributes.some(
      (one) =>
        one.name.local === 'mustUnderstand' && one.name.namespace === SOAP_NAMESPACE && one.value === '1',
    );
    if (must && !known) this.#refuse('E101', `The header block ${name.local} is not understood.`);
  }

  #startWrapper({ name }: XmlStart): void {
    if (this.#wrapper !== undefined) {
      this.#refuse('E101', 'The body holds more than one element.');
      return;
    }
    const operation =
      name.namespace === WRAPPER_NAMESPACE ? operationNamed(this.#dialect, name.local) : undefined;
    if (operation === undefined) {
      this.#refuse('E103', `There is no operation {${name.namespace}}${name.local}.`);
      return;
    }
    const listener = this.#listenerFor(operation);
    this.#wrapper = {
      operation,
      listener,
      checker: new DocumentChecker(operation.request, listener, FAULTS_MAX),
    };
  }

  #startMember(start: XmlStart): void {
    this.#members += 1;
    const { local, namespace } = start.name;
    const isSignature = local === 'Signature' && namespace === SIGNATURE_NAMESPACE;
    if (this.#members === 1 && !isSignature) {
      this.#inDocument = true;
      this.#wrapper?.checker.start(start);
    } else if (this.#members !== 2 || !isSignature || this.#wrapper?.operation.signed !== true) {
      this.#refuse('E102', `<${local}> is out of place in the wrapper.`);
    }
  }

  #refuse(code: FaultCode, text: string): void {
    this.#refusal ??= refusal(code, text);
  }
}
