/** Small documents as trees, and strict access to them. */
import { describe, expect, it } from 'vitest';
import { parseSmallDocument, type XmlNode } from '../../src/xml/small-document.ts';
import { attributeOf, each, one, opt, optTextOf, textOf, XmlPathError } from '../../src/xml/xml-path.ts';

function parse(document: string): XmlNode {
  const parsed = parseSmallDocument(Buffer.from(document));
  if ('rule' in parsed) throw new Error(parsed.message);
  return parsed;
}

describe('parseSmallDocument', () => {
  it('gives the same tree whatever prefix a document uses', () => {
    const plain = parse('<Document xmlns="urn:x"><A b="1">t</A><A/></Document>');
    expect(parse('<q:Document xmlns:q="urn:x"><q:A b="1">t</q:A><q:A></q:A></q:Document>')).toEqual(plain);
    expect(plain).toEqual({
      name: 'Document',
      namespace: 'urn:x',
      attributes: new Map(),
      text: '',
      line: 1,
      children: [
        {
          name: 'A',
          namespace: 'urn:x',
          attributes: new Map([['b', '1']]),
          text: 't',
          line: 1,
          children: [],
        },
        { name: 'A', namespace: 'urn:x', attributes: new Map(), text: '', line: 1, children: [] },
      ],
    });
  });

  it('keys attributes by local name, or by namespace and local name', () => {
    const { attributes } = parse('<a xmlns:p="urn:p" b="1" p:b=" 2 " xml:lang="pl"/>');
    expect([...attributes]).toEqual([
      ['b', '1'],
      ['{urn:p}b', ' 2 '],
      ['{http://www.w3.org/XML/1998/namespace}lang', 'pl'],
    ]);
  });

  it('keeps text as it is: blanks, numbers, references, CDATA, around comments and elements', () => {
    expect(parse('<a> 007 </a>').text).toBe(' 007 ');
    expect(parse('<a>1e3</a>').text).toBe('1e3');
    expect(parse('<a>true</a>').text).toBe('true');
    expect(parse('<a>&lt;b&gt;&amp;amp;&#65;&#13;&quot;</a>').text).toBe('<b>&amp;A\r"');
    expect(parse('<a>1<!-- <x> -->2<?p "it\'s" > ?>3<![CDATA[<b>&amp;]]>4<b>5</b>6\r\n</a>').text).toBe(
      '123<b>&amp;46\n',
    );
    expect(parse('<a>\n</a>').text).toBe('\n');
  });

  it('knows the line of each element', () => {
    expect(parse('<a>\n<b/>\n\n<c/></a>').children.map(({ line }) => line)).toEqual([2, 4]);
  });

  it('has no trouble with names that mean something to JavaScript or to the parser', () => {
    const names = [
      '__proto__',
      'constructor',
      'hasOwnProperty',
      'toString',
      '_text',
      'cdata',
      'br',
      'script',
    ];
    const { children } = parse(`<a>${names.map((name) => `<${name} ${name}="1">x</${name}>`).join('')}</a>`);
    expect(children.map(({ name, text, attributes }) => [name, text, ...attributes])).toEqual(
      names.map((name) => [name, 'x', [name, '1']]),
    );
  });

  it('reads elements nested 200 deep', () => {
    let node: XmlNode | undefined = parse(`${'<a>'.repeat(200)}x${'</a>'.repeat(200)}`);
    let depth = 0;
    for (; node !== undefined; node = node.children[0]) depth += 1;
    expect(depth).toBe(200);
  });

  it('refuses what the strict reader refuses, and what is too large', () => {
    expect(parseSmallDocument(Buffer.from('<!DOCTYPE a><a/>'))).toMatchObject({ rule: 'xml.dtd' });
    expect(parseSmallDocument(Buffer.from('<a><b></a>'))).toMatchObject({ rule: 'xml.mismatch' });
    expect(parseSmallDocument(Buffer.from('<a/>'), { sizeBytesMax: 3 })).toMatchObject({
      rule: 'xml.limit.size',
    });
  });
});

describe('paths', () => {
  const root = parse(
    '<d xmlns="u" xmlns:p="v"><a><b>1</b><b>2</b></a>\n<a><b>3</b></a><p:c>4</p:c><e> 5 </e></d>',
  );

  it('find elements by local name in the namespace they start from', () => {
    expect(each(root, 'a/b').map(({ text }) => text)).toEqual(['1', '2', '3']);
    expect(each(root, 'c')).toEqual([]);
    expect(one(root, 'e').text).toBe(' 5 ');
    expect(opt(root, 'x/y')).toBeUndefined();
    expect(textOf(root, 'e')).toBe(' 5 ');
    expect(optTextOf(root, 'e')).toBe(' 5 ');
    expect(optTextOf(root, 'x')).toBeUndefined();
    expect(attributeOf(parse('<a b="1"/>'), 'b')).toBe('1');
  });

  it('throw one kind of error, which names the path and the line', () => {
    expect(() => one(root, 'x/y')).toThrow(new XmlPathError(root, 'x/y', 'is missing'));
    expect(() => one(root, 'x/y')).toThrow('d/x/y (line 1) is missing.');
    expect(() => opt(root, 'a')).toThrow('d/a (line 1) stands there 2 times instead of once.');
    expect(() => textOf(parse('<a>\n<b><c/></b></a>'), 'b')).toThrow(
      'a/b (line 1) holds elements instead of text only.',
    );
    expect(() => attributeOf(root, 'z')).toThrow('d/@z (line 1) is missing.');
  });
});
