import { describe, expect, it } from 'vitest';

import { issuerSerial } from '../../src/signature/issuer-serial.ts';
import { throwAwayKey } from './throw-away-keys.ts';

describe('issuer and serial number of a certificate', () => {
  it('name the issuer from the last relative name to the first (RFC 4514)', async () => {
    const { certificate } = await throwAwayKey({ name: 'C=PL, O=Bank, CN=Issuing CA' });
    expect(issuerSerial(certificate).issuerName).toBe('CN=Issuing CA,O=Bank,C=PL');
  });

  it('escape the signs that have a meaning in a name', async () => {
    const name = [{ C: ['PL'] }, { O: ['Example, 12" <z> o.o. + Zażółć; '] }, { CN: [' #1'] }];
    const { certificate } = await throwAwayKey({ name });
    expect(issuerSerial(certificate).issuerName).toBe(
      'CN=\\ #1,O=Example\\, 12\\" \\<z\\> o.o. \\+ Zażółć\\;\\ ,C=PL',
    );
  });

  it('write attribute types outside RFC 4514 as dotted numbers with the value in hexadecimal', async () => {
    const { certificate } = await throwAwayKey({ name: '2.5.4.97=VATPL-5250008198, CN=Qualified' });
    const value = Buffer.from('VATPL-5250008198').toString('hex');
    expect(issuerSerial(certificate).issuerName).toMatch(
      new RegExp(`^CN=Qualified,2\\.5\\.4\\.97=#(13|0c)10${value}$`),
    );
  });

  it('give the serial number in decimal, however long it is', async () => {
    const { certificate } = await throwAwayKey({ serialNumber: '7f0102030405060708090a0b0c0d0e0f10111213' });
    expect(issuerSerial(certificate).serialNumber).toBe(
      BigInt('0x7f0102030405060708090a0b0c0d0e0f10111213').toString(),
    );
  });

  it('are those of the issuer, not of the subject', async () => {
    const issuer = await throwAwayKey({ name: 'CN=Issuer', authority: true });
    const { certificate } = await throwAwayKey({ name: 'CN=Subject', issuer, serialNumber: '0a' });
    expect(issuerSerial(certificate)).toEqual({ issuerName: 'CN=Issuer', serialNumber: '10' });
  });
});
