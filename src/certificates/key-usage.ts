// What a certificate is for, as X.509 says it (RFC 5280, sections 4.2.1.3 and 4.2.1.12).

import type { X509 } from './load-x509.ts';

export type CertificatePurpose = 'authority' | 'server' | 'client' | 'signing';

/** The extensions that a certificate of that purpose bears, and that a request for one asks for. */
export function extensionsOf(x509: X509, purpose: CertificatePurpose): InstanceType<X509['Extension']>[] {
  const { keyCertSign, digitalSignature, nonRepudiation } = x509.KeyUsageFlags;
  switch (purpose) {
    case 'authority':
      return [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(keyCertSign, true),
      ];
    case 'server':
      return [
        new x509.SubjectAlternativeNameExtension([
          { type: 'dns', value: 'localhost' },
          { type: 'ip', value: '127.0.0.1' },
        ]),
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
