// Makes the sandbox's keys and certificates with @peculiar/x509 on Node's WebCrypto.

import { randomBytes, webcrypto } from 'node:crypto';
import type * as x509Module from '@peculiar/x509';
import { provideReflectMetadata } from './reflect-metadata.ts';

export type CertificatePurpose = 'authority' | 'server' | 'client' | 'signing';

export interface CertificateRequest {
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
export async function issueCertificate(request: CertificateRequest): Promise<IssuedCertificate> {
  const x509 = await loadX509();
  const forCustomer = request.purpose === 'client' || request.purpose === 'signing';
  const algorithm = forCustomer ? RSA : ELLIPTIC;
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const key = await privateKeyPem(keys.privateKey);
  const { certificate: issuerPem, key: issuerKey } = request.issuer ?? { certificate: undefined, key };
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: `1${randomBytes(15).toString('hex').slice(1)}`,
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

type X509 = typeof x509Module;

/** Loaded only when a certificate is made: most starts find theirs on disk. */
async function loadX509(): Promise<X509> {
  provideReflectMetadata();
  return await import('@peculiar/x509');
}

function extensionsOf(x509: X509, purpose: CertificatePurpose): InstanceType<X509['Extension']>[] {
  const { keyCertSign, digitalSignature, nonRepudiation } = x509.KeyUsageFlags;
  const hosts = new x509.SubjectAlternativeNameExtension([
    { type: 'dns', value: 'localhost' },
    { type: 'ip', value: '127.0.0.1' },
  ]);
  switch (purpose) {
    case 'authority':
      return [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(keyCertSign, true),
      ];
    case 'server':
      return [
        hosts,
        new x509.KeyUsagesExtension(digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      ];
    case 'client':
      return [
        new x509.KeyUsagesExtension(digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
      ];
    case 'signing':
      return [new x509.KeyUsagesExtension(nonRepudiation, true)];
  }
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
