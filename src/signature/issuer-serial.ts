// Who issued a certificate and under which number, in the form that ds:X509IssuerName and ds:X509SerialNumber want.
import type { X509Certificate } from 'node:crypto';

import { derInteger, derObjectIdentifier, derValues, type DerValue } from './der.ts';

export interface IssuerSerial {
  /** RFC 4514: the last relative name first, attribute types outside its table as dotted numbers with a hex value. */
  readonly issuerName: string;
  /** Decimal. */
  readonly serialNumber: string;
}

/** Read from the certificate's own DER, because node:crypto only gives the issuer in OpenSSL's order and names. */
export function issuerSerial(certificate: X509Certificate): IssuerSerial {
  const [certificateSequence] = derValues(certificate.raw);
  const [signedPart] = derValues(content(certificateSequence));
  const fields = derValues(content(signedPart));
  // RFC 5280 section 4.1: an optional version tagged [0] stands before the serial number.
  const serialAt = fields[0]?.tag === 0xa0 ? 1 : 0;
  return {
    issuerName: distinguishedName(content(fields[serialAt + 2])),
    serialNumber: derInteger(content(fields[serialAt])).toString(),
  };
}

/** RFC 4514 section 2: the string of a Name, whose content is given. */
function distinguishedName(name: Uint8Array): string {
  return derValues(name)
    .map((relative) => derValues(relative.content).map(attributeText).join('+'))
    .reverse()
    .join(',');
}

/** RFC 4514 section 3; everything else is written as a dotted number, which every reader understands. */
const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
};

function attributeText(attribute: DerValue): string {
  const [type, value] = derValues(attribute.content);
  if (value === undefined) throw new Error('an attribute of a name has no value');
  const dotted = derObjectIdentifier(content(type));
  const shortName = shortNames[dotted];
  const text = shortName === undefined ? undefined : stringText(value);
  if (text === undefined) return `${shortName ?? dotted}=#${Buffer.from(value.whole).toString('hex')}`;
  return `${shortName ?? dotted}=${escaped(text)}`;
}

/** Undefined when the value is no character string. */
function stringText(value: DerValue): string | undefined {
  const bytes = Buffer.from(value.content);
  switch (value.tag) {
    case 0x0c: // UTF8String
    case 0x13: // PrintableString
    case 0x16: // IA5String
      return bytes.toString('utf8');
    case 0x14: // TeletexString, in practice Latin-1
      return bytes.toString('latin1');
    case 0x1e: // BMPString, UTF-16 with the high byte first
      return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : undefined;
    default:
      return undefined;
  }
}

/** RFC 4514 section 2.4. */
function escaped(text: string): string {
  return text
    .replace(/[\\,+"<>;]/g, '\\$&')
    .replace(/^[# ]/, '\\$&')
    .replace(/(?<!\\) $/, '\\ ')
    .replace(
      /[\u0000-\u001f\u007f]/g,
      (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
}

function content(value: DerValue | undefined): Uint8Array {
  if (value === undefined) throw new Error('a certificate lacks a field that it must have');
  return value.content;
}
