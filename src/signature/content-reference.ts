// Lets xml-crypto sign and check a reference to content that it never sees: the digest comes from the streaming pass.
import { createHash, sign, verify, type KeyObject } from 'node:crypto';
import {
  C14nCanonicalization,
  ExclusiveCanonicalization,
  type CanonicalizationOrTransformationAlgorithm,
  type HashAlgorithm,
  type SignatureAlgorithm,
  type SignedXml,
} from 'xml-crypto';

import {
  canonicalizationUris,
  digestUris,
  documentFilter,
  envelopedUri,
  signatureUris,
  xmldsigNamespace,
  xpathUri,
  type CanonicalizationName,
  type DigestName,
  type SignatureProfile,
} from './signature-profile.ts';

/**
 * Leaves in `signed` only the digest and signature algorithm of the profile, and puts the supplied digest in the place of that of the
 * content: the content's first transform yields a stand-in element, and the digest of the stand-in is the supplied
 * one. Everything else is hashed for real.
 */
export function useContentDigest(
  signed: SignedXml,
  profile: SignatureProfile,
  contentDigest: Uint8Array,
): void {
  signed.CanonicalizationAlgorithms = {
    // Both, because xml-crypto previews an inclusive SignedInfo under the exclusive one.
    [canonicalizationUris.exclusive]: canonicalizations.exclusive,
    [canonicalizationUris.inclusive]: canonicalizations.inclusive,
    [contentTransforms(profile)[0]]: standInTransform(contentTransforms(profile)[0]),
  };
  signed.HashAlgorithms = { [digestUris[profile.digest]]: digestWithStandIn(profile.digest, contentDigest) };
  const uri = signatureUris[profile.signature];
  const algorithm = profile.signature === 'ecdsa-sha256' ? EcdsaSha256 : signed.SignatureAlgorithms[uri];
  if (algorithm === undefined) throw new Error(`xml-crypto does not know ${uri}`);
  signed.SignatureAlgorithms = { [uri]: algorithm };
}

/** The transforms of the reference to the content, in order: the first selects it, the second makes it octets. */
export function contentTransforms(
  profile: Pick<SignatureProfile, 'context' | 'c14n'>,
): readonly [string, string] {
  return [profile.context === 'document' ? xpathUri : envelopedUri, canonicalizationUris[profile.c14n]];
}

/**
 * Registers, under a name of its own, a canonicalization of SignedInfo that first writes the XPath expression into
 * the content's transform, in the element that is signed and in the one that is sent: xml-crypto itself gives a
 * transform no content. Returns the name.
 */
export function useDocumentFilter(signed: SignedXml, c14n: CanonicalizationName): string {
  const name = 'urn:goniec:signed-info-with-document-filter';
  const canonicalization: CanonicalizationOrTransformationAlgorithm = new canonicalizations[c14n]();
  signed.CanonicalizationAlgorithms[name] = class {
    process(signedInfo: DomElement, options: { readonly signatureNode: DomElement }): string {
      writeDocumentFilter(signedInfo);
      writeDocumentFilter(options.signatureNode);
      return String(canonicalization.process(signedInfo, options));
    }
    getAlgorithmName(): string {
      return canonicalizationUris[c14n];
    }
  };
  return name;
}

const canonicalizations = { exclusive: ExclusiveCanonicalization, inclusive: C14nCanonicalization };

/** The little of the DOM that is needed here; the DOM's own types are not part of this project's library. */
interface DomElement {
  readonly ownerDocument: { createElementNS(namespace: string, name: string): DomElement };
  textContent: string | null;
  appendChild(child: DomElement): unknown;
  getAttribute(name: string): string | null;
  getElementsByTagNameNS(
    namespace: string,
    local: string,
  ): { readonly length: number; item(index: number): DomElement | null };
}

function writeDocumentFilter(within: DomElement): void {
  const transforms = within.getElementsByTagNameNS(xmldsigNamespace, 'Transform');
  for (let index = 0; index < transforms.length; index++) {
    const transform = transforms.item(index);
    if (transform?.getAttribute('Algorithm') !== xpathUri) continue;
    const xpath = transform.ownerDocument.createElementNS(xmldsigNamespace, 'ds:XPath');
    xpath.textContent = documentFilter;
    transform.appendChild(xpath);
  }
}

/** In this form it is its own canonical form, whichever the method. No signed properties can look like it. */
const standIn = '<goniec:content xmlns:goniec="urn:goniec:content"></goniec:content>';

function standInTransform(uri: string): new () => CanonicalizationOrTransformationAlgorithm {
  return class {
    process(): string {
      return standIn;
    }
    getAlgorithmName(): string {
      return uri;
    }
  };
}

function digestWithStandIn(name: DigestName, contentDigest: Uint8Array): new () => HashAlgorithm {
  return class {
    getHash(canonical: string): string {
      if (canonical === standIn) return Buffer.from(contentDigest).toString('base64');
      return createHash(name).update(canonical, 'utf8').digest('base64');
    }
    getAlgorithmName(): string {
      return digestUris[name];
    }
  };
}

/** RFC 6931 section 2.3.6: the signature value is r and s, one after the other. xml-crypto has no ECDSA. */
class EcdsaSha256 implements SignatureAlgorithm {
  getSignature(signedInfo: string, key: KeyObject): string {
    return sign('sha256', Buffer.from(signedInfo), { key, dsaEncoding: 'ieee-p1363' }).toString('base64');
  }
  verifySignature(signedInfo: string, key: KeyObject, value: string): boolean {
    return verify(
      'sha256',
      Buffer.from(signedInfo),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(value, 'base64'),
    );
  }
  getAlgorithmName(): string {
    return signatureUris['ecdsa-sha256'];
  }
}
