import { beforeEach, describe, expect, it } from 'vitest';
import { paymentFile } from '../erp/iso20022/payment-file.ts';
import { answered, createOffice, type Office } from './support/office.ts';

const DAY_MS = 86_400_000;
const ONE = paymentFile({
  messageId: 'M1',
  blocks: [{ id: 'B1', transfers: [{ endToEndId: 'A1', amount: '10.00' }] }],
});

let office: Office;
beforeEach(async () => {
  office = await createOffice();
});

async function submission(id: string): Promise<unknown> {
  return (await office.order(id)).submissions[0];
}

/** A payment that was sent before, dropped again under another MsgId and held as a duplicate. */
async function duplicate(): Promise<string> {
  await office.claim('first.xml', ONE);
  await office.work();
  const id = await office.claim('second.xml', ONE.replace('>M1<', '>M2<'));
  await office.work();
  expect(await submission(id)).toMatchObject({ phase: 'held', hold: { code: 'same-payments' } });
  return id;
}

async function resend(id: string): Promise<void> {
  await office.context.book.record(id, {
    type: 'submission-released',
    part: 1,
    as: 'resend',
    who: 'Anna',
    reason: 'to be paid twice',
  });
  await office.work();
}

describe('a bank to which a message is about to go', () => {
  it('may make a connection ready as soon as the file is planned', async () => {
    await office.claim('first.xml', ONE);
    await office.work();
    expect(office.readied).toEqual(['bank']);
  });

  it('hears nothing of a file that is held, or while it is paused', async () => {
    await duplicate();
    expect(office.readied).toHaveLength(1);
    office.context.paused.add('bank');
    await office.claim('third.xml', ONE.replaceAll(/>(M1|B1|A1)</g, '>$1x<').replaceAll('10.00', '11.00'));
    await office.work();
    expect(office.log.map(({ event }) => event).filter((event) => event === 'order.planned')).toHaveLength(2);
    expect(office.readied).toHaveLength(1);
  });
});

describe('a duplicate that a person releases', () => {
  it('goes out while its execution date is one the bank takes', async () => {
    const id = await duplicate();
    office.submits.push(answered('ACSC'));
    await resend(id);
    expect(await submission(id)).toMatchObject({ phase: 'settled' });
  });

  it('is held again, with the reason, when its execution date has gone by', async () => {
    const id = await duplicate();
    await office.clock.advance(40 * DAY_MS);
    office.submits.push(answered('ACSC'));
    await resend(id);
    expect(await submission(id)).toMatchObject({
      phase: 'held',
      attempts: 0,
      hold: { code: 'execution-date-passed', origin: 'prepared' },
    });
    expect(office.submits).toHaveLength(1);
  });
});

describe('a message whose answer was lost', () => {
  it('goes out again with the same bytes although its date has gone by: the bank may have it', async () => {
    const id = await office.claim('one.xml', ONE);
    await office.work();
    await office.clock.advance(40 * DAY_MS);
    const hold = { code: 'in-doubt-unanswered', evidence: 'nobody knows' } as const;
    await office.context.book.record(id, { type: 'submission-held', part: 1, hold });
    office.submits.push(answered('ACSC'));
    await resend(id);
    expect(await submission(id)).toMatchObject({ phase: 'settled', attempts: 2 });
  });
});

describe('prepared bytes', () => {
  it.each([
    ['gone', undefined],
    ['changed', 'other bytes'],
  ])('that are %s are not sent', async (_, bytes) => {
    const id = await office.claim('one.xml', ONE);
    await office.work();
    const path = `/state/spool/${id}/part-001.xml`;
    if (bytes === undefined) office.disk.take(path);
    else office.disk.put(path, Buffer.from(bytes));
    const hold = { code: 'in-doubt-unanswered', evidence: 'nobody knows' } as const;
    await office.context.book.record(id, { type: 'submission-held', part: 1, hold });
    office.submits.push(answered('ACSC'));
    await resend(id);
    expect(await submission(id)).toMatchObject({
      phase: 'held',
      hold: { code: 'our-fault', origin: 'in-doubt' },
    });
    expect(office.submits).toHaveLength(1);
  });
});
