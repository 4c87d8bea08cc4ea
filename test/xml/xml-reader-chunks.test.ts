/** The reader tells the same however its input is cut. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordEvents } from './record-events.ts';

const DOCUMENT =
  '\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n<!-- ż -->\r<p:ż xmlns:p="urn:x" xmlns="urn:y" p:a=\'1>2\' b="&lt;\r\n\tż€😀">' +
  '\r\n\rx&amp;&#x1F600;]]&gt;]] ]<b/><![CDATA[]]]]]><![CDATA[\r\n]>\r]]>]]<c\n/><?pi a\r\nb?>zażółć 😀\r</p:ż >\r\n<!--e--> ';

const PIECES = [
  '<',
  '>',
  '&',
  ';',
  '"',
  "'",
  '/',
  '=',
  '!',
  '?',
  '-',
  '--',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<?',
  '?>',
  ' ',
  '\r',
  '\n',
  '\r\n',
  '\t',
  '\u0000',
  'é',
  '😀',
  '\ufeff',
  '\ufffe',
  'a',
  ':',
  'xmlns',
  '&lt;',
  '&#9;',
  '<a>',
  '</a>',
  '<a b="1"/>',
];

describe('XmlReader', () => {
  it.each([1, 2, 3, 4, 5, 7, 13, 64])('tells the same in chunks of %i bytes', (chunkBytes) => {
    const whole = recordEvents(DOCUMENT);
    expect(whole.fault).toBeUndefined();
    expect(recordEvents(DOCUMENT, chunkBytes)).toEqual(whole);
  });

  it('keeps nothing of a chunk, so that the caller may use its buffer again', () => {
    expect(recordEvents('<abc></abc>', 5).fault).toBeUndefined();
  });

  it('gives the same verdict at the same place for a damaged document in chunks of any size', () => {
    const damage = fc.record({
      at: fc.nat({ max: Buffer.byteLength(DOCUMENT) }),
      cut: fc.nat({ max: 4 }),
      put: fc.oneof(
        fc.constantFrom(...PIECES).map((piece) => Buffer.from(piece)),
        fc.uint8Array({ maxLength: 2 }),
      ),
    });
    fc.assert(
      fc.property(damage, fc.integer({ min: 1, max: 9 }), ({ at, cut, put }, chunkBytes) => {
        const sound = Buffer.from(DOCUMENT);
        const document = Buffer.concat([sound.subarray(0, at), put, sound.subarray(at + cut)]);
        const whole = recordEvents(document);
        const cutUp = recordEvents(document, chunkBytes);
        expect(cutUp.fault).toEqual(whole.fault);
        if (whole.fault === undefined) expect(cutUp.events).toEqual(whole.events);
      }),
      { numRuns: 1500 },
    );
  });
});
