import type { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import type { SignatureProfile } from '../../src/signature/signature-profile.ts';
import {
  strongSignatures,
  verifyEnvelopedSignature,
  type AcceptedSignatures,
  type VerificationOptions,
} from '../../src/signature/verify.ts';
import { bothChecks } from './both-checks.ts';
import { inEnvelope, pieces, signed, splice, wrapper } from './messages.ts';
import { NOW, throwAwayKey, type ThrowAway } from './throw-away-keys.ts';

let root: ThrowAway;
let middle: ThrowAway;
let key: ThrowAway;
let stranger: ThrowAway;
/** The wrapper signed as proposed, by `key`. */
let order: string;

beforeAll(async () => {
  root = await throwAwayKey({ name: 'CN=Root', authority: true });
  middle = await throwAwayKey({ name: 'CN=Middle', authority: true, issuer: root });
  key = await throwAwayKey({ issuer: middle });
  stranger = await throwAwayKey();
  order = await signed(key);
});

async function verdict(
  message: string | Uint8Array,
  options: Partial<VerificationOptions> = {},
): Promise<string> {
  const trusted = { kind: 'pinned' as const, fingerprints256: [key.certificate.fingerprint256] };
  const usual: VerificationOptions = {
    trusted,
    at: NOW,
    place: 'root',
    accepted: strongSignatures,
    check: bothChecks,
  };
  const verification = await verifyEnvelopedSignature(pieces(message), { ...usual, ...options });
  return verification.kind === 'valid' ? 'valid' : verification.reason;
}

async function verdictInEnvelope(content: string, header = ''): Promise<string> {
  return await verdict(inEnvelope(content, header), { place: 'soap-body' });
}

/** Fails when there is nothing to change, so that no attack is a no-op. */
function changed(message: string, from: string | RegExp, to: string): string {
  const result = message.replace(from, () => to);
  if (result === message) throw new Error(`nothing to change: ${String(from)}`);
  return result;
}

function signatureOf(message: string): string {
  return /<ds:Signature .*<\/ds:Signature>/.exec(message)?.[0] ?? '';
}

describe('a signed order', () => {
  it('is valid alone and in an envelope, and names its certificate and time', async () => {
    const trusted = { kind: 'pinned' as const, fingerprints256: [key.certificate.fingerprint256] };
    const options = {
      trusted,
      at: NOW,
      place: 'root' as const,
      accepted: strongSignatures,
      check: bothChecks,
    };
    const verification = await verifyEnvelopedSignature(pieces(order), options);
    if (verification.kind !== 'valid') throw new Error(verification.reason);
    expect(verification.certificate.fingerprint256).toBe(key.certificate.fingerprint256);
    expect(verification.signingTime).toEqual(new Date('2026-03-02T10:00:00Z'));
    expect(await verdictInEnvelope(order, '<soapenv:Header/>')).toBe('valid');
  });

  const profiles: readonly (Partial<SignatureProfile> & { type?: 'p256' })[] = [
    { xades: 'none' },
    { c14n: 'inclusive' },
    { context: 'envelope' },
    { context: 'envelope', c14n: 'inclusive' },
    { context: 'document' },
    { context: 'document', c14n: 'inclusive' },
    { context: 'document', xades: 'none' },
    { digest: 'sha1', signature: 'rsa-sha1' },
    { digest: 'sha512', signature: 'rsa-sha512', keyInfo: 'chain' },
    { signature: 'ecdsa-sha256', type: 'p256' },
  ];
  it.each(profiles)(
    'is valid under the profile %j where that is accepted, and only there',
    async (profile) => {
      const { type, ...change } = profile;
      const signer = type === undefined ? key : await throwAwayKey({ type, issuer: middle });
      const trusted = { kind: 'pinned' as const, fingerprints256: [signer.certificate.fingerprint256] };
      const accepted: AcceptedSignatures = {
        context: change.context ?? 'standalone',
        xades: change.xades ?? 'bes',
        digests: [change.digest ?? 'sha256'],
        c14ns: [change.c14n ?? 'exclusive'],
        signatures: [change.signature ?? 'rsa-sha256'],
      };
      const message = await signed(signer, change);
      const place = change.context === 'envelope' ? 'soap-body' : 'root';
      expect(await verdict(message, { trusted, accepted, place })).toBe('valid');
      if (place === 'root')
        expect(await verdict(inEnvelope(message), { trusted, accepted, place: 'soap-body' })).toBe('valid');
      const isStrong = change.signature === 'rsa-sha512' || change.signature === 'ecdsa-sha256';
      expect(await verdict(message, { trusted, place })).toMatch(
        isStrong ? /^valid$/ : /accepted|no XAdES|another part|changed after/,
      );
    },
  );

  it('is invalid after a change of one byte anywhere in its content', async () => {
    const bytes = Buffer.from(order);
    for (let at = 0; at < Buffer.from(wrapper).length - '</cdc:DomesticTransfer>'.length; at += 2) {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      expect(await verdict(copy), `byte ${at}`).not.toBe('valid');
    }
  });

  it('is invalid after a change of one sign anywhere in its signature', async () => {
    const from = order.indexOf('<ds:Signature');
    for (let at = from; at < order.length; at += 7) {
      const sign = order[at] === 'A' ? 'B' : 'A';
      expect(
        await verdict(order.slice(0, at) + sign + order.slice(at + 1)),
        order.slice(from, at + 1),
      ).not.toBe('valid');
    }
  });

  it('stays valid when it is written in another way with the same canonical form', async () => {
    expect(await verdict(changed(order, '<Empty/>', '<Empty></Empty>'))).toBe('valid');
    expect(await verdict(changed(order, "Ccy='PLN'", 'Ccy = "&#80;LN"'))).toBe('valid');
  });
});

describe('the certificate of a signed order', () => {
  it('must be registered', async () => {
    expect(await verdict(await signed(stranger))).toMatch(/is not registered/);
    const pinned = {
      kind: 'pinned' as const,
      fingerprints256: [key.certificate.fingerprint256.replaceAll(':', '').toLowerCase()],
    };
    expect(await verdict(order, { trusted: pinned })).toBe('valid');
  });

  it('may be issued by a trusted authority, directly or through those shown in the signature', async () => {
    const by = (...certificates: X509Certificate[]): Partial<VerificationOptions> => ({
      trusted: { kind: 'authorities', certificates },
    });
    const chain = await signed(key, { keyInfo: 'chain' });
    expect(await verdict(order, by(middle.certificate))).toBe('valid');
    expect(await verdict(order, by(root.certificate))).toMatch(/not issued by a trusted authority/);
    expect(await verdict(chain, by(root.certificate))).toBe('valid');
    expect(await verdict(chain, by(stranger.certificate))).toMatch(/not issued by a trusted authority/);
    expect(await verdict(chain, by())).toMatch(/not issued by a trusted authority/);
  });

  it('must not be issued by one that is no authority, or no longer valid', async () => {
    const leaf = await throwAwayKey({ name: 'CN=Leaf', issuer: middle });
    const forged = await throwAwayKey({ name: 'CN=Forged', issuer: leaf });
    const late = await throwAwayKey({
      name: 'CN=Late',
      issuer: root,
      authority: true,
      to: '2026-02-01T00:00:00Z',
    });
    const below = await throwAwayKey({ name: 'CN=Below', issuer: late });
    const trusted = { kind: 'authorities' as const, certificates: [root.certificate, middle.certificate] };
    expect(await verdict(await signed(forged, { keyInfo: 'chain' }), { trusted })).toMatch(/not issued/);
    expect(await verdict(await signed(below, { keyInfo: 'chain' }), { trusted })).toMatch(/not issued/);
    expect(await verdict(await signed(leaf, { keyInfo: 'chain' }), { trusted })).toBe('valid');
  });

  it('must be valid at the instant of the verification', async () => {
    expect(await verdict(order, { at: new Date('2027-06-01T00:00:00Z') })).toMatch(
      /the certificate expired on/,
    );
    expect(await verdict(order, { at: new Date('2025-06-01T00:00:00Z') })).toMatch(
      /the certificate is not valid before/,
    );
  });

  it('must have a strong key', async () => {
    const weak = await throwAwayKey({ type: 'rsa-1024' });
    const trusted = { kind: 'pinned' as const, fingerprints256: [weak.certificate.fingerprint256] };
    expect(await verdict(await signed(weak), { trusted })).toMatch(/only 1024 bits/);
  });

  it('cannot be exchanged for another registered one, not even of the same key', async () => {
    const shown = key.certificate.raw.toString('base64');
    for (const other of [stranger, await throwAwayKey({ sameKeyAs: key, serialNumber: '0b' })]) {
      const fingerprints256 = [key, other].map(({ certificate }) => certificate.fingerprint256);
      const message = changed(order, shown, other.certificate.raw.toString('base64'));
      expect(await verdict(message, { trusted: { kind: 'pinned', fingerprints256 } })).toMatch(
        /name another certificate/,
      );
    }
  });

  it('cannot be left out for a bare key', async () => {
    const bare = changed(
      order,
      /<ds:X509Data>.*<\/ds:X509Data>/,
      '<ds:KeyValue><ds:RSAKeyValue/></ds:KeyValue>',
    );
    const both = changed(order, '<ds:KeyInfo>', '<ds:KeyInfo><ds:KeyValue><ds:RSAKeyValue/></ds:KeyValue>');
    expect(await verdict(bare)).toMatch(/ds:KeyInfo of the signature must hold ds:X509Data/);
    expect(await verdict(both)).toMatch(/ds:KeyInfo of the signature must hold ds:X509Data/);
  });
});

describe('signature wrapping', () => {
  const evil = wrapper.replace('1234.50', '9999.99');

  it('with the signed wrapper moved to the header is refused', async () => {
    expect(await verdictInEnvelope(evil, `<soapenv:Header>${order}</soapenv:Header>`)).toMatch(
      /not a child of the wrapper/,
    );
  });

  it('with the signed wrapper moved into the wrapper is refused', async () => {
    expect(await verdictInEnvelope(splice(evil, order))).toMatch(/not a child of the wrapper/);
    expect(await verdict(splice(evil, order))).toMatch(/not a child of the wrapper/);
  });

  it('with the signed wrapper moved into an object of its own signature is refused', async () => {
    const hidden = changed(signatureOf(order), '<ds:Object>', `<ds:Object>${wrapper}</ds:Object><ds:Object>`);
    expect(await verdict(splice(evil, hidden))).not.toBe('valid');
  });

  it('with two elements in the body, two bodies or something after the body is refused', async () => {
    expect(await verdictInEnvelope(order + evil)).toMatch(/more than one element/);
    expect(await verdictInEnvelope(evil + order)).toMatch(/more than one element/);
    expect(await verdictInEnvelope(`${order}</soapenv:Body><soapenv:Body>${evil}`)).toMatch(
      /more than a header and one body/,
    );
    expect(await verdictInEnvelope(`${order}</soapenv:Body><extra/><soapenv:Body>`)).toMatch(
      /more than a header and one body/,
    );
    expect(await verdict(`<a><b>${order}</b></a>`, { place: 'soap-body' })).toMatch(
      /not a SOAP 1.1 envelope/,
    );
  });

  it('with a second signature is refused', async () => {
    expect(await verdict(splice(order, signatureOf(order).replaceAll('sig-GON1', 'sig-2')))).toMatch(
      /not the last child|2 signatures/,
    );
    expect(await verdict(splice(evil, signatureOf(order) + signatureOf(order)))).not.toBe('valid');
  });

  it('with something after the signature is refused', async () => {
    expect(await verdict(splice(order, '<Document/>'))).toMatch(/not the last child/);
  });

  it('without a signature is refused', async () => {
    expect(await verdict(wrapper)).toMatch(/0 signatures/);
  });

  it('with an Id that stands there twice is refused', async () => {
    for (const attribute of ['Id', 'ID', 'id', 'xml:id']) {
      const message = changed(order, '<Empty/>', `<Empty ${attribute}="sig-GON1-properties"/>`);
      expect(await verdict(message)).toMatch(/sig-GON1-properties stands there more than once/);
    }
  });

  it('with the reference to the content taken out, doubled or turned elsewhere is refused', async () => {
    const [content = ''] = /<ds:Reference URI="".*?<\/ds:Reference>/.exec(order) ?? [];
    expect(await verdict(changed(order, content, ''))).toMatch(/ds:SignedInfo of the signature must hold/);
    expect(
      await verdict(changed(order, content, content + content.replace(' Id="sig-GON1-content"', ''))),
    ).toMatch(/ds:SignedInfo of the signature must hold/);
    expect(await verdict(changed(order, 'URI=""', 'URI="#sig-GON1"'))).toMatch(
      /must not have the attribute Type/,
    );
    expect(await verdict(changed(order, 'URI="" ', ''))).toMatch(/must not have the attribute Type/);
    expect(await verdict(changed(order, 'URI="#sig-GON1-properties"', 'URI="#other"'))).toMatch(
      /its own signed properties/,
    );
  });

  it('with other transforms is refused', async () => {
    const enveloped = '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>';
    const xpath =
      '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>false()</ds:XPath></ds:Transform>';
    const c14n = '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>';
    const prefixes = c14n.replace(
      '/>',
      '><i:InclusiveNamespaces xmlns:i="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="a"/></ds:Transform>',
    );
    expect(await verdict(changed(order, enveloped, enveloped + xpath))).toMatch(
      /ds:Transforms of the signature must hold/,
    );
    expect(await verdict(changed(order, enveloped, xpath))).toMatch(
      /XPath filter of the signature is not the one/,
    );
    expect(await verdict(changed(order, c14n, prefixes))).toMatch(
      /ds:Transform of the signature must hold no element/,
    );
    expect(await verdict(changed(order, enveloped, ''))).toMatch(/ds:Transforms of the signature must hold/);
  });

  it('with an algorithm of another kind is refused', async () => {
    const hmac = changed(order, 'xmldsig-more#rsa-sha256', 'xmldsig-more#hmac-sha256');
    expect(await verdict(hmac)).toMatch(/hmac-sha256, which is not known here/);
  });

  it('with elements of another namespace in the places of the expected ones is refused', async () => {
    const other = changed(order, '<ds:SignedInfo>', '<SignedInfo xmlns="urn:x"/><ds:SignedInfo>');
    expect(await verdict(other)).toMatch(/\{urn:x\}SignedInfo/);
    const twice = changed(order, '<ds:KeyInfo>', '<ds:SignedInfo/><ds:KeyInfo>');
    expect(await verdict(twice)).toMatch(/ds:Signature of the signature must hold/);
  });

  it('with the signed properties of another signature is refused', async () => {
    expect(await verdict(changed(order, 'Target="#sig-GON1"', 'Target="#sig-2"'))).toMatch(
      /not those of this signature/,
    );
    expect(
      await verdict(changed(order, 'ObjectReference="#sig-GON1-content"', 'ObjectReference="#x"')),
    ).toMatch(/not that of the content/);
    expect(await verdict(changed(order, '10:00:00Z</xades', '11:00:00Z</xades'))).toMatch(
      /over these references/,
    );
  });

  it('with comments, which no signature covers, or a DTD is refused', async () => {
    expect(await verdict(changed(order, 'GON1</MsgId>', 'GO<!-- -->N1</MsgId>'))).toMatch(/comment/);
    expect(await verdict(`<!DOCTYPE a [<!ATTLIST Empty Id ID #IMPLIED>]>${order}`)).toMatch(/xml\.dtd/);
  });

  it('of a Document alone with others beside it is refused', async () => {
    const accepted = { ...strongSignatures, context: 'document' as const };
    const message = await signed(key, { context: 'document' });
    expect(await verdict(message, { accepted })).toBe('valid');
    const before = changed(message, '<Document ', '<Extra/><Document ');
    const after = changed(message, '<ds:Signature ', '<Extra/><ds:Signature ');
    expect(await verdict(before, { accepted })).toMatch(/more than one Document/);
    expect(await verdict(after, { accepted })).toMatch(/more than one Document/);
  });

  it('by a message that is another one at its second reading is of no use, for there is only one', async () => {
    const trusted = { kind: 'pinned' as const, fingerprints256: [key.certificate.fingerprint256] };
    const spaced = changed(order, '<Empty/>', '<Empty>x</Empty>');
    let readings = 0;
    const source = {
      [Symbol.asyncIterator]: () => pieces(readings++ === 0 ? order : spaced)[Symbol.asyncIterator](),
    };
    const verification = await verifyEnvelopedSignature(source, {
      trusted,
      at: NOW,
      place: 'root',
      accepted: strongSignatures,
      check: bothChecks,
    });
    expect([readings, verification.kind]).toEqual([1, 'valid']);
    const second = await verifyEnvelopedSignature(source, {
      trusted,
      at: NOW,
      place: 'root',
      accepted: strongSignatures,
      check: bothChecks,
    });
    expect(second).toEqual({ kind: 'invalid', reason: 'the content was changed after it was signed' });
  });
});

describe('an exhausting signature', () => {
  it('of more than 256 KiB is refused', async () => {
    const huge = changed(order, '<ds:SignatureValue>', `<ds:SignatureValue>${' '.repeat(300_000)}`);
    expect(await verdict(huge)).toMatch(/more than 262144 bytes/);
  });
});
