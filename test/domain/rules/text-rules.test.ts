import { describe, expect, it } from 'vitest';
import type { OrderRules } from '../../../src/domain/bank-profile.ts';
import type { TransferFacts } from '../../../src/domain/payment.ts';
import { textFaults } from '../../../src/domain/rules/text-rules.ts';
import { bankTerms, place, placed, transferFacts } from '../sketches.ts';

function faults(
  transfer: Partial<TransferFacts>,
  rules: Partial<OrderRules> = {},
): ReturnType<typeof textFaults.transfer> {
  return textFaults.transfer(transferFacts(transfer), bankTerms({ rules }).rules);
}

describe('an EndToEndId', () => {
  const id = (value: string): Partial<TransferFacts> => ({
    endToEndId: placed(value, place('EndToEndId', 11)),
  });

  it('may be as long as the bank takes, not longer', () => {
    expect(faults(id('A'.repeat(32)), { endToEndIdMaxLength: 32 })).toEqual([]);
    expect(faults(id('A'.repeat(33)), { endToEndIdMaxLength: 32 })).toMatchObject([
      { rule: 'rule.end-to-end-length', path: 'EndToEndId', line: 11 },
    ]);
  });

  it('is measured in characters, not in units of memory', () => {
    expect(faults(id('😀'.repeat(4)), { endToEndIdMaxLength: 4 })).toEqual([]);
  });

  it('must fit as a whole what the bank takes, and is never altered', () => {
    const endToEndIdPattern = "[A-Za-z0-9/\\-+()']+";
    for (const good of ['ZAM-2026-0001', 'NOTPROVIDED', "a/b+(c)'"])
      expect(faults(id(good), { endToEndIdPattern })).toEqual([]);
    for (const bad of ['A B', 'Ą', 'A_B', 'A\nB'])
      expect(faults(id(bad), { endToEndIdPattern }), bad).toMatchObject([
        { rule: 'rule.end-to-end-characters' },
      ]);
  });
});

describe('texts', () => {
  it('may be as long as the bank takes', () => {
    expect(faults({ remittance: 'ż'.repeat(140) })).toEqual([]);
    expect(faults({ remittance: 'ż'.repeat(141) })).toMatchObject([{ rule: 'rule.remittance-length' }]);
  });

  it('in addresses are measured line by line', () => {
    const creditorAddress = {
      place: place('PstlAdr', 12),
      town: undefined,
      country: undefined,
      lines: ['x'.repeat(35), 'x'.repeat(36)],
    };
    expect(faults({ creditorAddress })).toMatchObject([
      { rule: 'rule.address-line-length', line: 12, value: 'x'.repeat(36) },
    ]);
  });

  it('name every character the bank does not take, each once', () => {
    const texts = [placed('Zażółć – 😀 gęś', place('Cdtr/Nm', 13))];
    const [fault] = faults({ texts }, { textCharacters: '[A-Za-z ]' });
    expect(fault).toMatchObject({ rule: 'rule.characters', path: 'Cdtr/Nm', line: 13 });
    expect(fault?.message).toContain('U+017C, U+00F3, U+0142, U+0107, U+2013, U+1F600, U+0119, U+015B.');
  });

  it('hold whatever they like where the bank has no rule', () => {
    expect(faults({ texts: [placed('😀\u0007')] })).toEqual([]);
  });
});
