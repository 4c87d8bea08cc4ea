// Checks the small parts of a signature that was read and found as it must be: the signature value over SignedInfo, and the
// digest of the signed properties. There are two ways that must agree: xml-crypto's, and one without trees for who checks many.
import { createHash, verify, type X509Certificate } from 'node:crypto';
import { SignedXml } from 'xml-crypto';

import { Canonicalizer } from '../xml/canonicalizer.ts';
import { TogetherVisitor } from '../xml/together-visitor.ts';
import { XmlReader, type XmlStart } from '../xml/xml-reader.ts';
import { useContentDigest } from './content-reference.ts';
import type { SignatureParts } from './signature-parts.ts';
import { signatureDigests, type CanonicalizationName, type SignatureContext } from './signature-profile.ts';

/** True when both are right; the digest of the content has been compared already. */
export type SignatureCheck = (claimed: ClaimedSignature) => boolean;

export interface ClaimedSignature {
  /** The element as a document of its own, in canonical form with all namespaces in scope. */
  readonly signature: Uint8Array;
  readonly parts: SignatureParts;
  readonly context: SignatureContext;
  readonly certificate: X509Certificate;
}

export const checkWithXmlCrypto: SignatureCheck = ({ signature, parts, context, certificate }) => {
  const xml = Buffer.from(signature).toString('utf8');
  const signed = new SignedXml({ publicCert: certificate.publicKey });
  useContentDigest(signed, { ...parts, context, keyInfo: 'chain' }, parts.contentDigest);
  try {
    signed.loadSignature(xml);
    return signed.checkSignature(xml);
  } catch {
    // xml-crypto throws for a wrong signature value; for every other reason to throw the answer is no as well.
    return false;
  }
};

export const checkByStream: SignatureCheck = ({ signature, parts, certificate }) => {
  const { c14n, digest, properties, value } = parts;
  const signedInfo = canonicalPart(c14n, 2, 'SignedInfo');
  const signedProperties = canonicalPart(c14n, 4, 'SignedProperties');
  const wanted = properties === undefined ? [signedInfo] : [signedInfo, signedProperties];
  const reader = new XmlReader(new TogetherVisitor(wanted.map(({ canonicalizer }) => canonicalizer)));
  if ((reader.write(signature) ?? reader.end()) !== undefined) return false;
  if (wanted.some(({ canonicalizer }) => canonicalizer.finish() !== undefined)) return false;
  if (properties !== undefined) {
    const found = createHash(digest).update(signedProperties.bytes()).digest();
    if (!found.equals(properties.digest)) return false;
  }
  const key = { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' } as const;
  return verify(signatureDigests[parts.signature], signedInfo.bytes(), key, value);
};

/** Takes the canonical form of the one element of that name at that depth. */
function canonicalPart(
  method: CanonicalizationName,
  depth: number,
  local: string,
): { readonly canonicalizer: Canonicalizer; readonly bytes: () => Uint8Array } {
  const pieces: Uint8Array[] = [];
  const apex = (start: XmlStart): boolean => start.depth === depth && start.name.local === local;
  const canonicalizer = new Canonicalizer((bytes) => pieces.push(Buffer.from(bytes)), {
    method,
    apex,
    chosenDepthMax: depth,
  });
  return { canonicalizer, bytes: () => Buffer.concat(pieces) };
}
