/** What passes in long runs comes to the same bytes as what is told element by element. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Canonicalizer, type CanonicalizerOptions } from '../../src/xml/canonicalizer.ts';
import { TogetherVisitor } from '../../src/xml/together-visitor.ts';
import { XmlReader, type XmlVisitor } from '../../src/xml/xml-reader.ts';

/** Few names, so that the same ones come again and again, at different depths and in different namespaces. */
const tag = fc.constantFrom('a', 'b', 'p:a', 'p:b', 'ż');
const extra = fc.constantFrom(
  '',
  '',
  '',
  '',
  ' ',
  ' x="1"',
  " p:x='2'",
  ' xmlns="urn:d"',
  ' xmlns=""',
  ' xmlns:p="urn:q"',
);
const text = fc.constantFrom(
  '',
  '\n  ',
  'x',
  '&amp;',
  '&#xD;',
  '>',
  ']]',
  'zażółć',
  '<!--c-->',
  '<?i d?>',
  '<![CDATA[<x>]]>',
  '\r\n',
);

const { element } = fc.letrec<{ element: string; inside: string }>((tie) => ({
  element: fc
    .tuple(
      tag,
      extra,
      fc.array(fc.tuple(text, tie('inside')), { maxLength: 4 }),
      text,
      fc.constantFrom('', '', ' '),
    )
    .map(
      ([name, more, children, last, space]) =>
        `<${name}${more}>${children.flat().join('')}${last}</${name}${space}>`,
    ),
  inside: fc.oneof({ depthSize: 'small', withCrossShrink: true }, text, tie('element')),
}));
/** A record that comes several times, as in a payment file. */
const document = fc
  .tuple(fc.array(element, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 4 }))
  .map(([records, times]) => `<r xmlns:p="urn:p">${records.join('\n').repeat(times)}</r>`);

const methods: readonly CanonicalizerOptions[] = [
  { method: 'exclusive' },
  { method: 'inclusive', comments: true },
  { method: 'exclusive', inclusivePrefixes: ['p', '#default'] },
  {
    method: 'exclusive',
    chosenDepthMax: 2,
    apex: ({ depth, name }) => depth === 2 && name.local === 'a',
    omit: ({ depth, name }) => depth === 2 && name.local === 'b',
  },
];

describe('a canonicalizer that lets elements pass', () => {
  it.each(methods)('gives the bytes of one that is told of each: %j', (options) => {
    fc.assert(
      fc.property(document, fc.integer({ min: 1, max: 50 }), (content, chunkBytes) => {
        const passed = read(
          content,
          options,
          chunkBytes,
          (canonicalizer) => new TogetherVisitor([canonicalizer]),
        );
        expect(passed).toBe(read(content, options, chunkBytes, told));
      }),
      { numRuns: 500 },
    );
  });

  it('is not told of elements that repeat', () => {
    const record = '<Tx><Amt Ccy="PLN">1</Amt><Nm>x</Nm></Tx>';
    let starts = 0;
    const canonicalizer = new Canonicalizer(() => undefined, { method: 'exclusive' });
    const counting = new TogetherVisitor([canonicalizer]);
    const start = counting.start.bind(counting);
    counting.start = (event) => {
      if (event.name.local !== 'Amt') starts++;
      start(event);
    };
    new XmlReader(counting).write(Buffer.from(`<r>${record.repeat(100)}</r>`));
    expect(starts).toBeLessThan(10);
  });
});

/** The same visitor without the way around. */
function told(canonicalizer: Canonicalizer): XmlVisitor {
  return {
    start: (start) => canonicalizer.start(start),
    text: (bytes, from, to, position, canonical) => canonicalizer.text(bytes, from, to, position, canonical),
    end: (end) => canonicalizer.end(end),
    comment: (comment) => canonicalizer.comment(comment),
    instruction: (target, data) => canonicalizer.instruction(target, data),
    release: () => canonicalizer.release(),
  };
}

/** Every chunk is destroyed once it was read, so that nothing can be taken from it later. */
function read(
  content: string,
  options: CanonicalizerOptions,
  chunkBytes: number,
  visitor: (canonicalizer: Canonicalizer) => XmlVisitor,
): string {
  const parts: Buffer[] = [];
  const canonicalizer = new Canonicalizer((bytes) => parts.push(Buffer.from(bytes)), options);
  const reader = new XmlReader(visitor(canonicalizer));
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const chunk = Buffer.from(bytes.subarray(at, at + chunkBytes));
    reader.write(chunk);
    chunk.fill(0x78);
  }
  const fault = reader.end() ?? canonicalizer.finish();
  return `${fault?.rule ?? ''}|${Buffer.concat(parts).toString()}`;
}
