import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePage } from '../../../src/erp/text/code-pages.ts';
import { heldText } from '../../../src/erp/text/held-text.ts';

const holdsAscii = (character: string): boolean => /^[A-Za-z0-9 .,'+()/:-]$/.test(character);

describe('A text that a format does not hold as it is', () => {
  it.each([
    ['Zażółć gęślą jaźń', 'Zazolc gesla jazn', 9],
    ['„Łódź” – 5 €', "'Lodz' - 5 EUR", 7],
    ['a <b> [c] {d}', 'a (b) (c) (d)', 6],
    ['Müller & Söhne GmbH', 'Muller + Sohne GmbH', 3],
    ['日本', '..', 2],
  ])('%s is written as %s', (text, held, replaced) => {
    expect(heldText(text, holdsAscii)).toEqual({ text: held, replaced });
  });

  it('keeps its words, but not how many blanks or lines were between them', () => {
    expect(heldText(' a \t b\r\nc\u00a0d\u200be ', holdsAscii)).toEqual({ text: 'a b c de', replaced: 0 });
  });

  it('keeps what the code page holds', () => {
    const held = heldText('Żółw 5 € 日', (character) => codePage('windows-1250').holds(character));
    expect(held).toEqual({ text: 'Żółw 5 € .', replaced: 1 });
  });

  it('is held in any case', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const held = heldText(text, holdsAscii).text;
        expect([...held].every(holdsAscii)).toBe(true);
        expect(held).toBe(held.trim());
        expect(held).not.toContain('  ');
      }),
    );
  });
});
