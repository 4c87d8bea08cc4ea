// What a crash left in the spool.

import { expect, it } from 'vitest';
import { sweepSpool } from '../../src/outbound/spool-leftovers.ts';
import { paymentFile } from '../erp/iso20022/payment-file.ts';
import { answered, createOffice } from './support/office.ts';

const UNKNOWN = '01JDBX5V9M0000000000000000';

it('a start removes what is left of closed orders, and nothing of open or unknown ones', async () => {
  const office = await createOffice();
  const file = (messageId: string): string =>
    paymentFile({
      messageId,
      blocks: [{ id: messageId, transfers: [{ endToEndId: messageId, amount: '10.00' }] }],
    });
  const closed = await office.claim('closed.xml', file('M1'));
  office.submits.push(answered('RJCT'), answered('ACCP'));
  await office.work();
  const open = await office.claim('open.xml', file('M2'));
  await office.work();
  const leftOf = (id: string): string => `/state/spool/${id}/part-001-answer-009.xml`;
  for (const id of [closed, open, UNKNOWN]) office.disk.put(leftOf(id), Buffer.from('an answer'));

  await sweepSpool(office.context.ports, office.context.book);

  expect((await office.order(closed)).phase).toBe('closed');
  const left = office.disk.paths().filter((path) => path.endsWith('answer-009.xml'));
  expect(left.toSorted()).toEqual([leftOf(open), leftOf(UNKNOWN)].toSorted());
});
