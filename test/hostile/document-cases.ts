// Files that attack the XML reader: each takes a sound payment file and spoils its form.

import { changed, withBytes, type HostileCase } from './hostile-case.ts';

type Row = readonly [
  name: string,
  rule: string,
  because: string,
  make: (file: string) => Uint8Array | string,
];

const NO_DTD = 'A document type is refused whole, whatever is in it: no entity is ever declared.';
const NOT_UTF8 = 'Another reader could see other characters in the same bytes.';
const NOT_FORMED = 'XML 1.0 does not allow it, and readers differ in what they make of it.';
const BOUNDED = 'No payment file needs it, and it costs memory or time.';
const NAMESPACES = 'Namespaces in XML 1.0 does not allow it.';

const remitted = (text: string) => (file: string) => changed(file, 'FV/1/2026', text);
const inRoot = (attribute: string) => (file: string) =>
  changed(file, '<Document ', `<Document ${attribute} `);
const before = (text: string) => (file: string) => text + file;
const after = (text: string) => (file: string) => file + text;
const remittedBytes = (bytes: readonly number[]) => (file: string) => {
  const [start = '', end = ''] = file.split('FV/1/2026');
  return withBytes(start, bytes, end);
};

const DOCUMENT_TYPES: readonly Row[] = [
  ['an empty document type', 'xml.dtd', NO_DTD, before('<!DOCTYPE Document>')],
  ['a document type with a public id', 'xml.dtd', NO_DTD, before('<!DOCTYPE Document PUBLIC "-//X//Y" "http://127.0.0.1/x.dtd">')], // prettier-ignore
  [
    'an external document type',
    'xml.dtd',
    NO_DTD,
    before('<!DOCTYPE Document SYSTEM "http://127.0.0.1/x.dtd">'),
  ],
  [
    'a document type from a file',
    'xml.dtd',
    NO_DTD,
    before('<!DOCTYPE Document SYSTEM "file:///etc/passwd">'),
  ],
  ['an entity', 'xml.dtd', NO_DTD, (file) => `<!DOCTYPE Document [<!ENTITY e "x">]>${remitted('&e;')(file)}`],
  ['an entity from a file', 'xml.dtd', NO_DTD, (file) => `<!DOCTYPE Document [<!ENTITY e SYSTEM "file:///etc/passwd">]>${remitted('&e;')(file)}`], // prettier-ignore
  ['an entity from the network', 'xml.dtd', NO_DTD, (file) => `<!DOCTYPE Document [<!ENTITY e SYSTEM "http://127.0.0.1/">]>${remitted('&e;')(file)}`], // prettier-ignore
  [
    'a parameter entity',
    'xml.dtd',
    NO_DTD,
    before('<!DOCTYPE Document [<!ENTITY % p SYSTEM "http://127.0.0.1/p">%p;]>'),
  ],
  ['a billion laughs', 'xml.dtd', NO_DTD, (file) => `<!DOCTYPE Document [<!ENTITY a "ha">${'bcdefghij'.split('').map((name, k) => `<!ENTITY ${name} "${`&${'abcdefghi'[k] ?? ''};`.repeat(10)}">`).join('')}]>${remitted('&j;')(file)}`], // prettier-ignore
  ['a quadratic blow-up', 'xml.dtd', NO_DTD, (file) => `<!DOCTYPE Document [<!ENTITY a "${'x'.repeat(50_000)}">]>${remitted('&a;'.repeat(1_000))(file)}`], // prettier-ignore
  ['entities in a circle', 'xml.dtd', NO_DTD, (file) => `<!DOCTYPE Document [<!ENTITY a "&b;"><!ENTITY b "&a;">]>${remitted('&a;')(file)}`], // prettier-ignore
  ['an attribute given by default', 'xml.dtd', NO_DTD, before('<!DOCTYPE Document [<!ATTLIST InstdAmt Ccy CDATA "EUR">]>')], // prettier-ignore
  ['a notation', 'xml.dtd', NO_DTD, before('<!DOCTYPE Document [<!NOTATION n SYSTEM "cmd.exe">]>')],
  ['a document type in small letters', 'xml.markup', NOT_FORMED, before('<!doctype Document>')],
  ['a document type behind a comment', 'xml.dtd', NO_DTD, before('<!-- x --><!DOCTYPE Document>')],
  ['a document type that never ends', 'xml.dtd', NO_DTD, before(`<!DOCTYPE Document [${' '.repeat(10_000)}`)],
  ['a document type inside the document', 'xml.dtd', NO_DTD, (file) => changed(file, '<GrpHdr>', '<!DOCTYPE x><GrpHdr>')], // prettier-ignore
  ['an entity that nobody declared', 'xml.entity', NOT_FORMED, remitted('&nbsp;')],
  ['a name in capitals for an entity', 'xml.entity', NOT_FORMED, remitted('&LT;')],
  ['a bare ampersand', 'xml.entity', NOT_FORMED, remitted('A & B')],
  ['an entity without its end', 'xml.entity', NOT_FORMED, remitted('&amp x')],
  ['an element declaration in the content', 'xml.markup', NOT_FORMED, remitted('<!ELEMENT a ANY>')],
];

const CHARACTERS: readonly Row[] = [
  ['NUL in a text', 'xml.char', NOT_FORMED, remittedBytes([0])],
  ['NUL as a reference', 'xml.char', NOT_FORMED, remitted('&#0;')],
  ['an escape sequence in a text', 'xml.char', 'A terminal would obey it.', remitted('\u001b[2J')],
  ['an escape character as a reference', 'xml.char', NOT_FORMED, remitted('&#27;[2J')],
  ['a bell', 'xml.char', NOT_FORMED, remitted('\u0007')],
  ['a backspace', 'xml.char', NOT_FORMED, remitted('100\b\b\b999')],
  ['a vertical tab', 'xml.char', NOT_FORMED, remitted('\u000b')],
  ['a form feed', 'xml.char', NOT_FORMED, remitted('\f')],
  ['U+FFFE', 'xml.char', NOT_FORMED, remitted('\ufffe')],
  ['U+FFFF', 'xml.char', NOT_FORMED, remitted('\uffff')],
  ['half a surrogate pair as a reference', 'xml.char', NOT_FORMED, remitted('&#xD83D;')],
  ['both halves as references', 'xml.char', NOT_FORMED, remitted('&#xD83D;&#xDE00;')],
  ['a reference beyond Unicode', 'xml.char', NOT_FORMED, remitted('&#x110000;')],
  [
    'a reference with so many digits that a number overflows',
    'xml.entity',
    NOT_FORMED,
    remitted(`&#${'9'.repeat(400)};`),
  ],
  ['a negative reference', 'xml.char', NOT_FORMED, remitted('&#-65;')],
  ['an empty reference', 'xml.char', NOT_FORMED, remitted('&#;')],
  ['a hexadecimal reference with a large X', 'xml.char', NOT_FORMED, remitted('&#X41;')],
  ['NUL in an attribute', 'xml.char', NOT_FORMED, (file) => changed(file, 'Ccy="PLN"', 'Ccy="PL\0N"')],
  ['NUL in a name', 'xml.tag', NOT_FORMED, (file) => changed(file, '<GrpHdr>', '<Grp\0Hdr>')],
  ['overlong "/" in two bytes', 'xml.utf8', NOT_UTF8, remittedBytes([0xc0, 0xaf])],
  ['overlong "<" in two bytes', 'xml.utf8', NOT_UTF8, remittedBytes([0xc0, 0xbc])],
  ['overlong NUL in two bytes', 'xml.utf8', NOT_UTF8, remittedBytes([0xc0, 0x80])],
  ['overlong "/" in three bytes', 'xml.utf8', NOT_UTF8, remittedBytes([0xe0, 0x80, 0xaf])],
  ['overlong "/" in four bytes', 'xml.utf8', NOT_UTF8, remittedBytes([0xf0, 0x80, 0x80, 0xaf])],
  ['a form of five bytes', 'xml.utf8', NOT_UTF8, remittedBytes([0xf8, 0x88, 0x80, 0x80, 0x80])],
  ['a form of six bytes', 'xml.utf8', NOT_UTF8, remittedBytes([0xfc, 0x84, 0x80, 0x80, 0x80, 0x80])],
  ['a surrogate in UTF-8', 'xml.utf8', NOT_UTF8, remittedBytes([0xed, 0xa0, 0x80])],
  [
    'a surrogate pair in UTF-8 (CESU-8)',
    'xml.utf8',
    NOT_UTF8,
    remittedBytes([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]),
  ],
  ['beyond the last code point', 'xml.utf8', NOT_UTF8, remittedBytes([0xf4, 0x90, 0x80, 0x80])],
  ['a stray continuation byte', 'xml.utf8', NOT_UTF8, remittedBytes([0x80])],
  [
    'a lead byte before markup',
    'xml.utf8',
    'A lenient reader swallows the "<" after it.',
    remittedBytes([0xe2]),
  ],
  ['two bytes of three', 'xml.utf8', NOT_UTF8, remittedBytes([0xe2, 0x82])],
  ['bytes 0xFE and 0xFF in a text', 'xml.utf8', NOT_UTF8, remittedBytes([0xfe, 0xff])],
  [
    'Polish letters of Windows-1250 that nothing declares',
    'xml.utf8',
    NOT_UTF8,
    remittedBytes([0xb3, 0xf3, 0xbf]),
  ],
];

const wide = (text: string, order: 'le' | 'be'): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

const ENCODINGS: readonly Row[] = [
  [
    'a declared encoding nobody knows',
    'xml.encoding',
    NOT_UTF8,
    before('<?xml version="1.0" encoding="x-evil"?>'),
  ],
  ['UTF-7', 'xml.encoding', 'In it "+ADw-" is a "<" that filters do not see.', before('<?xml version="1.0" encoding="UTF-7"?>')], // prettier-ignore
  ['EBCDIC declared', 'xml.encoding', NOT_UTF8, before('<?xml version="1.0" encoding="IBM037"?>')],
  ['EBCDIC in truth', 'xml.encoding', NOT_UTF8, () => Buffer.from([0x4c, 0x6f, 0xa7, 0x94, 0x93, 0x40])],
  ['UTF-16 declared over bytes of UTF-8', 'xml.encoding', 'Declaration and bytes must agree.', before('<?xml version="1.0" encoding="UTF-16"?>')], // prettier-ignore
  ['UTF-8 declared over bytes of UTF-16', 'xml.encoding', 'Declaration and bytes must agree.', (file) => wide(`\ufeff<?xml version="1.0" encoding="UTF-8"?>${file}`, 'le')], // prettier-ignore
  ['UTF-16 little-endian declared over big-endian bytes', 'xml.encoding', 'Declaration and bytes must agree.', (file) => wide(`\ufeff<?xml version="1.0" encoding="UTF-16LE"?>${file}`, 'be')], // prettier-ignore
  ['UTF-32', 'xml.encoding', NOT_UTF8, (file) => Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), ...Array.from(file.slice(0, 40), (c) => Buffer.from([c.charCodeAt(0), 0, 0, 0]))])], // prettier-ignore
  ['UTF-16 with half a surrogate pair', 'xml.encoding', NOT_UTF8, (file) => wide(`\ufeff${remitted('\ud83d')(file)}`, 'le')], // prettier-ignore
  ['UTF-16 with half a byte pair at its end', 'xml.encoding', NOT_UTF8, (file) => Buffer.concat([wide(`\ufeff${file}`, 'le'), Buffer.from([0x20])])], // prettier-ignore
  ['a byte order mark twice', 'xml.outside', NOT_FORMED, before('\ufeff\ufeff')],
  ['a byte order mark of UTF-8 under a declaration of Windows-1250', 'xml.encoding', 'Declaration and bytes must agree.', before('\ufeff<?xml version="1.0" encoding="windows-1250"?>')], // prettier-ignore
  ['a declaration that moves the encoding beyond the first kilobyte', 'xml.encoding', 'It is not found there, so it does not count, and the reader sees that it differs.', before(`<?xml version="1.0"${' '.repeat(2_000)}encoding="iso-8859-2"?>`)], // prettier-ignore
  [
    'a declaration twice',
    'xml.declaration',
    NOT_FORMED,
    before('<?xml version="1.0"?><?xml version="1.0"?>'),
  ],
  ['a declaration behind a blank', 'xml.declaration', NOT_FORMED, before(' <?xml version="1.0"?>')],
  ['version 2.0', 'xml.declaration', NOT_FORMED, before('<?xml version="2.0"?>')],
];

const MARKUP: readonly Row[] = [
  ['two documents one after the other', 'xml.root', 'Which of them would be paid?', (file) => file + file],
  ['another document behind this one', 'xml.root', 'Which of them would be paid?', after('<a/>')],
  ['text behind the document', 'xml.outside', NOT_FORMED, after('pay me')],
  ['text before the document', 'xml.outside', NOT_FORMED, before('pay me ')],
  ['NULs behind the document', 'xml.outside', NOT_FORMED, after('\0'.repeat(16))],
  [
    'a PDF that is a payment as well',
    'xml.outside',
    'Only a document of XML is a payment.',
    before('%PDF-1.4\n'),
  ],
  ['a ZIP with a payment inside', 'xml.outside', 'Only a document of XML is a payment.', (file) => withBytes('PK\u0003\u0004', [0x14, 0], file)], // prettier-ignore
  [
    'a shell script that is a payment as well',
    'xml.outside',
    'Only a document of XML is a payment.',
    before('#!/bin/sh\n'),
  ],
  ['HTML', 'document.unknown', 'It is no message that Goniec knows.', () => '<html><body>504</body></html>'],
  ['HTML that no XML reader takes', 'xml.dtd', NO_DTD, () => '<!DOCTYPE html><html><br></html>'],
  ['a stylesheet', 'document.unknown', 'It is no message that Goniec knows.', () => '<x:stylesheet xmlns:x="http://www.w3.org/1999/XSL/Transform" version="1.0"/>'], // prettier-ignore
  ['another root', 'document.unknown', 'It is no message that Goniec knows.', () => '<a/>'],
  ['a comment that never ends', 'xml.unclosed', NOT_FORMED, after('<!-- x')],
  ['two hyphens in a comment', 'xml.comment', NOT_FORMED, (file) => changed(file, '<GrpHdr>', '<!-- a -- b --><GrpHdr>')], // prettier-ignore
  [
    'a CDATA section that never ends',
    'xml.unclosed',
    NOT_FORMED,
    (file) => changed(file, '<Ustrd>', '<Ustrd><![CDATA['),
  ],
  ['a CDATA section outside the root', 'xml.outside', NOT_FORMED, before('<![CDATA[x]]>')],
  ['the end of a CDATA section in a text', 'xml.text', NOT_FORMED, remitted(']]>')],
  ['a CDATA section in small letters', 'xml.markup', NOT_FORMED, remitted('<![cdata[x]]>')],
  ['an instruction named xml inside', 'xml.declaration', NOT_FORMED, (file) => changed(file, '<GrpHdr>', '<?xml version="1.0"?><GrpHdr>')], // prettier-ignore
  ['an instruction that never ends', 'xml.unclosed', NOT_FORMED, after('<?php')],
  [
    'an end tag too many',
    'xml.mismatch',
    NOT_FORMED,
    (file) => changed(file, '</GrpHdr>', '</GrpHdr></GrpHdr>'),
  ],
  ['tags that overlap', 'xml.mismatch', NOT_FORMED, (file) => changed(file, '</IBAN></Id>', '</Id></IBAN>')],
  [
    'an end tag with an attribute',
    'xml.tag',
    NOT_FORMED,
    (file) => changed(file, '</GrpHdr>', '</GrpHdr a="1">'),
  ],
  [
    'an attribute without quotes',
    'xml.attribute',
    NOT_FORMED,
    (file) => changed(file, 'Ccy="PLN"', 'Ccy=PLN'),
  ],
  ['an attribute twice', 'xml.attribute.twice', 'Readers differ in which of them counts.', (file) => changed(file, 'Ccy="PLN"', 'Ccy="PLN" Ccy="EUR"')], // prettier-ignore
  ['"<" in an attribute', 'xml.attribute', NOT_FORMED, (file) => changed(file, 'Ccy="PLN"', 'Ccy="<PLN"')],
  [
    'a name that begins with a digit',
    'xml.name',
    NOT_FORMED,
    (file) => changed(file, '<GrpHdr>', '<1GrpHdr>'),
  ],
  ['a blank before a name', 'xml.name', NOT_FORMED, (file) => changed(file, '<GrpHdr>', '< GrpHdr>')],
  [
    'the direction turned inside a name',
    'xml.name',
    NOT_FORMED,
    (file) => changed(file, '<GrpHdr>', '<Grp\u202eHdr>'),
  ],
  ['an empty file with one tag begun', 'xml.unclosed', NOT_FORMED, () => '<Document'],
  ['a file cut in the middle of a transfer', 'xml.unclosed', NOT_FORMED, (file) => file.slice(0, file.indexOf('</InstdAmt>'))], // prettier-ignore
  ['a file cut in the last tag', 'xml.unclosed', NOT_FORMED, (file) => file.trimEnd().slice(0, -1)],
  ['only blanks', 'xml.root', 'There is nothing to be paid.', () => ' \n\t '],
  [
    'only zeros, as a server shows that has reserved the size',
    'xml.outside',
    NOT_FORMED,
    () => Buffer.alloc(4_096),
  ],
];

const NAMES: readonly Row[] = [
  [
    'a prefix that nobody declared',
    'xml.namespace.prefix',
    NAMESPACES,
    (file) => changed(file, '<GrpHdr>', '<x:GrpHdr>'),
  ],
  ['a prefix declared as nothing', 'xml.namespace', NAMESPACES, inRoot('xmlns:x=""')],
  ['the prefix xmlns declared', 'xml.namespace', NAMESPACES, inRoot('xmlns:xmlns="urn:x"')],
  ['the prefix xml declared anew', 'xml.namespace', NAMESPACES, inRoot('xmlns:xml="urn:x"')],
  ['the namespace of xml as the default', 'xml.namespace', NAMESPACES, (file) => changed(file, /xmlns="[^"]*"/, 'xmlns="http://www.w3.org/XML/1998/namespace"')], // prettier-ignore
  ['one attribute under two prefixes of one namespace', 'xml.attribute.twice', NAMESPACES, (file) => changed(file, '<GrpHdr>', '<GrpHdr xmlns:p="urn:x" xmlns:q="urn:x" p:a="1" q:a="2">')], // prettier-ignore
  ['two colons in a name', 'xml.name', NAMESPACES, (file) => changed(file, '<GrpHdr>', '<a:b:GrpHdr>')],
  ['the root in no namespace', 'document.unknown', 'The namespace is the name of the message.', (file) => changed(file, / xmlns="[^"]*"/, '')], // prettier-ignore
  ['a namespace with a blank at its end', 'document.unknown', 'The namespace is the name of the message.', (file) => changed(file, '001.03"', '001.03 "')], // prettier-ignore
  ['a namespace in other letters', 'document.unknown', 'The namespace is the name of the message.', (file) => changed(file, 'urn:iso', 'URN:ISO')], // prettier-ignore
  ['a namespace with a Cyrillic letter that looks Latin', 'document.unknown', 'The namespace is the name of the message.', (file) => changed(file, 'pain', 'p\u0430in')], // prettier-ignore
  ['a message of another kind', 'document.unknown', 'The bank writes it, not the ERP.', (file) => changed(file, 'pain.001.001.03', 'pain.002.001.03')], // prettier-ignore
  ['the namespace taken back in the middle', 'schema.namespace', 'These elements are other ones.', (file) => changed(file, '<GrpHdr>', '<GrpHdr xmlns="">')], // prettier-ignore
  ['an amount in another namespace', 'schema.namespace', 'It is another element.', (file) => changed(file, /<Amt>(.*)<\/Amt>/, '<x:Amt xmlns:x="urn:x"><InstdAmt Ccy="PLN">1.00</InstdAmt></x:Amt>')], // prettier-ignore
  ['XInclude', 'schema.', 'Nothing is ever included.', (file) => changed(file, '<GrpHdr>', '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/><GrpHdr>')], // prettier-ignore
  ['XInclude in a text', 'schema.element-in-value', 'Nothing is ever included.', remitted('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>')], // prettier-ignore
  ['a type chosen by the file', 'schema.', 'The types are those of the message.', (file) => changed(file, '<InstdAmt Ccy', '<InstdAmt xsi:type="evil" Ccy')], // prettier-ignore
  ['nil instead of a value', 'schema.', 'Nothing in the message may be nil.', (file) => changed(file, /<NbOfTxs>.<\/NbOfTxs>/, '<NbOfTxs xsi:nil="true"/>')], // prettier-ignore
];

const LARGE: readonly Row[] = [
  ['a thousand levels', 'xml.limit.depth', BOUNDED, (file) => changed(file, '<GrpHdr>', `${'<a>'.repeat(1_000)}${'</a>'.repeat(1_000)}<GrpHdr>`)], // prettier-ignore
  ['a million levels that are never closed', 'xml.limit.depth', BOUNDED, () => '<a>'.repeat(1_000_000)],
  ['a million attributes', 'xml.limit', BOUNDED, (file) => changed(file, '<GrpHdr>', `<GrpHdr ${Array.from({ length: 1_000_000 }, (_, k) => `a${k}=""`).join(' ')}>`)], // prettier-ignore
  ['three hundred attributes', 'xml.limit', BOUNDED, (file) => changed(file, '<GrpHdr>', `<GrpHdr ${Array.from({ length: 300 }, (_, k) => `a${k}=""`).join(' ')}>`)], // prettier-ignore
  ['a thousand namespaces on one element', 'xml.limit', BOUNDED, (file) => changed(file, '<GrpHdr>', `<GrpHdr ${Array.from({ length: 1_000 }, (_, k) => `xmlns:a${k}="urn:${k}"`).join(' ')}>`)], // prettier-ignore
  [
    'a name of a million letters',
    'xml.limit',
    BOUNDED,
    (file) => changed(file, '<GrpHdr>', `<${'a'.repeat(1_000_000)}>`),
  ],
  ['an attribute of a million letters', 'xml.limit', BOUNDED, (file) => changed(file, 'Ccy="PLN"', `Ccy="${'P'.repeat(1_000_000)}"`)], // prettier-ignore
  ['twenty thousand different names', 'schema.unknown-element', BOUNDED, (file) => changed(file, '<GrpHdr>', `${Array.from({ length: 20_000 }, (_, k) => `<n${k}/>`).join('')}<GrpHdr>`)], // prettier-ignore
  ['a tag of five million blanks', 'xml.limit', BOUNDED, (file) => changed(file, '<GrpHdr>', `<GrpHdr${' '.repeat(5_000_000)}>`)], // prettier-ignore
  ['a comment of five million letters', 'xml.limit', BOUNDED, (file) => changed(file, '<GrpHdr>', `<!--${'x'.repeat(5_000_000)}--><GrpHdr>`)], // prettier-ignore
  ['an instruction of five million letters', 'xml.limit', BOUNDED, (file) => changed(file, '<GrpHdr>', `<?p ${'x'.repeat(5_000_000)}?><GrpHdr>`)], // prettier-ignore
  ['a text of ten million letters', 'schema.length', BOUNDED, remitted('x'.repeat(10_000_000))],
  ['a text of a million references', 'schema.length', BOUNDED, remitted('&#65;'.repeat(1_000_000))],
  ['a million CDATA sections', 'schema.length', BOUNDED, remitted('<![CDATA[x]]>'.repeat(1_000_000))],
  ['a million hidden comments in a text', 'schema.', BOUNDED, remitted('a<!---->'.repeat(1_000_000))],
  ['a hundred thousand unknown elements', 'schema.', 'A hundred of them are told, the rest is counted.', (file) => changed(file, '<GrpHdr>', `${'<Evil/>'.repeat(100_000)}<GrpHdr>`)], // prettier-ignore
];

/** Of a sound payment file each. */
export function documentCases(file: () => string): HostileCase[] {
  return [...DOCUMENT_TYPES, ...CHARACTERS, ...ENCODINGS, ...MARKUP, ...NAMES, ...LARGE].map(
    ([name, outcome, because, make]) => ({ name, outcome, because, bytes: () => make(file()) }),
  );
}
