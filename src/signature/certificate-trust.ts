// Whether the certificate of a signature is one that we take orders from.
import type { X509Certificate } from 'node:crypto';

import { keyWeakness, validityLapse } from './keys.ts';
import { isKnownIssuedBy } from './shown-certificates.ts';

export type Trusted =
  /** SHA-256 fingerprints of the very certificates, in hexadecimal, with or without colons. */
  | { readonly kind: 'pinned'; readonly fingerprints256: readonly string[] }
  /** Whoever one of these has issued, directly or through authorities shown in the signature. */
  | { readonly kind: 'authorities'; readonly certificates: readonly X509Certificate[] };

/**
 * Undefined when the first of the shown certificates is trusted, valid at that instant and strong enough; else the
 * reason. The others only serve as the way to an authority (RFC 5280 section 6 in part: names, signatures, the right
 * to issue and the periods of validity; no revocation, no policies).
 */
export function whyNotTrusted(
  shown: readonly [X509Certificate, ...X509Certificate[]],
  trusted: Trusted,
  at: Date,
): string | undefined {
  const [certificate, ...others] = shown;
  const lapse = validityLapse(certificate, at);
  if (lapse !== undefined) return `the certificate ${lapse}`;
  const weakness = keyWeakness(certificate.publicKey);
  if (weakness !== undefined) return `the key of the certificate ${weakness}`;
  switch (trusted.kind) {
    case 'pinned':
      if (trusted.fingerprints256.map(plainHex).includes(plainHex(certificate.fingerprint256)))
        return undefined;
      return `the certificate ${certificate.fingerprint256} is not registered`;
    case 'authorities':
      if (leadsToAuthority(certificate, others, trusted.certificates, at)) return undefined;
      return `the certificate ${certificate.fingerprint256} was not issued by a trusted authority`;
  }
}

/** Goes up one issuer at a time and looks at each certificate once, however the shown ones have issued each other. */
function leadsToAuthority(
  certificate: X509Certificate,
  others: readonly X509Certificate[],
  authorities: readonly X509Certificate[],
  at: Date,
): boolean {
  let reached: readonly X509Certificate[] = [certificate];
  let left = others;
  while (reached.length > 0) {
    const below = reached;
    const issuesOneBelow = (issuer: X509Certificate): boolean =>
      validityLapse(issuer, at) === undefined && below.some((one) => isKnownIssuedBy(one, issuer));
    if (authorities.some(issuesOneBelow)) return true;
    reached = left.filter(issuesOneBelow);
    const above = reached;
    left = left.filter((other) => !above.includes(other));
  }
  return false;
}

function plainHex(fingerprint: string): string {
  return fingerprint.replaceAll(':', '').toUpperCase();
}
