import { describe, expect, it } from 'vitest';
import { amountFaults } from '../../../src/domain/rules/amount-rules.ts';
import { decimal, place, placed, transferFacts } from '../sketches.ts';

function faults(amount: string, currency: string, equivalent = false): ReturnType<typeof amountFaults> {
  return amountFaults(
    transferFacts({ amount: placed(decimal(amount), place('Amt', 12)), currency, equivalent }),
  );
}

describe('an amount', () => {
  it.each([
    ['0.01', 'PLN'],
    ['12.500', 'PLN'],
    ['100', 'JPY'],
    ['1.234', 'KWD'],
  ])('of %s %s is taken', (amount, currency) => {
    expect(faults(amount, currency)).toEqual([]);
  });

  it.each(['0', '0.00', '-1.00'])('of %s is refused', (amount) => {
    expect(faults(amount, 'PLN')).toMatchObject([
      { rule: 'rule.amount-zero', path: 'Amt', line: 12, value: `${amount} PLN` },
    ]);
  });

  it.each([
    ['0.001', 'PLN'],
    ['100.5', 'JPY'],
    ['1.2345', 'KWD'],
  ])('of %s %s has more decimals than its currency, and is never rounded', (amount, currency) => {
    expect(faults(amount, currency)).toMatchObject([
      { rule: 'rule.currency-decimals', value: `${amount} ${currency}` },
    ]);
  });

  it.each(['XAU', 'ZZZ', ''])('in "%s" is refused', (currency) => {
    expect(faults('1.00', currency)).toMatchObject([{ rule: 'rule.currency', value: currency }]);
  });

  it('given as an equivalent in another currency is refused', () => {
    expect(faults('1.00', 'EUR', true)).toMatchObject([{ rule: 'rule.equivalent-amount' }]);
  });

  it('may have several faults at once', () => {
    expect(faults('0.00', 'ZZZ', true)).toHaveLength(3);
  });
});
