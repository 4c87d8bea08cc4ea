// A customer's key and the request for its certificate: PKCS#10 (RFC 2986), to be sent to the bank.

import { createPrivateKey, createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { extensionsOf } from './key-usage.ts';
import { loadX509 } from './load-x509.ts';

const RSA_BITS = 3072;
const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/** A new RSA key of 3072 bits (NIST SP 800-57 part 1, beyond 2030) as PEM, PKCS#8, not encrypted. */
export async function makePrivateKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: RSA_BITS });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export interface RequestSubject {
  /** CN, at most 64 characters, as the others (RFC 5280, appendix A.1). */
  readonly commonName: string;
  /** O. */
  readonly organization: string;
  /** C: two letters. */
  readonly country: string;
}

/** The request as PEM. The key is RSA, PEM, and in the clear; rejects for any other. */
export async function certificateRequest(
  keyPem: string,
  subject: RequestSubject,
  purpose: 'client' | 'signing',
): Promise<string> {
  const x509 = await loadX509();
  const privateKey = createPrivateKey(keyPem);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: [
      { C: [subject.country] },
      { O: [subject.organization.slice(0, 64)] },
      { CN: [subject.commonName.slice(0, 64)] },
    ],
    keys: {
      privateKey: privateKey.toCryptoKey(RSA, true, ['sign']),
      publicKey: createPublicKey(privateKey).toCryptoKey(RSA, true, ['verify']),
    },
    signingAlgorithm: RSA,
    extensions: extensionsOf(x509, purpose),
  });
  return `${request.toString('pem')}\n`;
}
