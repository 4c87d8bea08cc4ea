import { describe, expect, it } from 'vitest';
import { reportAnswer, statementAnswer } from '../../bench/account-answers.ts';
import { paymentFile, smallOrder } from '../../bench/files.ts';
import { ibanFault } from '../../src/domain/iban.ts';
import { sourceOf } from '../erp/iso20022/payment-file.ts';
import { record } from '../erp/iso20022/recording-sink.ts';

describe('files of the benches', () => {
  it('are payment files without a fault, with right counts, sums and account numbers', async () => {
    const text = [...paymentFile(50, 7)].join('');
    const { verdict, groups, transfers } = await record(sourceOf(text));
    expect(verdict).toMatchObject({ kind: 'payment', complete: true, faultCount: 0 });
    expect(groups[0]?.declaredCount.value).toBe('50');
    const sum = [...text.matchAll(/Ccy="PLN">(\d+)\.(\d\d)</g)].reduce(
      (hundredths, [, whole, rest]) => hundredths + Number(whole) * 100 + Number(rest),
      0,
    );
    expect(text).toContain(`<CtrlSum>${(sum / 100).toFixed(2)}</CtrlSum>`);
    const ibans = [...text.matchAll(/<IBAN>(\w+)</g)].map(([, iban = '']) => iban);
    expect(ibans.filter((iban) => ibanFault(iban) !== undefined)).toEqual([]);
    expect(new Set(ibans).size).toBe(51);
    expect(transfers).toHaveLength(50);
  });

  it('are the same for the same seed, and others for another', () => {
    const text = (seed: number): string => [...paymentFile(3, seed)].join('');
    expect(text(1)).toBe(text(1));
    expect(text(1)).not.toBe(text(2));
  });

  it('have transfers of about 985 bytes and 35 elements, and entries of about 1,040 bytes', () => {
    const transfers = [...paymentFile(1_000, 1)].slice(1, -1);
    expect(transfers[0]?.match(/<[A-Z]/g)).toHaveLength(35);
    expect(Buffer.byteLength(transfers.join('')) / 1_000).toBeCloseTo(985, -2);
    expect(Buffer.byteLength([...statementAnswer(1_000)].join('')) / 1_000).toBeCloseTo(1_040, -2);
  });

  it('are small orders and answers with every entry that was asked for', async () => {
    const { verdict } = await record(sourceOf(smallOrder('B1')));
    expect(verdict).toMatchObject({ kind: 'payment', complete: true, faultCount: 0 });
    const entries = [...reportAnswer('GetIncrementalAccountReport', 5, 1)].join('').match(/<Ntry>/g);
    expect(entries).toHaveLength(6);
  });
});
