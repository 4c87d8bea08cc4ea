// The first pass over a signed message: takes out its one signature and refuses every shape that could mislead a reader.
import { createHash } from 'node:crypto';

import { Canonicalizer } from '../xml/canonicalizer.ts';
import { readXml, type XmlStart, type XmlVisitor } from '../xml/xml-reader.ts';
import type { SignatureContext } from './signature-profile.ts';
import { isSignatureName, SignedScope, soapNamespace, type WrapperPlace } from './signed-scope.ts';

export type ShapeOutcome =
  | {
      readonly kind: 'found';
      /** The signature element in canonical form with all namespaces in scope: a document of its own, UTF-8. */
      readonly signature: Uint8Array;
      /** SHA-256 of the message as read. */
      readonly sha256: string;
    }
  | { readonly kind: 'invalid'; readonly reason: string };

export interface ExpectedShape {
  readonly place: WrapperPlace;
  readonly context: SignatureContext;
}

const SIGNATURE_BYTES_MAX = 1 << 18;
const IDS_MAX = 10_000;

/**
 * Against signature wrapping: one wrapper at its one place, one signature in the whole message as the wrapper's last
 * child, no Id twice, no DTD, and no comments, which canonicalization would leave unsigned.
 */
export async function readMessageShape(
  source: AsyncIterable<Uint8Array>,
  expected: ExpectedShape,
): Promise<ShapeOutcome> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  // Prefixes from outside the wrapper are left to the digest, which knows the canonicalization.
  const scope = new SignedScope({ c14n: 'exclusive', context: expected.context }, expected.place);
  const canonicalizer = new Canonicalizer(
    (bytes) => {
      sizeBytes += bytes.length;
      if (sizeBytes <= SIGNATURE_BYTES_MAX) pieces.push(Buffer.from(bytes));
    },
    // Inclusive, so that the namespaces in scope come along.
    { method: 'inclusive', apex: (start) => scope.isSignature(start) },
  );
  const shape = new MessageShape(scope, expected, scope.visitor(canonicalizer));
  const hash = createHash('sha256');
  const fault = await readXml(hashed(source, hash.update.bind(hash)), shape);
  if (fault !== undefined)
    return invalid(`${fault.message} (${fault.rule}, line ${fault.line}, column ${fault.column})`);
  const reason = shape.finish();
  if (reason !== undefined) return invalid(reason);
  const lost = canonicalizer.finish();
  if (lost !== undefined) return invalid(lost.message);
  if (sizeBytes > SIGNATURE_BYTES_MAX)
    return invalid(`the signature has more than ${SIGNATURE_BYTES_MAX} bytes`);
  return { kind: 'found', signature: Buffer.concat(pieces), sha256: hash.digest('hex') };
}

class MessageShape implements XmlVisitor {
  readonly #scope: SignedScope;
  readonly #expected: ExpectedShape;
  readonly #inner: Required<XmlVisitor>;
  readonly #ids = new Set<string>();
  #bodies = 0;
  #inBody = false;
  #wrappers = 0;
  #signatures = 0;
  #children = 0;
  #reason: string | undefined;

  constructor(scope: SignedScope, expected: ExpectedShape, inner: Required<XmlVisitor>) {
    this.#scope = scope;
    this.#expected = expected;
    this.#inner = inner;
  }

  /** The first thing wrong with a message that has ended. */
  finish(): string | undefined {
    this.#require(
      this.#scope.finish() === undefined,
      'there is no wrapper element at its place in the message',
    );
    this.#require(this.#signatures === 1, `there are ${this.#signatures} signatures instead of one`);
    return this.#reason;
  }

  start(start: XmlStart): void {
    this.#inner.start(start);
    if (this.#expected.place === 'soap-body') this.#checkEnvelope(start);
    this.#checkIds(start);
    if (this.#scope.isChild(start)) this.#checkChild(start);
    if (!isSignatureName(start.name)) return;
    this.#signatures += 1;
    this.#require(this.#scope.isSignature(start), 'the signature is not a child of the wrapper');
  }

  text(...piece: Parameters<NonNullable<XmlVisitor['text']>>): void {
    this.#inner.text(...piece);
  }

  end(...tag: Parameters<NonNullable<XmlVisitor['end']>>): void {
    this.#inner.end(...tag);
  }

  comment(): void {
    this.#require(false, 'the message holds a comment, and comments are never signed');
  }

  instruction(...instruction: Parameters<NonNullable<XmlVisitor['instruction']>>): void {
    this.#inner.instruction(...instruction);
  }

  release(): void {
    this.#inner.release();
  }

  /** SOAP 1.1 section 4, without the elements that it allows after the body. */
  #checkEnvelope({ depth, name }: XmlStart): void {
    if (depth > 3) return;
    const isSoap = name.namespace === soapNamespace;
    if (depth === 1)
      this.#require(isSoap && name.local === 'Envelope', 'the message is not a SOAP 1.1 envelope');
    if (depth === 2) {
      this.#inBody = isSoap && name.local === 'Body';
      if (this.#inBody) this.#bodies += 1;
      const isHeader = isSoap && name.local === 'Header' && this.#bodies === 0;
      this.#require(
        isHeader || (this.#inBody && this.#bodies === 1),
        'the envelope holds more than a header and one body',
      );
    }
    if (depth === 3 && this.#inBody) {
      this.#wrappers += 1;
      this.#require(this.#wrappers === 1, 'the body of the envelope holds more than one element');
    }
  }

  #checkIds({ attributes }: XmlStart): void {
    for (const { name, value } of attributes) {
      if (name.local.toLowerCase() !== 'id') continue;
      this.#require(!this.#ids.has(value), `the Id ${value} stands there more than once`);
      this.#require(this.#ids.size < IDS_MAX, `there are more than ${IDS_MAX} Ids`);
      if (this.#ids.size < IDS_MAX) this.#ids.add(value);
    }
  }

  #checkChild(start: XmlStart): void {
    this.#children += 1;
    this.#require(this.#signatures === 0, 'the signature is not the last child of the wrapper');
    if (this.#expected.context !== 'document') return;
    // Everything else in the wrapper would be unsigned.
    const fits = this.#children === 1 ? this.#scope.isDocument(start) : this.#scope.isSignature(start);
    this.#require(fits, 'the wrapper holds more than one Document and its signature');
  }

  #require(holds: boolean, reason: string): void {
    if (!holds) this.#reason ??= reason;
  }
}

async function* hashed(
  source: AsyncIterable<Uint8Array>,
  update: (bytes: Uint8Array) => unknown,
): AsyncIterable<Uint8Array> {
  for await (const chunk of source) {
    update(chunk);
    yield chunk;
  }
}

function invalid(reason: string): ShapeOutcome {
  return { kind: 'invalid', reason };
}
