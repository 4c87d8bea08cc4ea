import { describe, expect, it } from 'vitest';
import type { BankTerms, Operation } from '../../src/domain/bank-profile.ts';
import { accountId } from '../../src/domain/iban.ts';
import type { BlockFacts, TransferFacts } from '../../src/domain/payment.ts';
import { isSepaAccount, operationFor } from '../../src/domain/routing.ts';
import {
  bankTerms,
  blockFacts,
  GERMAN,
  OTHER_BANK,
  OURS,
  place,
  SAME_BANK,
  transferFacts,
} from './sketches.ts';

const TERMS = bankTerms();

function account(value: string, kind: 'iban' | 'other' = 'iban'): TransferFacts['creditorAccount'] {
  return accountId(kind, value, place());
}

function routed(
  currency: string,
  creditor: TransferFacts['creditorAccount'],
  block: Partial<BlockFacts> = {},
  transfer: Partial<TransferFacts> = {},
  terms: BankTerms = TERMS,
): Operation | undefined {
  return operationFor(
    terms,
    blockFacts(block),
    transferFacts({ currency, creditorAccount: creditor, ...transfer }),
  );
}

function level(serviceLevel: string): BlockFacts['type'] {
  return { serviceLevel, localInstrument: undefined, categoryPurpose: undefined };
}

describe('a transfer goes', () => {
  it.each([
    ['internally within the bank', 'PLN', account(SAME_BANK), 'internal'],
    [
      'internally in foreign currency within the bank',
      'EUR',
      account(SAME_BANK),
      'internal-foreign-currency',
    ],
    ['through the country to another Polish bank', 'PLN', account(OTHER_BANK), 'domestic'],
    ['by SEPA in euros to another Polish bank', 'EUR', account(OTHER_BANK), 'sepa'],
    ['by SEPA in euros to Germany', 'EUR', account(GERMAN), 'sepa'],
    ['abroad in zlotys to Germany', 'PLN', account(GERMAN), 'foreign'],
    ['abroad in dollars to a Polish bank', 'USD', account(OTHER_BANK), 'foreign'],
    ['abroad in euros to a country outside SEPA', 'EUR', account('TR330006100519786457841326'), 'foreign'],
    ['abroad to a number that is no IBAN', 'USD', account('123456789', 'other'), 'foreign'],
    ['abroad when no account is named', 'USD', undefined, 'foreign'],
  ] as const)('%s', (_, currency, creditor, operation) => {
    expect(routed(currency, creditor)).toBe(operation);
  });

  it('the same way when the Polish account is written as a bare number', () => {
    expect(routed('PLN', account(OTHER_BANK.slice(2), 'other'))).toBe('domestic');
    expect(routed('PLN', account(SAME_BANK.slice(2), 'other'))).toBe('internal');
    const debtorAccount = accountId('other', OURS.slice(2), place());
    expect(routed('PLN', account(SAME_BANK), { debtorAccount })).toBe('internal');
  });

  it('abroad instead of by SEPA when it asks for more than SEPA gives', () => {
    expect(routed('EUR', account(GERMAN), { type: level('URGP') })).toBe('foreign');
    expect(routed('EUR', account(GERMAN), {}, { type: level('URGP') })).toBe('foreign');
  });

  it('by SEPA when its own service level overrules that of its block', () => {
    expect(routed('EUR', account(GERMAN), { type: level('URGP') }, { type: level('SEPA') })).toBe('sepa');
  });

  it('not by SEPA from an account that SEPA does not reach', () => {
    const debtorAccount = accountId('iban', 'TR330006100519786457841326', place());
    expect(routed('EUR', account(GERMAN), { debtorAccount })).toBe('foreign');
  });

  it('by the first row that fits', () => {
    const operations = [{ operation: 'foreign' }, { operation: 'domestic' }] as const;
    expect(routed('PLN', account(OTHER_BANK), {}, {}, bankTerms({ operations }))).toBe('foreign');
  });

  it('nowhere when no row fits', () => {
    const operations = [{ operation: 'sepa', currency: 'EUR', creditor: 'sepa' }] as const;
    expect(routed('PLN', account(OTHER_BANK), {}, {}, bankTerms({ operations }))).toBeUndefined();
  });
});

describe('SEPA', () => {
  it('reaches its countries and no others', () => {
    for (const iban of [OURS, GERMAN, 'GB29NWBK60161331926819', 'CH9300762011623852957'])
      expect(isSepaAccount(iban)).toBe(true);
    for (const iban of ['TR330006100519786457841326', 'UA213223130000026007233566001', ''])
      expect(isSepaAccount(iban)).toBe(false);
  });
});
