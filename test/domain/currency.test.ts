import { describe, expect, it } from 'vitest';
import { minorUnits } from '../../src/domain/currency.ts';

describe('a currency', () => {
  it.each([
    ['PLN', 2],
    ['EUR', 2],
    ['JPY', 0],
    ['ISK', 0],
    ['KWD', 3],
    ['CLF', 4],
  ])('%s has %i decimals', (code, decimals) => {
    expect(minorUnits(code)).toBe(decimals);
  });

  it.each(['XAU', 'XXX', 'XTS', 'PLZ', 'pln', '', 'toString', 'EUR '])('is not "%s"', (code) => {
    expect(minorUnits(code)).toBeUndefined();
  });
});
