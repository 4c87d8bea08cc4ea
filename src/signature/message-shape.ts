// Reads a signed message: takes out its one signature and refuses every shape that could mislead a reader.
import { Canonicalizer } from '../xml/canonicalizer.ts';
import { TogetherVisitor } from '../xml/together-visitor.ts';
import { readXml } from '../xml/read-xml.ts';
import type { XmlName, XmlPassing, XmlStart, XmlVisitor } from '../xml/xml-reader.ts';
import { ContentDigest, type DigestOutcome } from './content-digest.ts';
import type { CanonicalizationName, DigestName, SignatureContext } from './signature-profile.ts';
import {
  isSignatureName,
  SignedScope,
  soapNamespace,
  type ScopedVisitor,
  type WrapperPlace,
} from './signed-scope.ts';

export type MessageOutcome =
  | {
      readonly kind: 'read';
      /** The signature element in canonical form with all namespaces in scope: a document of its own, UTF-8. */
      readonly signature: Uint8Array;
      /** The digest of the content under one of the expected canonicalizations and digests; to be asked for once. */
      readonly digest: (c14n: CanonicalizationName, digest: DigestName) => DigestOutcome;
    }
  | { readonly kind: 'invalid'; readonly reason: string };

export interface ExpectedMessage {
  readonly place: WrapperPlace;
  readonly context: SignatureContext;
  readonly c14ns: readonly CanonicalizationName[];
  readonly digests: readonly DigestName[];
}

const SIGNATURE_BYTES_MAX = 1 << 18;
const IDS_MAX = 10_000;
/** Down to here the elements of an envelope are looked at. */
const ENVELOPE_DEPTH = 3;

/**
 * Against signature wrapping: one wrapper at its one place, one signature in the whole message as the wrapper's last
 * child, no Id twice, no DTD, and no comments, which canonicalization would leave unsigned. All that a signature could
 * cover is digested on the way, so the verdict is about the very bytes that were looked at.
 */
export async function readSignedMessage(
  source: AsyncIterable<Uint8Array>,
  expected: ExpectedMessage,
): Promise<MessageOutcome> {
  const { place, context } = expected;
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  // Prefixes from outside the wrapper are left to the digest, which knows the canonicalization.
  const scope = new SignedScope({ c14n: 'exclusive', context }, place);
  const canonicalizer = new Canonicalizer(
    (bytes) => {
      sizeBytes += bytes.length;
      if (sizeBytes <= SIGNATURE_BYTES_MAX) pieces.push(Buffer.from(bytes));
    },
    // Inclusive, so that the namespaces in scope come along.
    {
      method: 'inclusive',
      apex: (start) => scope.isSignature(start),
      chosenDepthMax: scope.chosenDepthMax,
    },
  );
  const shape = new MessageShape(scope, expected, scope.visitor(canonicalizer));
  const contents = contentDigests(expected);
  const visitors = [shape, ...[...contents.values()].map(({ visitor }) => visitor)];
  const fault = await readXml(source, new TogetherVisitor(visitors));
  if (fault !== undefined)
    return invalid(`${fault.message} (${fault.rule}, line ${fault.line}, column ${fault.column})`);
  const reason = shape.finish();
  if (reason !== undefined) return invalid(reason);
  const lost = canonicalizer.finish();
  if (lost !== undefined) return invalid(lost.message);
  if (sizeBytes > SIGNATURE_BYTES_MAX)
    return invalid(`the signature has more than ${SIGNATURE_BYTES_MAX} bytes`);
  return {
    kind: 'read',
    signature: Buffer.concat(pieces),
    digest: (c14n, digest) => {
      const content = contents.get(c14n);
      if (content === undefined) throw new Error(`${c14n} was not taken`);
      return content.finish(digest);
    },
  };
}

function contentDigests({ place, context, c14ns, digests }: ExpectedMessage): Map<string, ContentDigest> {
  const [first, ...others] = digests;
  if (first === undefined) return new Map();
  return new Map(
    c14ns.map((c14n) => [c14n, new ContentDigest({ c14n, context }, place, [first, ...others])]),
  );
}

class MessageShape implements ScopedVisitor, XmlPassing {
  readonly passing = this;
  readonly #scope: SignedScope;
  readonly #expected: ExpectedMessage;
  readonly #inner: ScopedVisitor;
  readonly #ids = new Set<string>();
  #bodies = 0;
  #inBody = false;
  #wrappers = 0;
  #signatures = 0;
  #children = 0;
  #reason: string | undefined;

  constructor(scope: SignedScope, expected: ExpectedMessage, inner: ScopedVisitor) {
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

  get version(): number {
    return this.#inner.passing.version;
  }

  mayPass(name: XmlName, depth: number): boolean {
    const isOfInterest = depth <= ENVELOPE_DEPTH || isSignatureName(name);
    return !isOfInterest && this.#inner.passing.mayPass(name, depth);
  }

  pass(bytes: Uint8Array, from: number, to: number): void {
    this.#inner.passing.pass(bytes, from, to);
  }

  /** SOAP 1.1 section 4, without the elements that it allows after the body. */
  #checkEnvelope({ depth, name }: XmlStart): void {
    if (depth > ENVELOPE_DEPTH) return;
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

function invalid(reason: string): MessageOutcome {
  return { kind: 'invalid', reason };
}
