// Reads a signature element into what it claims, and refuses every signature that is not exactly one of our profiles.
import type { X509Certificate } from 'node:crypto';

import { parseSmallDocument, type XmlNode } from '../xml/small-document.ts';
import {
  canonicalizationUris,
  digestUris,
  documentFilter,
  envelopedUri,
  signatureUris,
  signedPropertiesType,
  xpathUri,
  type DigestName,
  type SignatureProfile,
} from './signature-profile.ts';
import { shownCertificate } from './shown-certificates.ts';
import {
  algorithmOf,
  allowAttributes,
  childrenOf,
  octetsOf,
  PartsError,
  prefixed,
  uniform,
} from './strict-element.ts';

/** What a signature says of itself; nothing of it is checked against keys or content yet. */
export interface SignatureParts extends Pick<SignatureProfile, 'digest' | 'c14n' | 'signature' | 'xades'> {
  /** Which of the two transforms selects the content; `enveloped` leaves open how much is around the signature. */
  readonly selects: 'enveloped' | 'document';
  readonly contentDigest: Uint8Array;
  /** The signature value. */
  readonly value: Uint8Array;
  /** The signing certificate first. */
  readonly certificates: readonly [X509Certificate, ...X509Certificate[]];
  readonly properties: SignedProperties | undefined;
}

export interface SignedProperties {
  /** What the reference to them says. */
  readonly digest: Uint8Array;
  readonly certificateDigest: Uint8Array;
  readonly signingTime: Date;
}

export type PartsOutcome =
  | { readonly kind: 'parts'; readonly parts: SignatureParts }
  | { readonly kind: 'invalid'; readonly reason: string };

/** `signature` is the element as a document of its own, in canonical form. */
export function readSignatureParts(signature: Uint8Array): PartsOutcome {
  const root = parseSmallDocument(signature);
  if ('rule' in root) return { kind: 'invalid', reason: root.message };
  try {
    return { kind: 'parts', parts: root.children.length === 3 ? plainParts(root) : xadesParts(root) };
  } catch (error) {
    if (error instanceof PartsError) return { kind: 'invalid', reason: error.message };
    throw error;
  }
}

function plainParts(root: XmlNode): SignatureParts {
  allowAttributes(root, 'Id');
  const [signedInfo, value, keyInfo] = childrenOf(root, ['ds:SignedInfo', 'ds:SignatureValue', 'ds:KeyInfo']);
  const [c14nMethod, signatureMethod, reference] = childrenOf(signedInfo, [
    'ds:CanonicalizationMethod',
    'ds:SignatureMethod',
    'ds:Reference',
  ]);
  const content = contentReference(reference);
  return {
    digest: content.digest,
    c14n: uniform([algorithmOf(c14nMethod, canonicalizationUris), content.c14n]),
    signature: algorithmOf(signatureMethod, signatureUris),
    xades: 'none',
    selects: content.selects,
    contentDigest: content.value,
    value: octetsOf(value),
    certificates: certificatesOf(keyInfo),
    properties: undefined,
  };
}

function xadesParts(root: XmlNode): SignatureParts {
  allowAttributes(root, 'Id');
  const [signedInfo, value, keyInfo, object] = childrenOf(root, [
    'ds:SignedInfo',
    'ds:SignatureValue',
    'ds:KeyInfo',
    'ds:Object',
  ]);
  const [c14nMethod, signatureMethod, first, second] = childrenOf(signedInfo, [
    'ds:CanonicalizationMethod',
    'ds:SignatureMethod',
    'ds:Reference',
    'ds:Reference',
  ]);
  // They may come in either order; the other one must then be the reference to the signed properties.
  const [toContent, toProperties] = first.attributes.get('URI') === '' ? [first, second] : [second, first];
  const content = contentReference(toContent);
  const properties = signedProperties(object, root.attributes.get('Id'), content.id);
  const reference = propertiesReference(toProperties, properties.id);
  return {
    digest: uniform([content.digest, reference.digest, properties.certificateDigestName]),
    c14n: uniform([algorithmOf(c14nMethod, canonicalizationUris), content.c14n, reference.c14n]),
    signature: algorithmOf(signatureMethod, signatureUris),
    xades: 'bes',
    selects: content.selects,
    contentDigest: content.value,
    value: octetsOf(value),
    certificates: certificatesOf(keyInfo),
    properties: { ...properties, digest: reference.value },
  };
}

interface ContentReference
  extends Pick<SignatureProfile, 'digest' | 'c14n'>, Pick<SignatureParts, 'selects'> {
  readonly id: string | undefined;
  readonly value: Uint8Array;
}

function contentReference(reference: XmlNode): ContentReference {
  allowAttributes(reference, 'Id', 'URI');
  if (reference.attributes.get('URI') !== '')
    throw new PartsError('no reference of the signature has an empty URI');
  const [transforms, digestMethod, digestValue] = childrenOf(reference, [
    'ds:Transforms',
    'ds:DigestMethod',
    'ds:DigestValue',
  ]);
  const [selection, canonicalization] = childrenOf(transforms, ['ds:Transform', 'ds:Transform']);
  return {
    id: reference.attributes.get('Id'),
    selects: selectionOf(selection),
    c14n: algorithmOf(canonicalization, canonicalizationUris),
    digest: algorithmOf(digestMethod, digestUris),
    value: octetsOf(digestValue),
  };
}

function selectionOf(transform: XmlNode): SignatureParts['selects'] {
  if (transform.attributes.get('Algorithm') !== xpathUri) {
    algorithmOf(transform, { enveloped: envelopedUri });
    return 'enveloped';
  }
  allowAttributes(transform, 'Algorithm');
  const [xpath] = childrenOf(transform, ['ds:XPath']);
  childrenOf(xpath, []);
  if (xpath.text !== documentFilter)
    throw new PartsError('the XPath filter of the signature is not the one for the Document alone');
  return 'document';
}

function propertiesReference(
  reference: XmlNode,
  propertiesId: string,
): Pick<SignatureProfile, 'digest' | 'c14n'> & { readonly value: Uint8Array } {
  allowAttributes(reference, 'Id', 'URI', 'Type');
  if (
    reference.attributes.get('Type') !== signedPropertiesType ||
    reference.attributes.get('URI') !== `#${propertiesId}`
  ) {
    throw new PartsError('the second reference of the signature does not point to its own signed properties');
  }
  const [transforms, digestMethod, digestValue] = childrenOf(reference, [
    'ds:Transforms',
    'ds:DigestMethod',
    'ds:DigestValue',
  ]);
  const [canonicalization] = childrenOf(transforms, ['ds:Transform']);
  return {
    c14n: algorithmOf(canonicalization, canonicalizationUris),
    digest: algorithmOf(digestMethod, digestUris),
    value: octetsOf(digestValue),
  };
}

/** XMLDSig core 1.1 section 4.5.4; a bare KeyValue or a key name is no key to us. */
function certificatesOf(keyInfo: XmlNode): SignatureParts['certificates'] {
  allowAttributes(keyInfo, 'Id');
  const [data] = childrenOf(keyInfo, ['ds:X509Data']);
  childrenOf(
    data,
    data.children.map(() => 'ds:X509Certificate'),
  );
  const [first, ...others] = data.children.map(certificateOf);
  if (first === undefined) throw new PartsError('the signature shows no certificate');
  return [first, ...others];
}

function certificateOf(node: XmlNode): X509Certificate {
  const der = octetsOf(node);
  const certificate = shownCertificate(der);
  if (certificate === undefined) throw new PartsError('a certificate in the signature cannot be read');
  return certificate;
}

/** ETSI TS 101 903 v1.3.2 section 4.4.1, with no property besides those of our profile. */
function signedProperties(
  object: XmlNode,
  signatureId: string | undefined,
  contentId: string | undefined,
): Omit<SignedProperties, 'digest'> & { readonly id: string; readonly certificateDigestName: DigestName } {
  const [qualifying] = childrenOf(object, ['xades:QualifyingProperties']);
  if (signatureId === undefined || qualifying.attributes.get('Target') !== `#${signatureId}`) {
    throw new PartsError('the signed properties are not those of this signature');
  }
  const [signed] = childrenOf(qualifying, ['xades:SignedProperties']);
  const id = signed.attributes.get('Id');
  if (id === undefined) throw new PartsError('the signed properties have no Id');
  const [ofSignature, ofData] = childrenOf(signed, [
    'xades:SignedSignatureProperties',
    'xades:SignedDataObjectProperties',
  ]);
  const [format] = childrenOf(ofData, ['xades:DataObjectFormat']);
  if (contentId === undefined || format.attributes.get('ObjectReference') !== `#${contentId}`) {
    throw new PartsError('the format in the signed properties is not that of the content');
  }
  const [time, signingCertificate] = childrenOf(ofSignature, [
    'xades:SigningTime',
    'xades:SigningCertificate',
  ]);
  const [certificate] = childrenOf(signingCertificate, ['xades:Cert']);
  const [certificateDigest] = childrenOf(certificate, ['xades:CertDigest', 'xades:IssuerSerial']);
  const [digestMethod, digestValue] = childrenOf(certificateDigest, ['ds:DigestMethod', 'ds:DigestValue']);
  return {
    id,
    signingTime: instantOf(time),
    certificateDigestName: algorithmOf(digestMethod, digestUris),
    certificateDigest: octetsOf(digestValue),
  };
}

/** xs:dateTime with a time zone (XML Schema part 2 section 3.2.7). */
function instantOf(node: XmlNode): Date {
  childrenOf(node, []);
  const instant = new Date(node.text);
  if (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(node.text) &&
    !Number.isNaN(instant.getTime())
  )
    return instant;
  throw new PartsError(`${prefixed(node)} of the signature holds no instant with a time zone`);
}
