import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  decimalsNeeded,
  formatDecimal,
  negate,
  parseDecimal,
  withScale,
  ZERO,
  type Decimal,
} from '../../src/domain/decimal.ts';
import { decimal } from './sketches.ts';

const anyDecimal = fc.record({
  coefficient: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
  scale: fc.integer({ min: 0, max: 8 }),
});

/** The number as a whole count of 10^-8. */
function scaled({ coefficient, scale }: Decimal): bigint {
  return coefficient * 10n ** BigInt(8 - scale);
}

describe('reading and writing', () => {
  it.each([
    ['12.50', 1250n, 2],
    ['-12.50', -1250n, 2],
    ['+3', 3n, 0],
    ['.5', 5n, 1],
    ['7.', 7n, 0],
    ['007.10', 710n, 2],
    ['-0.00', 0n, 2],
  ])('reads %s', (text, coefficient, scale) => {
    expect(parseDecimal(text)).toEqual({ coefficient, scale });
  });

  it.each(['', '.', '-', '+.', '1,50', '1e3', '1.2.3', ' 1', '1 ', '0x1', 'NaN', '--1', '1_000', '١'])(
    'takes "%s" for no number',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined();
    },
  );

  it('writes a number as it was written', () => {
    for (const text of ['0', '0.05', '-0.05', '12.50', '-1000', '999999999999999999.99999'])
      expect(formatDecimal(decimal(text))).toBe(text);
  });

  it('does not read what is longer than any amount, because that would take minutes', () => {
    expect(parseDecimal('9'.repeat(1_000))?.scale).toBe(0);
    expect(parseDecimal('9'.repeat(1_001))).toBeUndefined();
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(anyDecimal, (value) => {
        expect(parseDecimal(formatDecimal(value))).toEqual(value);
      }),
    );
  });
});

describe('reckoning', () => {
  it('adds exactly where floats would not', () => {
    expect(formatDecimal(addDecimals(decimal('0.1'), decimal('0.2')))).toBe('0.3');
    expect(formatDecimal(addDecimals(decimal('90071992547409.93'), decimal('0.01')))).toBe(
      '90071992547409.94',
    );
  });

  it('keeps the larger scale in a sum', () => {
    expect(formatDecimal(addDecimals(decimal('1'), decimal('2.50')))).toBe('3.50');
  });

  it('adds and compares like whole numbers of the smallest unit', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (a, b) => {
        expect(scaled(addDecimals(a, b))).toBe(scaled(a) + scaled(b));
        expect(Math.sign(compareDecimals(a, b))).toBe(
          scaled(a) < scaled(b) ? -1 : scaled(a) > scaled(b) ? 1 : 0,
        );
      }),
    );
  });

  it('takes 1.5 and 1.50 for equal', () => {
    expect(compareDecimals(decimal('1.5'), decimal('1.50'))).toBe(0);
  });

  it('gives zero when a number and its negative are added', () => {
    fc.assert(
      fc.property(anyDecimal, (a) => {
        expect(compareDecimals(addDecimals(a, negate(a)), ZERO)).toBe(0);
      }),
    );
  });
});

describe('decimals', () => {
  it.each([
    ['1.500', 1],
    ['1.000', 0],
    ['0.00', 0],
    ['100', 0],
    ['0.00001', 5],
    ['-2.50', 1],
  ])('%s needs %i of them', (text, needed) => {
    expect(decimalsNeeded(decimal(text))).toBe(needed);
  });

  it('are only ever added, never cut', () => {
    expect(formatDecimal(withScale(decimal('5'), 2))).toBe('5.00');
    expect(formatDecimal(withScale(decimal('5.123'), 2))).toBe('5.123');
  });
});
