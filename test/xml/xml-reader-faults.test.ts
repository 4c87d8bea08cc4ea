/** What the reader refuses: one line a case, with its rule. */
import { describe, expect, it } from 'vitest';
import { recordEvents } from './record-events.ts';

const REFUSED: readonly (readonly [rule: string, document: string])[] = [
  ['xml.root', ''],
  ['xml.root', ' \n<!-- only -->'],
  ['xml.root', '<a/><b/>'],
  ['xml.outside', 'x<a/>'],
  ['xml.outside', '<a/>x'],
  ['xml.outside', '<a/>&amp;'],
  ['xml.outside', '<![CDATA[x]]><a/>'],
  ['xml.outside', '\ufeff\ufeff<a/>'],
  ['xml.unclosed', '<a>'],
  ['xml.unclosed', '<a'],
  ['xml.unclosed', '<a><b></b>'],
  ['xml.unclosed', '<a><!-- -'],
  ['xml.unclosed', '<a><![CDATA[x]]'],
  ['xml.unclosed', '<a>&am'],
  ['xml.mismatch', '<a></b>'],
  ['xml.mismatch', '</a>'],
  ['xml.mismatch', '<p:a xmlns:p="u" xmlns:q="u"></q:a>'],
  ['xml.tag', '<a></a b>'],
  ['xml.tag', '<a / >'],
  ['xml.tag', '<a b="1"c="2"/>'],
  ['xml.name', '< a/>'],
  ['xml.name', '<1a/>'],
  ['xml.name', '<a:/>'],
  ['xml.name', '<:a/>'],
  ['xml.name', '<a:b:c/>'],
  ['xml.name', '<a -b="1"/>'],
  ['xml.name', '<a\u00d7/>'],
  ['xml.attribute', '<a b/>'],
  ['xml.attribute', '<a b=1/>'],
  ['xml.attribute', '<a b="<"/>'],
  ['xml.attribute.twice', '<a b="1" b="1"/>'],
  ['xml.attribute.twice', '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="1"/>'],
  ['xml.namespace.prefix', '<p:a/>'],
  ['xml.namespace.prefix', '<a p:b="1"/>'],
  ['xml.namespace.prefix', '<xmlns:a/>'],
  ['xml.namespace', '<a xmlns:p=""/>'],
  ['xml.namespace', '<a xmlns:xmlns="u"/>'],
  ['xml.namespace', '<a xmlns:xml="u"/>'],
  ['xml.namespace', '<a xmlns="http://www.w3.org/XML/1998/namespace"/>'],
  ['xml.namespace', '<a xmlns:p="http://www.w3.org/2000/xmlns/"/>'],
  ['xml.text', '<a>]]></a>'],
  ['xml.text', '<a>]]]></a>'],
  ['xml.comment', '<a><!-- -- --></a>'],
  ['xml.comment', '<a><!-- ---></a>'],
  ['xml.instruction', '<a><?p:q x?></a>'],
  ['xml.instruction', '<a><? x?></a>'],
  ['xml.declaration', ' <?xml version="1.0"?><a/>'],
  ['xml.declaration', '<a/><?XML x?>'],
  ['xml.declaration', '<?xml?><a/>'],
  ['xml.declaration', '<?xml version="2.0"?><a/>'],
  ['xml.declaration', '<?xml encoding="UTF-8" version="1.0"?><a/>'],
  ['xml.declaration', '<?xml version="1.0" standalone="maybe"?><a/>'],
  ['xml.declaration', '<?xml version="1.0"encoding="UTF-8"?><a/>'],
  ['xml.encoding', '<?xml version="1.0" encoding="ISO-8859-2"?><a/>'],
  ['xml.dtd', '<!DOCTYPE a><a/>'],
  ['xml.dtd', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'],
  ['xml.markup', '<a><!ELEMENT a ANY></a>'],
  ['xml.entity', '<a>&nbsp;</a>'],
  ['xml.entity', '<a b="&e;"/>'],
  ['xml.entity', '<a>AT&T</a>'],
  ['xml.entity', '<a>& </a>'],
  ['xml.entity', '<a>&x#;</a>'],
  ['xml.char', '<a>&#0;</a>'],
  ['xml.char', '<a>&#xD800;</a>'],
  ['xml.char', '<a>&#xFFFE;</a>'],
  ['xml.char', '<a>&#x110000;</a>'],
  ['xml.char', '<a>&#x;</a>'],
  ['xml.char', '<a>\u0001</a>'],
  ['xml.char', '<a b="\u0000"/>'],
  ['xml.char', '<a><!--\uffff--></a>'],
  ['xml.char', '<a><![CDATA[\u000b]]></a>'],
];

const REFUSED_BYTES: readonly (readonly [how: string, bytes: readonly number[]])[] = [
  ['overlong', [0xc0, 0xaf]],
  ['overlong in three', [0xe0, 0x80, 0xaf]],
  ['overlong in four', [0xf0, 0x80, 0x80, 0xaf]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
  ['beyond the last code point', [0xf4, 0x90, 0x80, 0x80]],
  ['a stray continuation', [0x80]],
  ['cut short', [0xe2, 0x82]],
  ['never a lead byte', [0xff]],
];

describe('XmlReader refuses', () => {
  it.each(REFUSED)('%s: %j', (rule, document) => {
    expect(recordEvents(document).fault?.rule).toBe(rule);
    expect(recordEvents(document, 1).fault).toEqual(recordEvents(document).fault);
  });

  it.each(REFUSED_BYTES)('UTF-8 that is %s, in text, attributes, names, comments and CDATA', (_, bytes) => {
    for (const [before, after] of [
      ['<a>', '</a>'],
      ['<a b="', '"/>'],
      ['<a', '/>'],
      ['<a><!--', '--></a>'],
      ['<a><![CDATA[', ']]></a>'],
    ] as const) {
      const document = Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
      expect(recordEvents(document).fault?.rule).toBe('xml.utf8');
      expect(recordEvents(document, 1).fault).toEqual(recordEvents(document).fault);
    }
  });

  it('names both tags and the line of the opening one when they do not match', () => {
    expect(recordEvents('<a>\n<b>\n</a>').fault).toEqual({
      rule: 'xml.mismatch',
      message: '</a> stands here, but <b> opened on line 2 is not closed.',
      line: 3,
      column: 1,
      offset: 8,
    });
  });

  it('places a fault at the character it is about', () => {
    expect(recordEvents('<a>\nżó\u0001</a>').fault).toMatchObject({ line: 2, column: 3, offset: 8 });
    expect(recordEvents('<a>\n<b\n c="1"\n p:d="2"/></a>').fault).toMatchObject({ line: 2, column: 1 });
  });

  it.each([
    ['xml.limit.depth', { depthMax: 2 }, '<a><b/></a>', '<a><b><c/></b></a>'],
    ['xml.limit.name', { nameBytesMax: 4 }, '<abcd/>', '<abcde/>'],
    ['xml.limit.names', { namesMax: 2 }, '<a><b/><a/></a>', '<a><b/><c/></a>'],
    ['xml.limit.attributes', { attributesMax: 2 }, '<a b="" c=""/>', '<a b="" c="" d=""/>'],
    ['xml.limit.attribute', { attributeBytesMax: 3 }, '<a b="123"/>', '<a b="1234"/>'],
    ['xml.limit.text', { textBytesMax: 4 }, '<a>12<!---->34<b>56</b></a>', '<a>12<!---->345</a>'],
    ['xml.limit.markup', { markupBytesMax: 10 }, '<a><!--x--></a>', '<a><!--1234--></a>'],
  ] as const)('%s: what exceeds the limit, and nothing that does not', (rule, limits, within, beyond) => {
    expect(recordEvents(within, 1, limits).fault).toBeUndefined();
    expect(recordEvents(beyond, 100, limits).fault?.rule).toBe(rule);
    expect(recordEvents(beyond, 1, limits).fault?.rule).toBe(rule);
  });

  it('a tag that never ends, before it fills the memory', () => {
    const { fault } = recordEvents(`<a ${' '.repeat(5000)}`, 100, { markupBytesMax: 1000 });
    expect(fault).toMatchObject({ rule: 'xml.limit.markup', offset: 0 });
  });
});
