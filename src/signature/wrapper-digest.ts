// The digest of what a signature covers, from a stream: the message is never held in memory.
import { createHash, type Hash } from 'node:crypto';

import { Canonicalizer } from '../xml/canonicalizer.ts';
import { XmlReader, type XmlFault } from '../xml/xml-reader.ts';
import type { SignatureProfile } from './signature-profile.ts';
import { SignedScope, type WrapperPlace } from './signed-scope.ts';

export type DigestOutcome =
  | { readonly kind: 'digest'; readonly digest: Uint8Array }
  | { readonly kind: 'fault'; readonly fault: XmlFault };

export type DigestProfile = Pick<SignatureProfile, 'digest' | 'c14n' | 'context'>;

/**
 * Takes the UTF-8 bytes of a message in pieces and gives the digest that reference 1 of its signature must carry:
 * over the canonical form of the wrapper, the envelope or the `Document`, as the profile says, without the
 * `ds:Signature` in the wrapper if it is there already (XMLDSig core 1.1 section 6.6.4).
 */
export function createWrapperDigest(profile: DigestProfile, place: WrapperPlace = 'root'): WrapperDigest {
  return new WrapperDigest(profile, place);
}

export class WrapperDigest {
  readonly #hash: Hash;
  readonly #canonicalizer: Canonicalizer;
  readonly #scope: SignedScope;
  readonly #reader: XmlReader;

  constructor(profile: DigestProfile, place: WrapperPlace) {
    const hash = createHash(profile.digest);
    this.#hash = hash;
    const scope = new SignedScope(profile, place);
    this.#scope = scope;
    this.#canonicalizer = new Canonicalizer((bytes) => hash.update(bytes), {
      method: profile.c14n,
      omit: (start) => scope.isSignature(start),
      ...(profile.context === 'document' ? { apex: (start) => scope.isDocument(start) } : {}),
    });
    this.#reader = new XmlReader(scope.visitor(this.#canonicalizer));
  }

  /** The first fault of the message, as soon as it is met; the bytes are not kept. */
  write(chunk: Uint8Array): XmlFault | undefined {
    return this.#reader.write(chunk) ?? this.#scope.fault;
  }

  /** To be called once, after the last piece. */
  end(): DigestOutcome {
    const fault = this.#reader.end() ?? this.#scope.finish() ?? this.#canonicalizer.finish();
    return fault === undefined ? { kind: 'digest', digest: this.#hash.digest() } : { kind: 'fault', fault };
  }
}
