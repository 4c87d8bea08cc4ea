// Keys and certificates made for one test run.
import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';

import { provideReflectMetadata } from '../../src/certificates/reflect-metadata.ts';
import type { SigningKey } from '../../src/signature/keys.ts';

provideReflectMetadata();
const x509 = await import('@peculiar/x509');

export interface ThrowAway extends SigningKey {
  readonly keyPem: string;
  readonly certificatePem: string;
}

export interface ThrowAwayOptions {
  /** In the order of the certificate; as a list where signs would need escapes. */
  readonly name?: string | Record<string, string[]>[];
  readonly type?: 'rsa' | 'rsa-1024' | 'p256' | 'p521';
  /** Another certificate for the key of this one, which is RSA. */
  readonly sameKeyAs?: ThrowAway;
  readonly issuer?: ThrowAway;
  readonly authority?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly serialNumber?: string;
}

/** The instant at which all of them are valid unless asked otherwise. */
export const NOW = new Date('2026-03-02T10:00:00.789Z');

const algorithms = {
  rsa: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
  'rsa-1024': {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 1024,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
  p256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  p521: { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-256' },
};

export async function throwAwayKey(options: ThrowAwayOptions = {}): Promise<ThrowAway> {
  const algorithm = algorithms[options.type ?? 'rsa'];
  const { sameKeyAs } = options;
  const keys =
    sameKeyAs === undefined
      ? await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
      : { privateKey: await rsaKey(sameKeyAs), publicKey: await rsaPublicKey(sameKeyAs) };
  const keyPem = pem(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const subject = options.name ?? 'CN=Throw-away, O=Example Sp. z o.o., C=PL';
  const { issuer } = options;
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: options.serialNumber ?? '4d',
    subject,
    issuer: issuer === undefined ? subject : new x509.X509Certificate(issuer.certificate.raw).subjectName,
    notBefore: new Date(options.from ?? '2026-01-01T00:00:00Z'),
    notAfter: new Date(options.to ?? '2027-01-01T00:00:00Z'),
    publicKey: keys.publicKey,
    signingKey: issuer === undefined ? keys.privateKey : await rsaKey(issuer),
    signingAlgorithm: issuer === undefined ? algorithm : algorithms.rsa,
    extensions: options.authority === true ? [new x509.BasicConstraintsExtension(true, undefined, true)] : [],
  });
  const certificatePem = `${made.toString('pem')}\n`;
  const certificate = new X509Certificate(certificatePem);
  const issuers = issuer === undefined ? [] : [issuer.certificate, ...issuer.issuers];
  return { privateKey: createPrivateKey(keyPem), certificate, issuers, keyPem, certificatePem };
}

/** Issuers are RSA keys. */
async function rsaKey(of: ThrowAway): Promise<webcrypto.CryptoKey> {
  const der = of.privateKey.export({ type: 'pkcs8', format: 'der' });
  return await webcrypto.subtle.importKey('pkcs8', der, algorithms.rsa, true, ['sign']);
}

async function rsaPublicKey(of: ThrowAway): Promise<webcrypto.CryptoKey> {
  const der = of.certificate.publicKey.export({ type: 'spki', format: 'der' });
  return await webcrypto.subtle.importKey('spki', der, algorithms.rsa, true, ['verify']);
}

function pem(der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
}
