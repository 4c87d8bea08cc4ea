// Verifies the signature in a message that may be too large for memory, as a bank does before it takes an order.
import { createHash, type X509Certificate } from 'node:crypto';

import { whyNotTrusted, type Trusted } from './certificate-trust.ts';
import { readSignedMessage } from './message-shape.ts';
import { readSignatureParts, type SignatureParts } from './signature-parts.ts';
import { signatureKeyTypes, type SignatureProfile } from './signature-profile.ts';
import type { SignatureCheck } from './signature-check.ts';
import type { WrapperPlace } from './signed-scope.ts';

export type Verification =
  | {
      readonly kind: 'valid';
      readonly certificate: X509Certificate;
      /** As the signer claims it; absent without XAdES. */
      readonly signingTime?: Date;
    }
  | { readonly kind: 'invalid'; readonly reason: string };

export interface VerificationOptions {
  readonly trusted: Trusted;
  /** The instant at which the certificate must be valid. */
  readonly at: Date;
  readonly place: WrapperPlace;
  readonly accepted: AcceptedSignatures;
  readonly check: SignatureCheck;
}

/** What a signature may look like; anything else is invalid even if its sums are right. */
export interface AcceptedSignatures extends Pick<SignatureProfile, 'context' | 'xades'> {
  readonly digests: readonly SignatureProfile['digest'][];
  readonly c14ns: readonly SignatureProfile['c14n'][];
  readonly signatures: readonly SignatureProfile['signature'][];
}

/** The CDC proposal with every algorithm that is strong today. */
export const strongSignatures: AcceptedSignatures = {
  context: 'standalone',
  xades: 'bes',
  digests: ['sha256', 'sha512'],
  c14ns: ['exclusive'],
  signatures: ['rsa-sha256', 'rsa-sha512', 'ecdsa-sha256'],
};

/**
 * `valid` means: the one signature in the message covers the wrapper at `place` (as `accepted.context` says), its
 * certificate is trusted at `at`, and everything in it is as our profiles write it. Reads `source` once; whatever throws
 * in it is passed on.
 */
export async function verifyEnvelopedSignature(
  source: AsyncIterable<Uint8Array>,
  options: VerificationOptions,
): Promise<Verification> {
  const { accepted, place } = options;
  const message = await readSignedMessage(source, { ...accepted, place });
  if (message.kind === 'invalid') return message;
  const outcome = readSignatureParts(message.signature);
  if (outcome.kind === 'invalid') return outcome;
  const { parts } = outcome;
  const [certificate] = parts.certificates;
  const reason =
    whyNotAccepted(parts, accepted) ??
    whyNotTrusted(parts.certificates, options.trusted, options.at) ??
    whyNotOfCertificate(parts, certificate);
  if (reason !== undefined) return invalid(reason);

  const content = message.digest(parts.c14n, parts.digest);
  if (content.kind === 'fault') return invalid(`${content.fault.message} (${content.fault.rule})`);
  if (!Buffer.from(content.digest).equals(parts.contentDigest)) {
    return invalid('the content was changed after it was signed');
  }
  const isRight = options.check({
    signature: message.signature,
    parts,
    context: accepted.context,
    certificate,
  });
  if (!isRight) {
    return invalid('the signature is not that of the certificate over these references');
  }
  return {
    kind: 'valid',
    certificate,
    ...(parts.properties && { signingTime: parts.properties.signingTime }),
  };
}

function whyNotAccepted(parts: SignatureParts, accepted: AcceptedSignatures): string | undefined {
  if (!accepted.digests.includes(parts.digest)) return `the digest ${parts.digest} is not accepted`;
  if (!accepted.c14ns.includes(parts.c14n)) return `${parts.c14n} canonicalization is not accepted`;
  if (!accepted.signatures.includes(parts.signature))
    return `the algorithm ${parts.signature} is not accepted`;
  if (parts.xades !== accepted.xades) {
    return accepted.xades === 'bes'
      ? 'the signature has no XAdES properties'
      : 'XAdES properties are not accepted';
  }
  const selects = accepted.context === 'document' ? 'document' : 'enveloped';
  return parts.selects === selects
    ? undefined
    : 'the signature covers another part of the message than it must';
}

function whyNotOfCertificate(parts: SignatureParts, certificate: X509Certificate): string | undefined {
  const type = certificate.publicKey.asymmetricKeyType;
  if (type !== signatureKeyTypes[parts.signature]) {
    return `the algorithm ${parts.signature} does not go with a certificate of the type ${type ?? 'unknown'}`;
  }
  if (parts.properties === undefined) return undefined;
  const digest = createHash(parts.digest).update(certificate.raw).digest();
  if (digest.equals(parts.properties.certificateDigest)) return undefined;
  return 'the signed properties name another certificate than the one shown';
}

function invalid(reason: string): { readonly kind: 'invalid'; readonly reason: string } {
  return { kind: 'invalid', reason };
}
