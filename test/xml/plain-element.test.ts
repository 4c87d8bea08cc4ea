import { describe, expect, it } from 'vitest';
import { plainValues } from '../../src/xml/plain-element.ts';
import { canonicalize } from './canonicalize.ts';

function valuesOf(text: string): (readonly [path: string, value: string])[] | undefined {
  const bytes = Buffer.from(text);
  return plainValues(bytes, 0, bytes.length)?.map(({ path, from, to }) => [
    path,
    bytes.subarray(from, to).toString(),
  ]);
}

describe('the values of a plain element', () => {
  it('are its texts, each with the names around it', () => {
    const text = '<a>\n <b x="1 > 0">é 1</b>\n <c><d>2</d><d>\t3</d><e> </e></c>\n</a>'.replace(' > ', ' - ');
    expect(valuesOf(text)).toEqual([
      ['a/b', 'é 1'],
      ['a/c/d', '2'],
      ['a/c/d', '\t3'],
    ]);
    expect(canonicalize(text, { method: 'exclusive' })).toBe(text);
  });

  it.each([
    '<a/>',
    '<a><b/></a>',
    '<p:a>1</p:a>',
    '<a xmlns="urn:x">1</a>',
    '<a xmlns:p="urn:x">1</a>',
    '<a p:x="1">1</a>',
    '<a y="1" x="2">1</a>',
    "<a x='1'>1</a>",
    '<a x="&#9;">1</a>',
    '<a x="\t">1</a>',
    '<a  x="1">1</a>',
    '<a >1</a>',
    '<a>1</a >',
    '<a>1&amp;2</a>',
    '<a>1>2</a>',
    '<a>1]2</a>',
    '<a>1\n2</a>',
    '<a>1\r</a>',
    '<a><!-- c -->1</a>',
    '<a><?i?>1</a>',
    '<a><![CDATA[1]]></a>',
    '<a>1</b>',
    '<a>1',
    '<a>1</a>2',
    '<a>1</a><a>2</a>',
    '1',
  ])('are not to be had of %j', (text) => {
    expect(valuesOf(text)).toBeUndefined();
  });
});
