import { createHash, verify } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { createXadesSigner, keyMisfit } from '../../src/signature/xades-signer.ts';
import { proposedProfile, type SignatureProfile } from '../../src/signature/signature-profile.ts';
import { pieces, wrapper } from './messages.ts';
import { NOW, throwAwayKey, type ThrowAway } from './throw-away-keys.ts';

let authority: ThrowAway;
let key: ThrowAway;
let elliptic: ThrowAway;

beforeAll(async () => {
  authority = await throwAwayKey({ name: 'CN=Authority & Sons', authority: true });
  key = await throwAwayKey({ issuer: authority, serialNumber: '0102' });
  elliptic = await throwAwayKey({ type: 'p256' });
});

const wrapperDigest = createHash('sha256').update('any').digest();

async function element(change: Partial<SignatureProfile> = {}, signingKey = key): Promise<string> {
  const signer = createXadesSigner({ key: signingKey, profile: { ...proposedProfile, ...change } });
  return Buffer.from(await signer.signOrder({ wrapperDigest, id: 'sig-1', signingTime: NOW })).toString();
}

describe('the signature of an order', () => {
  it('carries the digest it was given in the reference to the content', async () => {
    expect(await element()).toContain(
      '<ds:Reference URI="" Id="sig-1-content"><ds:Transforms>' +
        '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>' +
        '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms>' +
        '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>' +
        `<ds:DigestValue>${wrapperDigest.toString('base64')}</ds:DigestValue></ds:Reference>`,
    );
  });

  it('signs its signed properties under a reference of their type', async () => {
    const xml = await element();
    const properties = /<xades:SignedProperties.*<\/xades:SignedProperties>/.exec(xml)?.[0] ?? '';
    // Exclusive canonical form, by hand: the two prefixes where each is first used.
    const canonical = properties
      .replace(
        '<xades:SignedProperties',
        '<xades:SignedProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"',
      )
      .replace(
        /<ds:(DigestMethod|DigestValue|X509IssuerName|X509SerialNumber)/g,
        '<ds:$1 xmlns:ds="http://www.w3.org/2000/09/xmldsig#"',
      )
      .replace(/(<ds:DigestMethod [^>]*)\/>/, '$1></ds:DigestMethod>');
    const digest = createHash('sha256').update(canonical).digest('base64');
    expect(xml).toContain(
      '<ds:Reference URI="#sig-1-properties" Type="http://uri.etsi.org/01903#SignedProperties">',
    );
    expect(xml).toContain(`<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`);
  });

  it('says when, with which certificate and what kind of data was signed', async () => {
    const xml = await element();
    expect(xml).toContain('<xades:SigningTime>2026-03-02T10:00:00Z</xades:SigningTime>');
    expect(xml).toContain(createHash('sha256').update(key.certificate.raw).digest('base64'));
    expect(xml).toContain(
      '<ds:X509IssuerName>CN=Authority &amp; Sons</ds:X509IssuerName><ds:X509SerialNumber>258</ds:X509SerialNumber>',
    );
    expect(xml).toContain(
      '<xades:DataObjectFormat ObjectReference="#sig-1-content"><xades:MimeType>text/xml</xades:MimeType>',
    );
    expect(xml).toContain('xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" Target="#sig-1">');
  });

  it('shows the certificate alone or with its issuers', async () => {
    const shown = (xml: string): number => xml.split('<ds:X509Certificate>').length - 1;
    expect(shown(await element())).toBe(1);
    const chain = await element({ keyInfo: 'chain' });
    expect(shown(chain)).toBe(2);
    expect(chain.indexOf(key.certificate.raw.toString('base64'))).toBeLessThan(
      chain.indexOf(authority.certificate.raw.toString('base64')),
    );
  });

  it('is plain XMLDSig where the bank wants no XAdES', async () => {
    const xml = await element({ xades: 'none' });
    expect(xml).not.toContain('xades');
    expect(xml.split('<ds:Reference ').length - 1).toBe(1);
  });

  it('filters the Document by XPath where only that is signed', async () => {
    expect(await element({ context: 'document' })).toContain(
      '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">' +
        "<ds:XPath>ancestor-or-self::*[local-name()='Document']</ds:XPath></ds:Transform>",
    );
  });

  it('is one element without a line end, that starts and ends as ds:Signature', async () => {
    expect(await element()).toMatch(
      /^<ds:Signature Id="sig-1" xmlns:ds="http:\/\/www\.w3\.org\/2000\/09\/xmldsig#">.*<\/ds:Signature>$/,
    );
  });

  it('puts r and s one after the other for ECDSA', async () => {
    const xml = await element({ signature: 'ecdsa-sha256', xades: 'none' }, elliptic);
    const value = Buffer.from(/<ds:SignatureValue>(.*)<\/ds:SignatureValue>/.exec(xml)?.[1] ?? '', 'base64');
    const signedInfo = (/<ds:SignedInfo>.*<\/ds:SignedInfo>/.exec(xml)?.[0] ?? '')
      .replace('<ds:SignedInfo>', '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">')
      .replace(/<(ds:\w+)( [^>]*)\/>/g, '<$1$2></$1>')
      .replace('<ds:Reference URI="" Id="sig-1-content">', '<ds:Reference Id="sig-1-content" URI="">');
    expect(value).toHaveLength(64);
    expect(
      verify(
        'sha256',
        Buffer.from(signedInfo),
        { key: elliptic.certificate.publicKey, dsaEncoding: 'ieee-p1363' },
        value,
      ),
    ).toBe(true);
  });

  it('has nothing of an earlier order of the same key', async () => {
    const later = {
      wrapperDigest: createHash('sha256').update('another').digest(),
      id: 'sig-2',
      signingTime: new Date(NOW.getTime() + 60_000),
      namespaces: { soapenv: 'http://schemas.xmlsoap.org/soap/envelope/' },
    };
    const [used, unused] = [key, key].map((one) => createXadesSigner({ key: one, profile: proposedProfile }));
    await used?.signOrder({ wrapperDigest, id: 'sig-1', signingTime: NOW });
    expect(await used?.signOrder(later)).toEqual(await unused?.signOrder(later));
  });

  it('must have an Id that XML allows', async () => {
    const signer = createXadesSigner({ key, profile: proposedProfile });
    await expect(signer.signOrder({ wrapperDigest, id: '1"', signingTime: NOW })).rejects.toThrow(
      /cannot be the Id/,
    );
  });
});

describe('a signer', () => {
  it('shows whose certificate it has, and until when', () => {
    const { certificate } = createXadesSigner({ key, profile: proposedProfile });
    expect(certificate).toEqual({
      subject: 'CN=Throw-away, O=Example Sp. z o.o., C=PL',
      validTo: new Date('2027-01-01T00:00:00Z'),
      fingerprint256: key.certificate.fingerprint256,
    });
  });

  it('does not start with a key of another type than its profile needs', () => {
    const profile: SignatureProfile = { ...proposedProfile, signature: 'ecdsa-sha256' };
    expect(keyMisfit(elliptic, profile)).toBeUndefined();
    expect(keyMisfit(key, profile)).toMatch(/ecdsa-sha256 cannot be made with a key of the type rsa; choose/);
    expect(() => createXadesSigner({ key, profile })).toThrow(/ecdsa-sha256/);
  });

  it('digests what its profile signs, and throws for what is not sound', async () => {
    const signer = createXadesSigner({ key, profile: proposedProfile });
    const digest = signer.startDigest();
    for await (const piece of pieces(wrapper)) digest.write(piece);
    expect(digest.end()).toHaveLength(32);
    const unsound = /not sound: .*\(xml\..*, line 1, column \d+\)/;
    expect(() => signer.startDigest().write(Buffer.from('<a><b></a>'))).toThrow(unsound);
    const unclosed = signer.startDigest();
    unclosed.write(Buffer.from('<a><b></b>'));
    expect(() => unclosed.end()).toThrow(unsound);
  });
});
