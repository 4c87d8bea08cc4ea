import { expect, it } from 'vitest';
import { readCreditorList } from '../../src/domain/creditor-list.ts';
import { GERMAN, SAME_BANK } from './sketches.ts';

it('has accounts as people write them, with what they add for themselves', () => {
  const text = `\uFEFF# suppliers\r\n\r\n${SAME_BANK.slice(2)} ; steel\r\nde89 3704 0044 0532 0130 00  # Berlin\r\n12345678-9\r\n`;
  expect(readCreditorList(text)).toEqual(new Set([SAME_BANK, GERMAN, '12345678-9']));
});

it('is wrong as a whole where a line is no account number, and says which', () => {
  expect(readCreditorList(`${SAME_BANK}\nsteel works\n`)).toEqual({
    line: 2,
    message: 'it holds no account number',
  });
  expect(readCreditorList(`${SAME_BANK.slice(0, -1)}0\n`)).toMatchObject({ line: 1 });
});
