import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldText } from '../../../src/erp/text/held-text.ts';
import { piecesOf } from '../../../src/erp/text/pieces.ts';

describe('The pieces of a text', () => {
  it('neither begin nor end with a blank, because readers drop it', () => {
    expect(piecesOf('abc def', 4, 3)).toEqual({ pieces: ['ab', 'c de', 'f'], isCut: false });
  });

  it('say when there was more', () => {
    expect(piecesOf('abcdef', 2, 2)).toEqual({ pieces: ['ab', 'cd'], isCut: true });
    expect(piecesOf('', 2, 2)).toEqual({ pieces: [], isCut: false });
  });

  it('begin with what may begin a line', () => {
    const { pieces } = piecesOf('ab:cd-ef', 2, 9, (character) => !':-'.includes(character));
    expect(pieces.join('')).toBe('ab:cd-ef');
    expect(piecesOf('aaa:61:bb', 3, 9, (character) => character !== ':').pieces).toEqual([
      'aa',
      'a:6',
      '1:b',
      'b',
    ]);
  });

  it('together are the text, and a title of 140 characters fits into six of 27', () => {
    const text = fc
      .string({ unit: fc.constantFrom(...'abcż ./-'), maxLength: 140 })
      .map((one) => heldText(one, () => true).text);
    fc.assert(
      fc.property(text, (one) => {
        const { pieces, isCut } = piecesOf(one, 27, 6);
        expect(isCut).toBe(false);
        expect(pieces.join('')).toBe(one);
        for (const piece of pieces) expect(piece.length <= 27 && piece === piece.trim()).toBe(true);
      }),
    );
  });
});
