// The digest of what a signature will cover, from a stream: the message is never held in memory.
import { XmlReader, type XmlFault } from '../xml/xml-reader.ts';
import { ContentDigest, type DigestOutcome } from './content-digest.ts';
import type { SignatureProfile } from './signature-profile.ts';
import type { WrapperPlace } from './signed-scope.ts';

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
  readonly #content: ContentDigest;
  readonly #reader: XmlReader;

  constructor(profile: DigestProfile, place: WrapperPlace) {
    this.#content = new ContentDigest(profile, place, [profile.digest]);
    this.#reader = new XmlReader(this.#content.visitor);
  }

  /** The first fault of the message, as soon as it is met; the bytes are not kept. */
  write(chunk: Uint8Array): XmlFault | undefined {
    return this.#reader.write(chunk) ?? this.#content.fault;
  }

  /** The same for whole elements without prefixes and declarations, written as Canonical XML writes them. */
  writePlain(elements: Uint8Array): XmlFault | undefined {
    return this.#reader.writePlain(elements) ?? this.#content.fault;
  }

  /** To be called once, after the last piece. */
  end(): DigestOutcome {
    const fault = this.#reader.end();
    return fault === undefined ? this.#content.finish() : { kind: 'fault', fault };
  }
}
