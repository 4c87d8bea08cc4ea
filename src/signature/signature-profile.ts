// What a bank wants an order's signature to look like, as data, and the names the standards give to each choice.

export interface SignatureProfile {
  /** Digest of both references and of the signing certificate. */
  readonly digest: DigestName;
  /** Canonicalization of what is signed, of the signed properties and of SignedInfo. */
  readonly c14n: CanonicalizationName;
  readonly signature: SignatureName;
  /** What KeyInfo shows: the signing certificate alone, or followed by those that issued it. */
  readonly keyInfo: 'leaf' | 'chain';
  /** XAdES-BES 1.3.2 signed properties, or plain XMLDSig without them. */
  readonly xades: 'bes' | 'none';
  readonly context: SignatureContext;
}

export type DigestName = 'sha1' | 'sha256' | 'sha512';
export type CanonicalizationName = 'exclusive' | 'inclusive';
export type SignatureName = 'rsa-sha1' | 'rsa-sha256' | 'rsa-sha512' | 'ecdsa-sha256';

/**
 * What is signed: the wrapper as a document of its own, the whole envelope, or the `Document` inside the wrapper
 * alone. The signature is the last child of the wrapper in all three.
 */
export type SignatureContext = 'standalone' | 'envelope' | 'document';

/** What the CDC contract leaves open, settled by its section 5 until a bank says otherwise. */
export const proposedProfile: SignatureProfile = {
  digest: 'sha256',
  c14n: 'exclusive',
  signature: 'rsa-sha256',
  keyInfo: 'leaf',
  xades: 'bes',
  context: 'standalone',
};

/** XMLDSig core 1.1 section 6.2. */
export const digestUris: Readonly<Record<DigestName, string>> = {
  sha1: 'http://www.w3.org/2000/09/xmldsig#sha1',
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
};

/** XMLDSig core 1.1 section 6.5; both without comments. */
export const canonicalizationUris: Readonly<Record<CanonicalizationName, string>> = {
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  inclusive: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
};

/** XMLDSig core 1.1 section 6.4. */
export const signatureUris: Readonly<Record<SignatureName, string>> = {
  'rsa-sha1': 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
  'rsa-sha256': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'rsa-sha512': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'ecdsa-sha256': 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
};

/** The digest inside each of them, as node:crypto names it. */
export const signatureDigests: Readonly<Record<SignatureName, DigestName>> = {
  'rsa-sha1': 'sha1',
  'rsa-sha256': 'sha256',
  'rsa-sha512': 'sha512',
  'ecdsa-sha256': 'sha256',
};

/** XMLDSig core 1.1 section 6.6.4. */
export const envelopedUri = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

/** XMLDSig core 1.1 section 6.6.3. */
export const xpathUri = 'http://www.w3.org/TR/1999/REC-xpath-19991116';

/** Keeps the `Document` of the wrapper and nothing else; the only XPath filter that is written or accepted. */
export const documentFilter = "ancestor-or-self::*[local-name()='Document']";

/** The type of key each signature algorithm works with, as node:crypto names it. */
export const signatureKeyTypes: Readonly<Record<SignatureName, 'rsa' | 'ec'>> = {
  'rsa-sha1': 'rsa',
  'rsa-sha256': 'rsa',
  'rsa-sha512': 'rsa',
  'ecdsa-sha256': 'ec',
};

export const xmldsigNamespace = 'http://www.w3.org/2000/09/xmldsig#';

/** ETSI TS 101 903 v1.3.2. */
export const xadesNamespace = 'http://uri.etsi.org/01903/v1.3.2#';

/** ETSI TS 101 903 v1.3.2 section 6.3.1: the Type of the reference to the signed properties, whatever the version. */
export const signedPropertiesType = 'http://uri.etsi.org/01903#SignedProperties';
