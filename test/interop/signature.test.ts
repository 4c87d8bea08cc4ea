// Our signatures under xmlsec1 and its signatures under ours, because only an implementation nobody here wrote can say
// that both sides of our own are not wrong in the same way.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { issuerSerial } from '../../src/signature/issuer-serial.ts';
import type { SignatureProfile } from '../../src/signature/signature-profile.ts';
import {
  strongSignatures,
  verifyEnvelopedSignature,
  type VerificationOptions,
} from '../../src/signature/verify.ts';
import { bothChecks } from '../signature/both-checks.ts';
import { inEnvelope, pieces, signed, splice, wrapper } from '../signature/messages.ts';
import { NOW, throwAwayKey, type ThrowAway } from '../signature/throw-away-keys.ts';

const hasXmlsec = spawnSync('xmlsec1', ['--version']).status === 0;
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const shared = process.env.GONIEC_SHARED ?? join(import.meta.dirname, '../../../shared');
const sample = join(shared, 'protocols/cdc-wsdl/samples/bnp-DomesticTransfer-signed-proposed.xml');

const SIGNED_PROPERTIES_ID = ['--id-attr:Id', 'http://uri.etsi.org/01903/v1.3.2#:SignedProperties'];

let folder: string;
let authority: ThrowAway;
let key: ThrowAway;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'goniec-signature-'));
  authority = await throwAwayKey({ name: 'C=PL, O=Example Bank & Co, CN=Authority', authority: true });
  key = await throwAwayKey({ issuer: authority });
  writeFileSync(join(folder, 'authority.pem'), authority.certificatePem);
  writeFileSync(join(folder, 'key.pem'), key.keyPem);
  writeFileSync(join(folder, 'certificate.pem'), key.certificatePem);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function acceptedByXmlsec(message: string | Uint8Array): boolean {
  const file = join(folder, 'message.xml');
  writeFileSync(file, message);
  const trust = ['--trusted-pem', join(folder, 'authority.pem'), '--enabled-key-data', 'x509'];
  const at = ['--verification-gmt-time', '2026-03-02 10:00:00'];
  return spawnSync('xmlsec1', ['--verify', ...trust, ...at, ...SIGNED_PROPERTIES_ID, file]).status === 0;
}

function signedByXmlsec(template: string): string {
  const file = join(folder, 'template.xml');
  writeFileSync(file, template);
  const keys = `${join(folder, 'key.pem')},${join(folder, 'certificate.pem')}`;
  return execFileSync('xmlsec1', ['--sign', '--privkey-pem', keys, ...SIGNED_PROPERTIES_ID, file], {
    encoding: 'utf8',
  });
}

async function verdict(message: string, options: Partial<VerificationOptions> = {}): Promise<string> {
  const trusted = { kind: 'authorities' as const, certificates: [authority.certificate] };
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

function extracted(envelope: string): string {
  return /<cdc:DomesticTransfer .*<\/cdc:DomesticTransfer>/s.exec(envelope)?.[0] ?? '';
}

/** The shape of our own signature, with everything that xmlsec1 computes left empty. */
function template(c14n = 'http://www.w3.org/2001/10/xml-exc-c14n#'): string {
  const { issuerName, serialNumber } = issuerSerial(key.certificate);
  const sha256 = '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>';
  return `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="s">
    <ds:SignedInfo>
      <ds:CanonicalizationMethod Algorithm="${c14n}"/>
      <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
      <ds:Reference URI="#p" Type="http://uri.etsi.org/01903#SignedProperties">
        <ds:Transforms><ds:Transform Algorithm="${c14n}"/></ds:Transforms>${sha256}<ds:DigestValue/>
      </ds:Reference>
      <ds:Reference URI="" Id="c">
        <ds:Transforms>
          <ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>
          <ds:Transform Algorithm="${c14n}"/>
        </ds:Transforms>${sha256}<ds:DigestValue/>
      </ds:Reference>
    </ds:SignedInfo>
    <ds:SignatureValue/>
    <ds:KeyInfo><ds:X509Data><ds:X509Certificate/></ds:X509Data></ds:KeyInfo>
    <ds:Object><x:QualifyingProperties xmlns:x="http://uri.etsi.org/01903/v1.3.2#" Target="#s"><x:SignedProperties Id="p">
      <x:SignedSignatureProperties>
        <x:SigningTime>2026-03-02T11:00:00+01:00</x:SigningTime>
        <x:SigningCertificate><x:Cert><x:CertDigest>${sha256}
          <ds:DigestValue>${createHash('sha256').update(key.certificate.raw).digest('base64')}</ds:DigestValue></x:CertDigest>
          <x:IssuerSerial><ds:X509IssuerName>${issuerName.replace('&', '&amp;')}</ds:X509IssuerName>
          <ds:X509SerialNumber>${serialNumber}</ds:X509SerialNumber></x:IssuerSerial></x:Cert></x:SigningCertificate>
      </x:SignedSignatureProperties>
      <x:SignedDataObjectProperties><x:DataObjectFormat ObjectReference="#c"><x:MimeType>text/xml</x:MimeType></x:DataObjectFormat></x:SignedDataObjectProperties>
    </x:SignedProperties></x:QualifyingProperties></ds:Object>
  </ds:Signature>`;
}

describe.skipIf(!hasXmlsec)('xmlsec1 (skipped where it is not installed)', () => {
  const profiles: readonly (Partial<SignatureProfile> & { type?: 'p256' })[] = [
    {},
    { keyInfo: 'chain' },
    { xades: 'none' },
    { c14n: 'inclusive' },
    { context: 'envelope' },
    { context: 'envelope', c14n: 'inclusive' },
    { context: 'document' },
    { context: 'document', c14n: 'inclusive' },
    { digest: 'sha1', signature: 'rsa-sha1' },
    { digest: 'sha512', signature: 'rsa-sha512' },
    { signature: 'ecdsa-sha256', type: 'p256' },
  ];
  it.each(profiles)('accepts our signature under the profile %j', async (profile) => {
    const { type, ...change } = profile;
    const signer = type === undefined ? key : await throwAwayKey({ type, issuer: authority });
    expect(acceptedByXmlsec(await signed(signer, change))).toBe(true);
  });

  it('accepts our signature after the wrapper is taken out of its envelope', async () => {
    expect(acceptedByXmlsec(extracted(inEnvelope(await signed(key))))).toBe(true);
  });

  it('refuses our signature after a change of one byte in the content', async () => {
    const bytes = Buffer.from(await signed(key));
    const end = Buffer.from(wrapper).length - '</cdc:DomesticTransfer>'.length;
    for (let at = 0; at < end; at += 11) {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      expect(acceptedByXmlsec(copy), `byte ${at}`).toBe(false);
    }
    expect(acceptedByXmlsec(bytes)).toBe(true);
  });

  it('makes signatures that ours accepts, alone and in an envelope', async () => {
    const message = signedByXmlsec(splice(wrapper, template()));
    expect(await verdict(message)).toBe('valid');
    expect(await verdict(inEnvelope(extracted(message)), { place: 'soap-body' })).toBe('valid');
    expect(await verdict(message.replace('1234.50', '1234.51'))).toMatch(/changed after it was signed/);
  });

  it('makes signatures under inclusive canonicalization that ours accepts', async () => {
    const message = signedByXmlsec(
      splice(wrapper, template('http://www.w3.org/TR/2001/REC-xml-c14n-20010315')),
    );
    const accepted = { ...strongSignatures, c14ns: ['inclusive' as const] };
    expect(await verdict(message, { accepted })).toBe('valid');
  });

  it('makes signatures over a whole envelope that ours accepts', async () => {
    const message = signedByXmlsec(inEnvelope(splice(wrapper, template())));
    const accepted = { ...strongSignatures, context: 'envelope' as const };
    expect(await verdict(message, { place: 'soap-body', accepted })).toBe('valid');
  });

  it('accepts wrapped messages that ours refuses', async () => {
    const order = extracted(signedByXmlsec(splice(wrapper, template())));
    const evil = wrapper.replace('1234.50', '9999.99');
    const comment = order.replace('GON1</MsgId>', 'GO<!-- -->N1</MsgId>');
    expect(acceptedByXmlsec(comment)).toBe(true);
    expect(await verdict(comment)).toMatch(/comment/);
    const moved = inEnvelope(evil, `<soapenv:Header>${order}</soapenv:Header>`);
    expect(await verdict(moved, { place: 'soap-body' })).toMatch(/not a child of the wrapper/);
    const first = extracted(
      signedByXmlsec(splice(wrapper, '').replace('<Document ', `${template()}<Document `)),
    );
    expect(acceptedByXmlsec(first)).toBe(true);
    expect(await verdict(first)).toMatch(/not the last child/);
  });
});

describe.skipIf(!existsSync(sample))('the shared sample (skipped without the shared folder)', () => {
  const at = new Date('2026-01-15T10:00:00Z');

  it('is valid with its own certificate pinned', async () => {
    const message = readFileSync(sample, 'utf8');
    const shown = /<ds:X509Certificate>([^<]+)</.exec(message)?.[1] ?? '';
    const { fingerprint256 } = new X509Certificate(Buffer.from(shown, 'base64'));
    const trusted = { kind: 'pinned' as const, fingerprints256: [fingerprint256] };
    expect(await verdict(message, { trusted, at, place: 'soap-body' })).toBe('valid');
    expect(await verdict(extracted(message), { trusted, at })).toBe('valid');
    const dearer = message.replaceAll('1234.50', '1234.51');
    expect(await verdict(dearer, { trusted, at, place: 'soap-body' })).toMatch(/changed after it was signed/);
    expect(await verdict(message, { at, place: 'soap-body' })).toMatch(/not issued by a trusted authority/);
  });
});

describe.skipIf(!hasOpenssl)('openssl (skipped where it is not installed)', () => {
  it('writes issuer and serial number as we do', async () => {
    const name = [{ C: ['PL'] }, { O: ['Example, 12" <z> o.o. + Zażółć; '] }, { CN: [' #1'] }];
    const made = await throwAwayKey({ name, serialNumber: '7f0102030405060708090a0b0c0d0e0f10111213' });
    const options = ['-noout', '-issuer', '-serial', '-nameopt', 'RFC2253,-esc_msb,utf8'];
    const shown = execFileSync('openssl', ['x509', ...options], {
      input: made.certificatePem,
      encoding: 'utf8',
    });
    const { issuerName, serialNumber } = issuerSerial(made.certificate);
    expect(shown).toBe(`issuer=${issuerName}\nserial=${BigInt(serialNumber).toString(16).toUpperCase()}\n`);
  });
});
