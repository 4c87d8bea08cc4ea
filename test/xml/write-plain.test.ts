/** Plain elements that are not read come to the same bytes as those that are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Canonicalizer, type CanonicalizerOptions } from '../../src/xml/canonicalizer.ts';
import { XmlReader } from '../../src/xml/xml-reader.ts';

const before = fc.constantFrom(
  '<r>',
  '<r>text',
  '<r>]',
  '<r>]]',
  '<r>\r',
  '<r>\n',
  '<r><!-- c -->',
  '<r><a><b>1</b>',
  '<r xmlns="urn:d">',
  '<r xmlns="urn:d"><a xmlns="">',
  '<r xmlns="urn:d"><a xmlns="urn:e"><a>',
  '<p:r xmlns:p="urn:p" xmlns="urn:d">',
  '<p:r xmlns:p="urn:p"><a xmlns="urn:d"><p:b/><c>',
  '<r><o>',
  '<r><o/><a>',
  '',
  '<r>&am',
  '<r><!-',
  '<r><![CDATA[',
);
const plain = fc.constantFrom(
  '<b>1</b>',
  '<b>1</b><b c="2">ż</b>',
  '<b>\n <c>x y</c>\n</b>',
  'p;',
  '-c-->',
  'x]]>',
);
const after = fc.constantFrom('', 'text', '\n', ']]>', '<b>2</b>', '&lt;', '<o>3</o>', '&', '</x>');

const methods: readonly CanonicalizerOptions[] = [
  { method: 'exclusive' },
  { method: 'inclusive' },
  { method: 'inclusive-1.1', comments: true },
  {
    method: 'exclusive',
    chosenDepthMax: 2,
    apex: ({ depth }) => depth === 2,
    omit: ({ name }) => name.local === 'o',
  },
];

describe('elements that are written plainly', () => {
  it.each(methods)('need not be read to be canonicalized: %j', (options) => {
    fc.assert(
      fc.property(before, fc.array(fc.tuple(plain, after), { minLength: 1, maxLength: 3 }), (start, rest) => {
        expect(canonical(start, rest, options, true)).toBe(canonical(start, rest, options, false));
      }),
      { numRuns: 1000 },
    );
  });

  it('pass in one run where nothing else is to be heard of them', () => {
    const told: string[] = [];
    const reader = new XmlReader({
      start: ({ name }) => told.push(name.local),
      passing: {
        version: 0,
        mayPass: () => true,
        pass: (bytes, from, to) => told.push(Buffer.from(bytes.subarray(from, to)).toString()),
      },
    });
    reader.write(Buffer.from('<r><b>'));
    reader.writePlain(Buffer.from('<c>1</c><c>2</c>'));
    reader.write(Buffer.from('</b><d/></r>'));
    expect(reader.end()).toBeUndefined();
    expect(told).toEqual(['r', 'b', '<c>1</c><c>2</c>', 'd']);
  });
});

/** Whatever is open at the end is closed. */
function canonical(
  start: string,
  rest: readonly (readonly [string, string])[],
  options: CanonicalizerOptions,
  unread: boolean,
): string {
  const parts: Buffer[] = [];
  const canonicalizer = new Canonicalizer((bytes) => parts.push(Buffer.from(bytes)), options);
  const reader = new XmlReader(canonicalizer);
  const write = (text: string, isPlain = false): void => {
    const bytes = Buffer.from(text);
    // Only whole elements are plain, whatever stands before them.
    if (isPlain && unread && text.startsWith('<')) reader.writePlain(bytes);
    else reader.write(bytes);
    bytes.fill(0x78);
  };
  write(start);
  for (const [element, more] of rest) {
    write(element, true);
    write(more);
  }
  const open = [...start.matchAll(/<([\w:]+)[^<>]*?(\/?)>|<\/[\w:]+>/g)].reduce<string[]>(
    (names, [, name, empty]) =>
      name === undefined ? names.slice(0, -1) : empty === '/' ? names : [...names, name],
    [],
  );
  for (const name of open.toReversed()) write(`</${name}>`);
  const fault = reader.end() ?? canonicalizer.finish();
  return `${fault?.rule ?? ''}|${Buffer.concat(parts).toString()}`;
}
