import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { createWrapperDigest, type DigestProfile } from '../../src/signature/wrapper-digest.ts';
import type { WrapperPlace } from '../../src/signature/signed-scope.ts';
import { inEnvelope, splice, wrapper } from './messages.ts';

const usual: DigestProfile = { digest: 'sha256', c14n: 'exclusive', context: 'standalone' };
const signature =
  '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/></ds:Signature>';

/** The canonical form of the wrapper in messages.ts, written by hand. */
const document =
  '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn>\n  <GrpHdr>' +
  '<MsgId>GON1</MsgId></GrpHdr><Amt><InstdAmt Ccy="PLN">1234.50</InstdAmt></Amt>' +
  '<Nm>Zażółć &amp; gęślą &lt;jaźń&gt;</Nm><Empty></Empty></CstmrCdtTrfInitn></Document>';
const canonical = `<cdc:DomesticTransfer xmlns:cdc="urn:ca:std:cdc:tech:xsd:cdc.001.01">${document}</cdc:DomesticTransfer>`;

function digest(message: string, profile = usual, place: WrapperPlace = 'root', pieceBytes = 1000): string {
  const running = createWrapperDigest(profile, place);
  const bytes = Buffer.from(message);
  for (let at = 0; at < bytes.length; at += pieceBytes) running.write(bytes.subarray(at, at + pieceBytes));
  const outcome = running.end();
  return outcome.kind === 'digest' ? Buffer.from(outcome.digest).toString('hex') : outcome.fault.rule;
}

function hashed(text: string, name = 'sha256'): string {
  return createHash(name).update(text).digest('hex');
}

describe('the digest of a wrapper', () => {
  it('is that of its canonical form, in pieces of any size', () => {
    for (const size of [1, 2, 7, 64, 5000])
      expect(digest(wrapper, usual, 'root', size)).toBe(hashed(canonical));
  });

  it('is the same inside an envelope', () => {
    expect(digest(inEnvelope(wrapper), usual, 'soap-body')).toBe(hashed(canonical));
    expect(digest(inEnvelope(wrapper), { ...usual, c14n: 'inclusive' }, 'soap-body')).toBe(hashed(canonical));
  });

  it('is the same with the signature in place', () => {
    expect(digest(splice(wrapper, signature))).toBe(hashed(canonical));
    expect(digest(inEnvelope(splice(wrapper, signature)), usual, 'soap-body')).toBe(hashed(canonical));
  });

  it('takes in a signature that is not a child of the wrapper', () => {
    const deeper = wrapper.replace('<Empty/>', signature);
    expect(digest(deeper)).toBe(
      hashed(
        canonical.replace(
          '<Empty></Empty>',
          signature.replace('<ds:SignedInfo/>', '<ds:SignedInfo></ds:SignedInfo>'),
        ),
      ),
    );
  });

  it('writes down a prefix that is declared on the envelope, under exclusive canonicalization', () => {
    const bare = wrapper.replace(' xmlns:cdc="urn:ca:std:cdc:tech:xsd:cdc.001.01"', '');
    const envelope = inEnvelope(bare).replace(
      'xmlns:unused="urn:unused"',
      'xmlns:cdc="urn:ca:std:cdc:tech:xsd:cdc.001.01"',
    );
    expect(digest(envelope, usual, 'soap-body')).toBe(hashed(canonical));
    expect(digest(envelope, { ...usual, c14n: 'inclusive' }, 'soap-body')).toBe(
      'signature.prefix-from-outside',
    );
  });

  it('finds a default namespace from outside too, under inclusive canonicalization', () => {
    const envelope = inEnvelope('<Order><Document xmlns="urn:d"/></Order>').replace(
      'xmlns:unused="urn:unused"',
      'xmlns="urn:outside"',
    );
    expect(digest(envelope, { ...usual, c14n: 'inclusive' }, 'soap-body')).toBe(
      'signature.prefix-from-outside',
    );
  });

  it('is over the Document alone where the profile says so', () => {
    const profile: DigestProfile = { ...usual, context: 'document' };
    expect(digest(splice(wrapper, signature), profile)).toBe(hashed(document));
    expect(digest(inEnvelope(wrapper), profile, 'soap-body')).toBe(hashed(document));
  });

  it('is over the whole envelope where the profile says so', () => {
    const envelope =
      '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">' +
      `<soapenv:Body>${canonical}</soapenv:Body></soapenv:Envelope>`;
    const profile: DigestProfile = { ...usual, context: 'envelope' };
    expect(digest(inEnvelope(splice(wrapper, signature)), profile, 'soap-body')).toBe(hashed(envelope));
  });

  it('uses the digest of the profile', () => {
    expect(digest(wrapper, { ...usual, digest: 'sha512' })).toBe(hashed(canonical, 'sha512'));
    expect(digest(wrapper, { ...usual, digest: 'sha1' })).toBe(hashed(canonical, 'sha1'));
  });

  it('does not exist for what is no sound XML, and the fault comes with the piece that holds it', () => {
    expect(digest(`<!DOCTYPE x>${wrapper}`)).toBe('xml.dtd');
    expect(digest(wrapper.slice(0, -5))).toBe('xml.unclosed');
    expect(createWrapperDigest(usual).write(Buffer.from('<a><b></a>'))?.rule).toMatch(/^xml\./);
  });

  it('does not exist where there is a comment, which whoever verifies the message would refuse', () => {
    expect(digest(`<!-- x -->${wrapper}`)).toBe('signature.comment');
    expect(digest(wrapper.replace('>', '><!-- x -->'))).toBe('signature.comment');
  });

  it('does not exist without a wrapper or a Document at its place', () => {
    expect(digest(inEnvelope(''), usual, 'soap-body')).toBe('signature.no-wrapper');
    expect(digest(inEnvelope(''), { ...usual, context: 'envelope' }, 'soap-body')).toBe(
      'signature.no-wrapper',
    );
    expect(digest(wrapper, usual, 'soap-body')).toBe('signature.no-wrapper');
    expect(digest('<Order/>', { ...usual, context: 'document' })).toBe('xml.c14n.apex');
  });
});
