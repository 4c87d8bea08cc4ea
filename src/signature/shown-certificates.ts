// Certificates as signatures show them: the same few come with every order, and reading one takes longer than finding it again.
import type { X509Certificate } from 'node:crypto';

import { isIssuedBy, readCertificate } from './keys.ts';

const REMEMBERED_MAX = 16;

const remembered = new Map<string, X509Certificate>();
const issuing = new WeakMap<X509Certificate, WeakMap<X509Certificate, boolean>>();

/** From DER; undefined when it cannot be read, or when there are octets after it. */
export function shownCertificate(der: Uint8Array): X509Certificate | undefined {
  const name = Buffer.from(der).toString('base64');
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const certificate = readCertificate(der);
  if (certificate?.raw.equals(der) !== true) return undefined;
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(name, certificate);
  return certificate;
}

/** As `isIssuedBy`, which checks a signature: once for two certificates. */
export function isKnownIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  const issuers = issuing.get(certificate) ?? new WeakMap<X509Certificate, boolean>();
  issuing.set(certificate, issuers);
  const known = issuers.get(issuer) ?? isIssuedBy(certificate, issuer);
  issuers.set(issuer, known);
  return known;
}
