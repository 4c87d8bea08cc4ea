import { expect, it } from 'vitest';
import { camt053, OUR_IBAN } from '../account-file/sketched-camt.ts';
import { written, writtenText } from '../account-file/written.ts';

const entries = [
  { amount: '12.50', bankReference: 'A1' },
  { amount: '1', direction: 'CRDT' },
  { amount: '0.50', direction: 'CRDT' },
] as const;

it('An MT942 has the moment, the entries and their sums, and needs no balances', async () => {
  expect(await writtenText(camt053({ balances: [], entries }), 'mt942')).toBe(`:20:H261123111530250
:25:/${OUR_IBAN}
:28C:26327/40530
:34F:PLN0,00
:13D:2611231115+0100
:61:2611231123D12,50NMSCNONREF//A1
:86:020
:61:2611231123C1,00NMSCNONREF
:86:020
:61:2611231123C0,50NMSCNONREF
:86:020
:90D:1PLN12,50
:90C:2PLN1,50
-
`);
});

it('An MT942 leaves out nothing that is still to be booked, because the history would not show it again', async () => {
  const file = await written(camt053({ balances: [], entries: [{}, { status: 'PDNG' }] }), 'mt942');
  expect(file.kind === 'impossible' && file.reasons).toEqual([
    'Entry 2 (line 5): it is not booked (PDNG), and a reader takes all of an MT942 as booked.',
  ]);
});

it('An MT942 of an account in another currency than its entries is told to be impossible', async () => {
  const file = await written(camt053({ balances: [], entries }), 'mt942', {}, { currency: 'EUR' });
  expect(file.kind === 'impossible' && file.reasons[0]).toContain('its amount is in PLN');
});
