import { describe, expect, it } from 'vitest';
import { PaymentSetDigest } from '../../src/outbound/payment-set-digest.ts';
import { blockFacts, OTHER_BANK, OURS, place, transferFacts } from '../domain/sketches.ts';

function digestOf(debtor: string, creditor: string): string {
  const digest = new PaymentSetDigest();
  const account = (value: string) =>
    ({ kind: /^\d/.test(value) ? 'other' : 'iban', value, place: place() }) as const;
  digest.add(
    blockFacts({ debtorAccount: account(debtor) }),
    transferFacts({ creditorAccount: account(creditor) }),
  );
  return digest.toString();
}

describe('the digest of payments', () => {
  it('is the same for an account written as an IBAN and as an NRB', () => {
    const ibans = digestOf(OURS, OTHER_BANK);
    expect(digestOf(OURS.slice(2), OTHER_BANK)).toBe(ibans);
    expect(digestOf(OURS, OTHER_BANK.slice(2))).toBe(ibans);
  });

  it('is another for another account', () => {
    expect(digestOf(OURS, OURS)).not.toBe(digestOf(OURS, OTHER_BANK));
    expect(digestOf(OURS, '1234')).not.toBe(digestOf(OURS, '1235'));
  });
});
