import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { accountId } from '../../src/domain/iban.ts';
import { PaymentSetDigest } from '../../src/outbound/payment-set-digest.ts';
import { blockFacts, OTHER_BANK, OURS, place, placed, transferFacts } from '../domain/sketches.ts';

function digestOf(debtor: string, creditor: string): string {
  const digest = new PaymentSetDigest();
  const account = (value: string) => accountId(/^\d/.test(value) ? 'other' : 'iban', value, place());
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

  it('is the sum that journals hold, computed anew from its definition', () => {
    const names = ['Huta Szkła "A"', 'B\\C\u0007', '', 'x'.repeat(200)];
    const digest = new PaymentSetDigest();
    let sum = 0n;
    for (const name of names) {
      const block = blockFacts();
      const transfer = transferFacts({ creditorName: placed(name), remittance: `FV ${name}` });
      digest.add(block, transfer);
      const parts = [OURS, block.executionDate.value, '12.50000', 'PLN', OTHER_BANK, name, `FV ${name}`];
      sum += BigInt(`0x${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`);
    }
    const expected = (sum % (1n << 256n)).toString(16).padStart(64, '0');
    expect(digest.toString()).toBe(`${names.length}-${expected}`);
  });

  it('stays exact over very many transfers', () => {
    const digest = new PaymentSetDigest();
    const one = new PaymentSetDigest();
    const [block, transfer] = [blockFacts(), transferFacts()];
    one.add(block, transfer);
    const unit = BigInt(`0x${one.toString().split('-')[1] ?? ''}`);
    for (let n = 0; n < 70_000; n++) digest.add(block, transfer);
    const expected = ((unit * 70_000n) % (1n << 256n)).toString(16).padStart(64, '0');
    expect(digest.toString()).toBe(`70000-${expected}`);
  });
});
