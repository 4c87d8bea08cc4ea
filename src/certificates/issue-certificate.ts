// What an authority does: makes a key with its certificate, or answers a request with a certificate. Only the sandbox bank is one.

import { randomBytes, webcrypto } from 'node:crypto';
import { extensionsOf, type CertificatePurpose } from './key-usage.ts';
import { loadX509 } from './load-x509.ts';

export interface NewCertificate {
  readonly purpose: CertificatePurpose;
  /** Common name of the subject. */
  readonly name: string;
  readonly notAfter: Date;
  /** undefined signs the certificate with its own key. */
  readonly issuer: IssuedCertificate | undefined;
}

/** A certificate and its private key, both PEM. */
export interface IssuedCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** Certificates are valid from here on, so that a bank whose clock is set to a past day finds them valid too. */
const NOT_BEFORE = new Date('2020-01-01T00:00:00Z');

const ELLIPTIC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

/** Makes a key pair and a certificate for it: P-256 for the bank's own, RSA 2048 for the customer's. */
export async function issueCertificate(request: NewCertificate): Promise<IssuedCertificate> {
  const x509 = await loadX509();
  const forCustomer = request.purpose === 'client' || request.purpose === 'signing';
  const algorithm = forCustomer ? RSA : ELLIPTIC;
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const key = await privateKeyPem(keys.privateKey);
  const { certificate: issuerPem, key: issuerKey } = request.issuer ?? { certificate: undefined, key };
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: newSerialNumber(),
    subject: `CN=${request.name}`,
    issuer: issuerPem === undefined ? `CN=${request.name}` : new x509.X509Certificate(issuerPem).subject,
    notBefore: NOT_BEFORE,
    notAfter: request.notAfter,
    publicKey: keys.publicKey,
    signingKey: issuerPem === undefined ? keys.privateKey : await importAuthorityKey(issuerKey),
    signingAlgorithm: issuerPem === undefined ? algorithm : ELLIPTIC,
    extensions: extensionsOf(x509, request.purpose),
  });
  return { certificate: `${certificate.toString('pem')}\n`, key };
}

/**
 * The certificate, PEM, that `issuer` gives for a request (PKCS#10, PEM) whose signature shows that the applicant has the key.
 * Rejects with a sentence when it does not. Only subject and key are taken from the request: what the certificate is for is
 * the authority's to say.
 */
export async function issueForRequest(
  requestPem: string,
  purpose: 'client' | 'signing',
  issuer: IssuedCertificate,
  notAfter: Date,
): Promise<string> {
  const x509 = await loadX509();
  const request = new x509.Pkcs10CertificateRequest(requestPem);
  if (!(await request.verify())) throw new Error('The signature of the request does not fit its key.');
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: newSerialNumber(),
    subject: request.subjectName,
    issuer: new x509.X509Certificate(issuer.certificate).subject,
    notBefore: NOT_BEFORE,
    notAfter,
    publicKey: request.publicKey,
    signingKey: await importAuthorityKey(issuer.key),
    signingAlgorithm: ELLIPTIC,
    extensions: extensionsOf(x509, purpose),
  });
  return `${certificate.toString('pem')}\n`;
}

/** Positive, and never the same twice. */
function newSerialNumber(): string {
  return `1${randomBytes(15).toString('hex').slice(1)}`;
}

async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = await webcrypto.subtle.exportKey('pkcs8', key);
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
}

async function importAuthorityKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return await webcrypto.subtle.importKey('pkcs8', der, ELLIPTIC, false, ['sign']);
}
