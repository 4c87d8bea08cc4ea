// Random documents near the border between what is XML and what is not.

import fc from 'fast-check';

const PIECES = [
  '<a>',
  '</a>',
  '<a/>',
  '<p:a>',
  '</p:a>',
  '<a b="1">',
  '<a b=\'1\' b="2">',
  '<a xmlns="u">',
  '<a xmlns:p="u">',
  '<a xmlns="">',
  '<b',
  '>',
  '/>',
  ' b="',
  '"',
  '<',
  '&amp;',
  '&#65;',
  '&#x0;',
  '&e;',
  '&',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '--',
  '<?p x?>',
  '<?xml version="1.0"?>',
  '<!DOCTYPE a>',
  'x',
  ' ',
  '\n',
  '\r\n',
  '\t',
  'ż',
  '\u{1f600}',
  '\u0001',
  '\ufffe',
  '\ufeff',
  '=',
  ':', // prettier-ignore
];

/** Pieces of markup in any order, half of them inside one root, now and then with a stray byte. */
export const almostXml: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }),
    fc.boolean(),
    fc.option(fc.nat(255), { freq: 8 }),
  )
  .map(([pieces, isRooted, stray]) => {
    const text = pieces.join('');
    const bytes = Buffer.from(isRooted ? `<a xmlns:p="u">${text}</a>` : text);
    return stray === null ? bytes : Buffer.concat([bytes, Buffer.from([stray])]);
  });

/** A sound document with some of its bytes removed, repeated, replaced or preceded by a piece of markup. */
export function mutated(document: string): fc.Arbitrary<Uint8Array> {
  const sound = Buffer.from(document);
  const change = fc.record({
    at: fc.nat(sound.length - 1),
    length: fc.nat(30),
    instead: fc.oneof(fc.constantFrom(...PIECES, ''), fc.constant(undefined)),
  });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) =>
    changes.reduce<Buffer>((bytes, { at, length, instead }) => {
      const cut = bytes.subarray(at, at + length);
      const put = instead === undefined ? Buffer.concat([cut, cut]) : Buffer.from(instead);
      return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + length)]);
    }, sound),
  );
}
