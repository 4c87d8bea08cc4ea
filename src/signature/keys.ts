// The signing key and its certificates from PEM, checked before anything relies on them.
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';

export interface SigningKey {
  /** In the clear inside this process only. */
  readonly privateKey: KeyObject;
  readonly certificate: X509Certificate;
  /** The certificates that were given with it and lead up from it, nearest issuer first, without itself. */
  readonly issuers: readonly X509Certificate[];
}

/** `unusable` carries one sentence that says what is wrong and what to do; it never holds key material. */
export type KeyOutcome =
  { readonly kind: 'key'; readonly key: SigningKey } | { readonly kind: 'unusable'; readonly reason: string };

export interface KeyFiles {
  readonly keyFile: string;
  /** May be the same file; certificates in any order. */
  readonly certificateFile: string;
  readonly passphrase?: string;
}

/** Reads both files and checks them as `readSigningKey` does; a file that cannot be read is `unusable`. */
export async function loadSigningKey(files: KeyFiles, at: Date): Promise<KeyOutcome> {
  const key = await readBytes(files.keyFile);
  if (typeof key === 'string') return unusable(key);
  const certificates = await readBytes(files.certificateFile);
  if (typeof certificates === 'string') return unusable(certificates);
  const { keyFile, certificateFile, passphrase } = files;
  const material = { key, certificates, keyName: keyFile, certificateName: certificateFile };
  return readSigningKey(passphrase === undefined ? material : { ...material, passphrase }, at);
}

export interface KeyMaterial {
  /** PEM: PKCS#8 (also encrypted), PKCS#1 or SEC 1. */
  readonly key: Uint8Array;
  /** PEM: the certificate of the key and, if wanted, those that issued it. */
  readonly certificates: Uint8Array;
  readonly passphrase?: string;
  /** What to call the two in a sentence, such as their paths. */
  readonly keyName: string;
  readonly certificateName: string;
}

/**
 * The key with the certificate that belongs to it. Unusable when either cannot be read, when they do not belong
 * together, when the certificate is not valid at that instant, or when the key is weak (see `keyWeakness`).
 */
export function readSigningKey(material: KeyMaterial, at: Date): KeyOutcome {
  const privateKey = readPrivateKey(material);
  if (typeof privateKey === 'string') return unusable(privateKey);
  const certificates = readCertificates(material);
  if (typeof certificates === 'string') return unusable(certificates);

  const own = certificates.filter((certificate) => certificate.checkPrivateKey(privateKey));
  const certificate = own[0];
  if (certificate === undefined) {
    return unusable(
      `No certificate in ${material.certificateName} belongs to the private key in ${material.keyName}; ` +
        'give the certificate that was issued for this key.',
    );
  }
  if (own.length > 1) {
    return unusable(
      `${material.certificateName} holds ${own.length} certificates of the same key; keep only the one that the bank has registered.`,
    );
  }
  const weakness = keyWeakness(certificate.publicKey);
  if (weakness !== undefined) {
    return unusable(
      `The key in ${material.keyName} ${weakness}; ask the bank for a new certificate with a stronger key.`,
    );
  }
  const lapse = validityLapse(certificate, at);
  if (lapse !== undefined) {
    return unusable(
      `The certificate in ${material.certificateName} ${lapse}; renew it at the bank and give the new file.`,
    );
  }
  return { kind: 'key', key: { privateKey, certificate, issuers: issuersOf(certificate, certificates) } };
}

/**
 * Undefined when a key is strong enough to sign money with: RSA of at least 2048 bits, or EC on P-256 or P-384
 * (NIST SP 800-131A revision 2). Otherwise the rest of a sentence that begins with the key.
 */
export function keyWeakness(publicKey: KeyObject): string | undefined {
  const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {};
  switch (publicKey.asymmetricKeyType) {
    case 'rsa':
      if (modulusLength !== undefined && modulusLength >= 2048) return undefined;
      return `is RSA with only ${modulusLength ?? 0} bits, and at least 2048 are needed`;
    case 'ec':
      if (namedCurve === 'prime256v1' || namedCurve === 'secp384r1') return undefined;
      return `is on the curve ${namedCurve ?? 'without a name'}, and only P-256 and P-384 are used`;
    default:
      return `is of the type ${publicKey.asymmetricKeyType ?? 'unknown'}, and only RSA and EC are used`;
  }
}

/** Undefined when the certificate is valid at that instant, else the rest of a sentence that begins with it. */
export function validityLapse(certificate: X509Certificate, at: Date): string | undefined {
  if (at < certificate.validFromDate) return `is not valid before ${certificate.validFromDate.toISOString()}`;
  if (at > certificate.validToDate) return `expired on ${certificate.validToDate.toISOString()}`;
  return undefined;
}

function unusable(reason: string): KeyOutcome {
  return { kind: 'unusable', reason };
}

/** The bytes, or a sentence. */
async function readBytes(path: string): Promise<Uint8Array | string> {
  try {
    return await readFile(path);
  } catch (error) {
    switch (errorCode(error)) {
      case 'ENOENT':
        return `There is no file ${path}; put it there or correct its path in the settings.`;
      case 'EACCES':
        return `The file ${path} may not be read by this user; give the user of the service the right to read it.`;
      default:
        return `The file ${path} cannot be read (${errorCode(error)}); check that it is a file and that its disk answers.`;
    }
  }
}

function readPrivateKey(material: KeyMaterial): KeyObject | string {
  const { key, keyName, passphrase } = material;
  const pem = Buffer.from(key).toString('latin1');
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
    return `${keyName} holds no private key in PEM; convert it, for example with "openssl pkcs12 -in file.p12 -nocerts".`;
  }
  const encrypted =
    pem.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----') || pem.includes('Proc-Type: 4,ENCRYPTED');
  if (encrypted && passphrase === undefined) {
    return `The private key in ${keyName} is encrypted; give its passphrase in the settings.`;
  }
  try {
    return createPrivateKey(passphrase === undefined ? { key: pem } : { key: pem, passphrase });
  } catch (error) {
    if (encrypted)
      return `The private key in ${keyName} does not open with the given passphrase; correct the passphrase.`;
    return `The private key in ${keyName} cannot be read (${errorCode(error)}); export it again.`;
  }
}

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

function readCertificates(material: KeyMaterial): readonly X509Certificate[] | string {
  const pem = Buffer.from(material.certificates).toString('latin1');
  const blocks = pem.match(PEM_CERTIFICATE) ?? [];
  if (blocks.length === 0) {
    return `${material.certificateName} holds no certificate in PEM; convert it, for example with "openssl x509 -inform der -in file.cer".`;
  }
  const certificates = blocks.map(readCertificate).filter((certificate) => certificate !== undefined);
  if (certificates.length === blocks.length) return certificates;
  return `A certificate in ${material.certificateName} cannot be read; export it again.`;
}

/** From DER or one PEM block; undefined when it, its public key or its period of validity cannot be read. */
export function readCertificate(encoded: string | Uint8Array): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(encoded);
    // Node decodes these only when asked, and throws then or gives an invalid date.
    const isWhole =
      certificate.publicKey.type === 'public' &&
      !Number.isNaN(certificate.validFromDate.getTime()) &&
      !Number.isNaN(certificate.validToDate.getTime());
    return isWhole ? certificate : undefined;
  } catch {
    return undefined;
  }
}

function issuersOf(
  certificate: X509Certificate,
  given: readonly X509Certificate[],
): readonly X509Certificate[] {
  const issuers: X509Certificate[] = [];
  let last = certificate;
  for (;;) {
    const next = given.find(
      (other) => other !== certificate && !issuers.includes(other) && isIssuedBy(last, other),
    );
    if (next === undefined) return issuers;
    issuers.push(next);
    last = next;
  }
}

/** Whether the issuer's name, right to sign certificates, and signature all fit. */
export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no code';
}
