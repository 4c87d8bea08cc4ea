// Signed messages turned so that what is signed and what is read are not the same, and a few that are only written otherwise.

import { changed } from './hostile-case.ts';

/** A signed wrapper and what it was made of. */
export interface Signed {
  readonly order: string;
  /** The wrapper without its signature. */
  readonly wrapper: string;
  /** The same wrapper with another amount. */
  readonly evil: string;
  readonly signature: string;
  /** A signature of somebody else over the evil wrapper. */
  readonly strange: string;
  readonly strangeCertificate: string;
}

export interface WrappingCase {
  readonly name: string;
  readonly outcome: 'refused' | 'valid';
  readonly because: string;
  readonly make: (signed: Signed) => string;
}

const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const ELSEWHERE = 'The signature must be the last child of what is read, and cover all of it.';
const TWICE = 'An id must stand there once, or the signature may cover another element than the one read.';
const NARROW = 'Only the shape that we ask for counts: everything else could leave something uncovered.';
const WEAK = 'An algorithm is not chosen by whoever signs.';
const KEYS = 'The key is that of the registered certificate, wherever the message points to.';
const COVERED = 'The canonical form is another one, and that is what was signed.';
const SAME = 'The canonical form is the same.';

const inside = (wrapper: string, what: string): string => {
  const end = wrapper.lastIndexOf('</');
  return wrapper.slice(0, end) + what + wrapper.slice(end);
};
const first = (wrapper: string, what: string): string => {
  const start = wrapper.indexOf('>') + 1;
  return wrapper.slice(0, start) + what + wrapper.slice(start);
};
const algorithm = (of: string, to: string) => (signed: Signed) =>
  changed(signed.order, new RegExp(`(?<=<ds:${of} Algorithm=")[^"]*`), to);
const edited = (from: string | RegExp, to: string) => (signed: Signed) => changed(signed.order, from, to);
const keyInfo = (content: (signed: Signed) => string) => (signed: Signed) =>
  changed(signed.order, /<ds:KeyInfo>.*<\/ds:KeyInfo>/, `<ds:KeyInfo>${content(signed)}</ds:KeyInfo>`);

type Row = readonly [name: string, because: string, make: (signed: Signed) => string];

const REFUSED: readonly Row[] = [
  ['the signed wrapper inside an evil one', ELSEWHERE, ({ evil, order }) => inside(evil, order)],
  ['the signed wrapper first inside an evil one', ELSEWHERE, ({ evil, order }) => first(evil, order)],
  ['the signed wrapper inside its own signature', ELSEWHERE, ({ evil, wrapper, signature }) => inside(evil, changed(signature, '</ds:Signature>', `<ds:Object>${wrapper}</ds:Object></ds:Signature>`))], // prettier-ignore
  ['the signature under an evil wrapper', COVERED, ({ evil, signature }) => inside(evil, signature)],
  ['the signature before the content', ELSEWHERE, ({ evil, signature }) => first(evil, signature)],
  ['the signature deep in the content', ELSEWHERE, ({ evil, signature }) => changed(evil, '<Empty/>', `<Empty>${signature}</Empty>`)], // prettier-ignore
  ['an evil document beside the signed one', COVERED, ({ order }) => first(order, '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"/>')], // prettier-ignore
  ['something behind the signature', ELSEWHERE, ({ order }) => inside(order, '<Document/>')],
  ['a text behind the signature', ELSEWHERE, ({ order }) => inside(order, 'x')],
  [
    'two signatures, ours last',
    ELSEWHERE,
    ({ evil, strange, signature }) => inside(inside(evil, strange), signature),
  ],
  ['two signatures, ours first', ELSEWHERE, ({ order, strange }) => inside(order, strange)],
  ['the signature twice', ELSEWHERE, ({ order, signature }) => inside(order, signature)],
  ['a signature in a signature', ELSEWHERE, ({ evil, signature, strange }) => inside(evil, changed(strange, '</ds:Signature>', `<ds:Object>${signature}</ds:Object></ds:Signature>`))], // prettier-ignore
  ['no signature', ELSEWHERE, ({ wrapper }) => wrapper],
  ['an empty signature', NARROW, ({ wrapper }) => inside(wrapper, `<ds:Signature xmlns:ds="${DSIG}"/>`)],
  ['a signature of another namespace', NARROW, ({ order }) => order.replaceAll(DSIG, 'urn:dsig')],
  ['the signature of somebody else', KEYS, ({ evil, strange }) => inside(evil, strange)],
  ['our certificate shown by somebody else', KEYS, ({ evil, strange, signature }) => inside(evil, changed(strange, /(?<=<ds:X509Certificate>)[^<]*/, /<ds:X509Certificate>([^<]*)/.exec(signature)?.[1] ?? ''))], // prettier-ignore
  ['two certificates, ours first', KEYS, ({ evil, strange, signature }) => inside(evil, changed(strange, '<ds:X509Certificate>', `${/<ds:X509Certificate>[^<]*<\/ds:X509Certificate>/.exec(signature)?.[0] ?? ''}<ds:X509Certificate>`))], // prettier-ignore
  ['a bare key', KEYS, keyInfo(() => '<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>')], // prettier-ignore
  ['the name of a key', KEYS, keyInfo(() => '<ds:KeyName>company</ds:KeyName>')],
  ['a key to be fetched', KEYS, keyInfo(() => '<ds:RetrievalMethod URI="http://127.0.0.1/key" Type="http://www.w3.org/2000/09/xmldsig#X509Data"/>')], // prettier-ignore
  [
    'a key that is sealed',
    KEYS,
    keyInfo(() => '<e:EncryptedKey xmlns:e="http://www.w3.org/2001/04/xmlenc#"/>'),
  ],
  ['no key', KEYS, edited(/<ds:KeyInfo>.*<\/ds:KeyInfo>/, '')],
  ['a certificate that is none', KEYS, edited(/(?<=<ds:X509Certificate>)[^<]*/, 'AAAA')],
  [
    'an id of the signature on another element',
    TWICE,
    edited('<Empty/>', '<Empty Id="sig-GON1-properties"/>'),
  ],
  [
    'an xml:id of the signature on another element',
    TWICE,
    edited('<Empty/>', '<Empty xml:id="sig-GON1-properties"/>'),
  ],
  ['signed properties twice', TWICE, ({ order, signature }) => changed(order, '</xades:QualifyingProperties>', `${/<xades:SignedProperties.*<\/xades:SignedProperties>/.exec(signature)?.[0] ?? ''}</xades:QualifyingProperties>`)], // prettier-ignore
  ['a reference to nothing instead of the content', NARROW, edited('URI=""', 'URI="#none"')],
  ['a reference to a file', NARROW, edited('URI=""', 'URI="file:///etc/hostname"')],
  ['a reference to the network', NARROW, edited('URI=""', 'URI="http://127.0.0.1/"')],
  ['a reference by XPointer', NARROW, edited('URI=""', 'URI="#xpointer(/)"')],
  ['a reference to the signature itself', NARROW, edited('URI=""', 'URI="#sig-GON1"')],
  ['no reference to the content', NARROW, edited(/<ds:Reference URI="".*?<\/ds:Reference>/, '')],
  ['no reference at all', NARROW, edited(/<ds:Reference .*<\/ds:Reference>/, '')],
  ['a manifest that is not looked into', NARROW, edited('Type="http://uri.etsi.org/01903#SignedProperties"', 'Type="http://www.w3.org/2000/09/xmldsig#Manifest"')], // prettier-ignore
  ['a filter that leaves nothing', NARROW, edited('<ds:Transforms>', '<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>false()</ds:XPath></ds:Transform>')], // prettier-ignore
  ['a stylesheet as a transform', NARROW, edited('<ds:Transforms>', '<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"><x:stylesheet xmlns:x="http://www.w3.org/1999/XSL/Transform" version="1.0"/></ds:Transform>')], // prettier-ignore
  ['base64 as a transform', NARROW, edited('<ds:Transforms>', '<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#base64"/>')], // prettier-ignore
  ['a transform a thousand times', NARROW, edited('<ds:Transforms>', `<ds:Transforms>${'<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>'.repeat(1_000)}`)], // prettier-ignore
  ['HMAC with our certificate as the secret', WEAK, algorithm('SignatureMethod', 'http://www.w3.org/2000/09/xmldsig#hmac-sha1')], // prettier-ignore
  ['HMAC cut to no bits', WEAK, edited(/<ds:SignatureMethod Algorithm="[^"]*"\/>/, `<ds:SignatureMethod Algorithm="${DSIG}hmac-sha1"><ds:HMACOutputLength>0</ds:HMACOutputLength></ds:SignatureMethod>`)], // prettier-ignore
  ['SHA-1 for the signature', WEAK, algorithm('SignatureMethod', `${DSIG}rsa-sha1`)],
  [
    'MD5 for the signature',
    WEAK,
    algorithm('SignatureMethod', 'http://www.w3.org/2001/04/xmldsig-more#rsa-md5'),
  ],
  ['SHA-1 for a digest', WEAK, algorithm('DigestMethod', `${DSIG}sha1`)],
  ['MD5 for a digest', WEAK, algorithm('DigestMethod', 'http://www.w3.org/2001/04/xmldsig-more#md5')],
  ['a canonical form with comments', WEAK, algorithm('CanonicalizationMethod', 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments')], // prettier-ignore
  ['no canonical form', WEAK, algorithm('CanonicalizationMethod', 'urn:none')],
  [
    'a comment in a value',
    'Whoever reads up to the comment reads another value.',
    edited('1234.50', '12<!-- -->34.50'),
  ],
  ['a comment before the wrapper', 'No signature covers it.', ({ order }) => `<!-- x -->${order}`],
  ['an instruction in a value', COVERED, edited('1234.50', '12<?x y?>34.50')],
  ['CDATA around another value', COVERED, edited('1234.50', '<![CDATA[9999.99]]>')],
  ['a document type with an id attribute', 'No document type is ever read.', ({ order }) => `<!DOCTYPE x [<!ATTLIST Empty Id ID #IMPLIED>]>${order}`], // prettier-ignore
  [
    'a namespace moved outwards',
    COVERED,
    edited('<cdc:DomesticTransfer ', '<cdc:DomesticTransfer xml:base="urn:x" '),
  ],
  ['a signature value that is cut', NARROW, edited(/(?<=<ds:SignatureValue>)[^<]{4}/, '')],
  ['an empty signature value', NARROW, edited(/(?<=<ds:SignatureValue>)[^<]*/, '')],
];

const VALID: readonly Row[] = [
  ['nothing changed', SAME, ({ order }) => order],
  ['an empty element written out', SAME, edited('<Empty/>', '<Empty></Empty>')],
  ['an attribute in other quotes', SAME, edited("Ccy='PLN'", 'Ccy="PLN"')],
  ['a letter as a reference', SAME, edited('1234.50', '1&#50;34.50')],
  ['CDATA around the same value', SAME, edited('1234.50', '<![CDATA[1234.50]]>')],
  ['blanks inside a tag', SAME, edited('<Empty/>', '<Empty   />')],
];

export const wrappingCases: readonly WrappingCase[] = [
  ...REFUSED.map(([name, because, make]) => ({ name, because, make, outcome: 'refused' as const })),
  ...VALID.map(([name, because, make]) => ({ name, because, make, outcome: 'valid' as const })),
];
