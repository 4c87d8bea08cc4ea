import { beforeEach, describe, expect, it } from 'vitest';
import { ulid } from '../../src/domain/identifiers.ts';
import { checkOrder } from '../../src/outbound/check.ts';
import { workingName } from '../../src/outbound/places.ts';
import { bankTerms, OURS } from '../domain/sketches.ts';
import { paymentFile } from '../erp/iso20022/payment-file.ts';
import { createOffice, type Office } from './support/office.ts';

const DAY_MS = 86_400_000;
const ONE = paymentFile({
  messageId: 'M1',
  blocks: [{ id: 'B1', transfers: [{ endToEndId: 'A1', amount: '10.00' }] }],
});
const TWO = paymentFile({
  messageId: 'M2',
  blocks: [
    { id: 'B1', transfers: [{ endToEndId: 'A1', amount: '10.00' }] },
    { id: 'B2', transfers: [{ endToEndId: 'A2', amount: '20.00' }] },
  ],
});

let office: Office;
beforeEach(async () => {
  office = await createOffice();
});

/** A file found in the working folder long after it was taken over. */
async function found(content: string, agoMs = DAY_MS): Promise<string> {
  const { clock, disk, context } = office;
  const id = ulid(clock.now() - agoMs, clock.random(10));
  const name = workingName(id, 'one.xml');
  disk.put(`/erp/outbox/.working/${context.ports.journal.id}/${name}`, Buffer.from(content));
  await context.book.record(id, {
    type: 'order-claimed',
    company: 'acme',
    fileName: 'one.xml',
    workingName: name,
    sizeBytes: content.length,
    restored: true,
    tellFrom: 90_000,
  });
  return id;
}

describe('a plan', () => {
  it('holds what does not have every transfer that was counted: that would be a fault of ours', async () => {
    const id = await office.claim('two.xml', TWO);
    const terms = bankTerms();
    let asked = 0;
    // The account is forgotten in the middle of the second block, as no configuration can do it.
    const account = (): ReturnType<Office['context']['ports']['account']> => {
      asked += 1;
      return asked > 3 ? undefined : { iban: OURS, currency: 'PLN', terms };
    };
    const order = office.context.book.get(id);
    if (order === undefined) throw new Error('not claimed');
    await checkOrder({ ...office.context, ports: { ...office.context.ports, account } }, order);
    const [submission] = (await office.order(id)).submissions;
    expect(submission).toMatchObject({ phase: 'held', hold: { code: 'our-fault' }, plan: { count: 1 } });
    expect(submission?.hold?.evidence).toContain('2 transfers of 30');
  });

  it('of all transfers is not held', async () => {
    const id = await office.claim('two.xml', TWO);
    await office.work();
    expect((await office.order(id)).submissions[0]).toMatchObject({ phase: 'in-doubt', plan: { count: 2 } });
  });
});

describe('a file that may have been sent before an older journal was put back', () => {
  it('is planned under its old ids, held as in doubt, and asked about', async () => {
    const id = await found(ONE);
    await office.work();
    const [submission] = (await office.order(id)).submissions;
    expect(submission).toMatchObject({
      phase: 'held',
      hold: { code: 'found-after-restore', origin: 'in-doubt' },
      plan: { messageId: `GNC${id}001` },
    });
    expect(office.submits).toEqual([]);
  });

  it('is not refused for a date that has gone by since', async () => {
    await office.clock.advance(60 * DAY_MS);
    const id = await found(ONE, 60 * DAY_MS);
    await office.work();
    expect((await office.order(id)).submissions[0]?.phase).toBe('held');
    const late = await office.claim('late.xml', ONE.replace('>M1<', '>M7<'));
    await office.work();
    expect((await office.order(late)).faults[0]?.rule).toBe('rule.date-past');
  });

  it('is neither refused nor planned when its account is no longer ours', async () => {
    const id = await found(ONE.replaceAll(OURS, 'PL27114020040000300201355387'));
    await office.work();
    expect((await office.order(id)).phase).toBe('claimed');
    expect(office.inbox()).toEqual([]);
    expect(office.log.some(({ level, event }) => level === 'error' && event === 'order.bug')).toBe(true);
  });

  it('is not taken for the repeat of an earlier one when its account is no longer ours', async () => {
    await office.claim('earlier.xml', ONE);
    await office.work();
    const { context } = office;
    const id = await found(ONE, 0);
    const order = context.book.get(id);
    if (order === undefined) throw new Error('not claimed');
    const ports = { ...context.ports, account: () => undefined };
    await expect(checkOrder({ ...context, ports }, order)).rejects.toThrow(/can not be planned/);
    expect((await office.order(id)).phase).toBe('claimed');
  });

  it('is neither refused nor planned when its file is gone', async () => {
    const id = await found(ONE);
    office.disk.take(office.disk.paths().find((path) => path.includes(id)) ?? '');
    await office.work();
    expect((await office.order(id)).phase).toBe('claimed');
  });

  it('is refused when it was no payment file then either', async () => {
    const id = await found('<Document/>');
    await office.work();
    expect((await office.order(id)).faultCount).toBeGreaterThan(0);
  });

  it('is not taken for the repeat of a later file: it may be the one that was sent', async () => {
    const later = await office.claim('later.xml', ONE);
    await office.work();
    const id = await found(ONE);
    await office.work();
    expect((await office.order(id)).submissions[0]).toMatchObject({ phase: 'held' });
    const next = await office.claim('next.xml', ONE);
    await office.work();
    expect([later, id]).toContain((await office.order(next)).repeats);
  });

  it('says in its evidence also what else it is held for', async () => {
    await office.clock.advance(DAY_MS);
    const first = await found(ONE, 2 * DAY_MS);
    await office.work();
    const id = await found(ONE.replace('FV/1/2026', 'FV/2/2026'));
    await office.work();
    const { hold } = (await office.order(id)).submissions[0] ?? {};
    expect(hold).toMatchObject({ code: 'found-after-restore', origin: 'in-doubt' });
    expect(hold?.evidence).toContain(first);
  });
});
