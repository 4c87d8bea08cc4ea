// Writes the XAdES properties that are signed along with an order: when, with which certificate, what kind of data.
import { createHash, type X509Certificate } from 'node:crypto';

import { escapeText } from '../xml/escape.ts';
import { issuerSerial } from './issuer-serial.ts';
import { digestUris, xadesNamespace, type DigestName } from './signature-profile.ts';

export interface SignedPropertiesInput {
  readonly certificate: X509Certificate;
  readonly digest: DigestName;
  readonly signingTime: Date;
  readonly signatureId: string;
  readonly propertiesId: string;
  /** Id of the reference to the content. */
  readonly contentId: string;
}

/**
 * The `xades:QualifyingProperties` of a XAdES-BES (ETSI TS 101 903 v1.3.2 section 4.4.1), to stand in a `ds:Object`
 * where the prefix `ds` is declared. The signing time is UTC in whole seconds.
 */
export function qualifyingProperties(input: SignedPropertiesInput): string {
  const { certificate, digest } = input;
  const { issuerName, serialNumber } = issuerSerial(certificate);
  return [
    `<xades:QualifyingProperties xmlns:xades="${xadesNamespace}" Target="#${input.signatureId}">`,
    `<xades:SignedProperties Id="${input.propertiesId}">`,
    '<xades:SignedSignatureProperties>',
    `<xades:SigningTime>${signingTimeText(input.signingTime)}</xades:SigningTime>`,
    '<xades:SigningCertificate><xades:Cert>',
    `<xades:CertDigest><ds:DigestMethod Algorithm="${digestUris[digest]}"/>`,
    `<ds:DigestValue>${createHash(digest).update(certificate.raw).digest('base64')}</ds:DigestValue></xades:CertDigest>`,
    `<xades:IssuerSerial><ds:X509IssuerName>${escapeText(issuerName)}</ds:X509IssuerName>`,
    `<ds:X509SerialNumber>${serialNumber}</ds:X509SerialNumber></xades:IssuerSerial>`,
    '</xades:Cert></xades:SigningCertificate>',
    '</xades:SignedSignatureProperties>',
    `<xades:SignedDataObjectProperties><xades:DataObjectFormat ObjectReference="#${input.contentId}">`,
    '<xades:MimeType>text/xml</xades:MimeType>',
    '</xades:DataObjectFormat></xades:SignedDataObjectProperties>',
    '</xades:SignedProperties></xades:QualifyingProperties>',
  ].join('');
}

/** UTC in whole seconds. */
export function signingTimeText(signingTime: Date): string {
  return signingTime.toISOString().replace(/\.\d+Z$/, 'Z');
}
