import { describe, expect, it } from 'vitest';
import { readFileIds } from '../../../src/erp/iso20022/read-ids.ts';
import { paymentFile, sourceOf } from './payment-file.ts';

describe('the ids of a file', () => {
  const file = paymentFile({
    blocks: [
      { id: 'P1', transfers: [{ endToEndId: 'E1', amount: '1.50', instructionId: 'I1' }] },
      { id: 'P2', transfers: [{ endToEndId: 'E2', amount: '2', currency: 'EUR' }] },
    ],
  });

  it('are those of all blocks and transfers in file order', async () => {
    const account = 'PL61109010140000071219812874';
    expect(await readFileIds(sourceOf(file))).toEqual({
      blocks: [
        { paymentInformationId: 'P1', debtorAccount: account },
        { paymentInformationId: 'P2', debtorAccount: account },
      ],
      transfers: [
        {
          index: 0,
          block: 0,
          instructionId: 'I1',
          endToEndId: 'E1',
          amount: { coefficient: 150n, scale: 2 },
          currency: 'PLN',
        },
        {
          index: 1,
          block: 1,
          instructionId: undefined,
          endToEndId: 'E2',
          amount: { coefficient: 2n, scale: 0 },
          currency: 'EUR',
        },
      ],
    });
  });

  it('are not given of a file that has faults after all', async () => {
    await expect(readFileIds(sourceOf(file.slice(0, -20)))).rejects.toThrow('has changed');
  });
});
