// The digests of what a signature covers under one canonicalization, while a message is being read.
import { createHash, type Hash } from 'node:crypto';

import { Canonicalizer } from '../xml/canonicalizer.ts';
import type { XmlFault } from '../xml/xml-reader.ts';
import type { DigestName, SignatureProfile } from './signature-profile.ts';
import { SignedScope, type ScopedVisitor, type WrapperPlace } from './signed-scope.ts';

export type DigestOutcome =
  | { readonly kind: 'digest'; readonly digest: Uint8Array }
  | { readonly kind: 'fault'; readonly fault: XmlFault };

/** Hears a message through `visitor`, and leaves out the `ds:Signature` in the wrapper (XMLDSig core 1.1 section 6.6.4). */
export class ContentDigest {
  readonly visitor: ScopedVisitor;
  readonly #hashes = new Map<DigestName, Hash>();
  readonly #first: DigestName;
  readonly #scope: SignedScope;
  readonly #canonicalizer: Canonicalizer;

  constructor(
    profile: Pick<SignatureProfile, 'c14n' | 'context'>,
    place: WrapperPlace,
    digests: readonly [DigestName, ...DigestName[]],
  ) {
    this.#first = digests[0];
    for (const name of digests) this.#hashes.set(name, createHash(name));
    const hashes = [...this.#hashes.values()];
    const scope = new SignedScope(profile, place);
    this.#scope = scope;
    this.#canonicalizer = new Canonicalizer(
      (bytes) => {
        for (const hash of hashes) hash.update(bytes);
      },
      {
        method: profile.c14n,
        chosenDepthMax: scope.chosenDepthMax,
        omit: (start) => scope.isSignature(start),
        ...(profile.context === 'document' ? { apex: (start) => scope.isDocument(start) } : {}),
      },
    );
    this.visitor = scope.visitor(this.#canonicalizer);
  }

  /** The first fault so far. */
  get fault(): XmlFault | undefined {
    return this.#scope.fault;
  }

  /** To be called once, after the message has ended; one of the digests, by default the first. */
  finish(name = this.#first): DigestOutcome {
    const fault = this.#scope.finish() ?? this.#canonicalizer.finish();
    const hash = this.#hashes.get(name);
    if (hash === undefined) throw new Error(`${name} was not taken`);
    return fault === undefined ? { kind: 'digest', digest: hash.digest() } : { kind: 'fault', fault };
  }
}
