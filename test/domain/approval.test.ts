import { describe, expect, it } from 'vitest';
import { ApprovalReading, type ApprovalPolicy } from '../../src/domain/approval.ts';
import { accountId } from '../../src/domain/iban.ts';
import { decimal, GERMAN, OTHER_BANK, place, placed, SAME_BANK, transferFacts } from './sketches.ts';

const NONE: ApprovalPolicy = { transferAbove: [], fileAbove: [], creditors: undefined };
const PLN_50 = { amount: decimal('50'), currency: 'PLN' };

function reasons(
  policy: Partial<ApprovalPolicy>,
  ...transfers: Parameters<typeof transferFacts>[0][]
): readonly string[] {
  const reading = new ApprovalReading({ ...NONE, ...policy });
  for (const one of transfers) reading.add(transferFacts(one));
  return reading.reasons();
}

function paying(account: string): Parameters<typeof transferFacts>[0] {
  return { creditorAccount: accountId('iban', account, place()) };
}

describe('what a person must see', () => {
  it('is nothing where the company has no rules', () => {
    expect(reasons({}, { amount: placed(decimal('999999999.99')) })).toEqual([]);
  });

  it('is a transfer over the limit of its currency, but not one of just that much', () => {
    expect(reasons({ transferAbove: [PLN_50] }, { amount: placed(decimal('50.00')) })).toEqual([]);
    expect(
      reasons(
        { transferAbove: [PLN_50] },
        {
          amount: placed(decimal('50.01'), place('x', 7)),
          endToEndId: placed('A1', place('x', 7)),
          place: place('x', 7),
        },
      ),
    ).toEqual([
      'transferAbove: A transfer is larger than may go without a person (line 7, EndToEndId A1: 50.01 PLN, more than 50 PLN).',
    ]);
  });

  it('is a transfer in a currency that no limit names, because that would be the way around the others', () => {
    expect(
      reasons({ transferAbove: [PLN_50] }, { currency: 'EUR', amount: placed(decimal('1.00')) })[0],
    ).toContain('1.00 EUR, and EUR has no limit of its own');
  });

  it('is a file whose transfers come to more together, each currency by itself', () => {
    const limits = [PLN_50, { amount: decimal('50'), currency: 'EUR' }];
    const thirty = { amount: placed(decimal('30.00')) };
    expect(reasons({ fileAbove: limits }, thirty, { ...thirty, currency: 'EUR' })).toEqual([]);
    expect(reasons({ fileAbove: limits }, thirty, thirty)).toEqual([
      'fileAbove: The transfers of the file come to 60.00 PLN, more than 50 PLN.',
    ]);
  });

  it('is a creditor that is not on the list, the first few by name', () => {
    const creditors = new Set([SAME_BANK]);
    expect(reasons({ creditors }, paying(SAME_BANK))).toEqual([]);
    const [sentence = ''] = reasons(
      { creditors },
      ...[OTHER_BANK, GERMAN, OTHER_BANK, GERMAN, GERMAN].map(paying),
    );
    expect(sentence).toContain(`to ${OTHER_BANK}`);
    expect(sentence.endsWith('; and 2 more).')).toBe(true);
  });

  it('is a transfer to no account at all, where there is a list', () => {
    expect(reasons({ creditors: new Set([SAME_BANK]) }, { creditorAccount: undefined })[0]).toContain(
      'no account',
    );
  });

  it('is known by its number however that is written', () => {
    const creditor = { creditorAccount: accountId('other', '12 34-ab', place()) };
    expect(reasons({ creditors: new Set(['1234-AB']) }, creditor)).toEqual([]);
  });
});
