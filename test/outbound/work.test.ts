import { describe, expect, it } from 'vitest';
import { checkOrder } from '../../src/outbound/check.ts';
import { doStep } from '../../src/outbound/work.ts';
import { paymentFile } from '../erp/iso20022/payment-file.ts';
import { createOffice, report, type Office } from './support/office.ts';

const MINUTE_MS = 60_000;
const ONE = paymentFile({ blocks: [{ id: 'B1', transfers: [{ endToEndId: 'A1', amount: '10.00' }] }] });

function eventsOf(office: Office, event: string, level = 'error'): object[] {
  return office.log
    .filter((line) => line.event === event && line.level === level)
    .map(({ fields }) => fields);
}

function takeAway(office: Office, ...endings: string[]): void {
  for (const path of office.disk.paths())
    if (endings.some((ending) => path.endsWith(ending))) office.disk.take(path);
}

/** Taken over and planned, but not yet prepared. */
async function plannedOnly(office: Office): Promise<string> {
  const id = await office.claim('one.xml', ONE);
  const order = office.context.book.get(id);
  if (order === undefined) throw new Error('not claimed');
  await checkOrder(office.context, order);
  return id;
}

describe('a file of ours that is gone', () => {
  it('is brought back from the working folder when that one still has the bytes that were checked', async () => {
    const office = await createOffice();
    const id = await plannedOnly(office);
    takeAway(office, `${id}/source`);
    await office.work();
    expect((await office.order(id)).submissions[0]).toMatchObject({ phase: 'in-doubt', attempts: 1 });
    expect(office.read(`/state/spool/${id}/source`)).toBe(ONE);
  });

  it('holds what was not sent when the working file is another by now, and names the file', async () => {
    const office = await createOffice();
    const id = await plannedOnly(office);
    takeAway(office, `${id}/source`);
    const working = office.disk.paths().find((path) => path.endsWith(`${id}.one.xml`)) ?? '';
    office.disk.put(working, Buffer.from(ONE.replace('10.00', '99.00')));
    await office.work();
    const [submission] = (await office.order(id)).submissions;
    expect(submission).toMatchObject({
      phase: 'held',
      attempts: 0,
      hold: { code: 'our-fault', origin: 'planned' },
    });
    expect(submission?.hold?.evidence).toContain(`/state/spool/${id}/source`);
    expect(office.disk.content(`/state/spool/${id}/source`)).toBeUndefined();
  });

  it('holds what may be at the bank when its answer can not be read without it, and the ERP hears of the hold', async () => {
    const office = await createOffice();
    const id = await office.claim('one.xml', ONE);
    await office.work();
    await office.forgetIds();
    takeAway(office, `${id}/source`, `${id}.one.xml`);
    await office.clock.advance(MINUTE_MS);
    office.asks.push(report('ACSC'), report('ACSC'));
    await office.work();
    const [submission] = (await office.order(id)).submissions;
    expect(submission).toMatchObject({ phase: 'held', hold: { code: 'our-fault', origin: 'in-doubt' } });
    const told = office.read(`/erp/inbox/${office.inbox().findLast((name) => name.includes(id)) ?? ''}`);
    expect(told).toContain('<GrpSts>PDNG</GrpSts>');
    expect(told).not.toContain('<TxSts>');
  });

  it('never makes prepared bytes anew: they are held', async () => {
    const office = await createOffice();
    office.context.paused.add('bank');
    const id = await office.claim('one.xml', ONE);
    await office.work();
    takeAway(office, 'part-001.xml');
    office.context.paused.delete('bank');
    await office.work();
    expect((await office.order(id)).submissions[0]).toMatchObject({
      phase: 'held',
      attempts: 0,
      hold: { origin: 'prepared' },
    });
  });

  it('does not keep an answer of the bank from being kept', async () => {
    const office = await createOffice();
    const id = await office.claim('one.xml', ONE);
    await office.work();
    await office.context.ports.files.remove(`/state/spool/${id}`);
    await office.clock.advance(MINUTE_MS);
    office.asks.push(report('ACCP'));
    await office.work();
    expect((await office.order(id)).submissions[0]?.phase).toBe('submitted');
  });
});

describe('a step that fails again and again', () => {
  /** The inbox is a file: nothing can be told. */
  async function untellable(): Promise<{ office: Office; id: string }> {
    const office = await createOffice();
    takeAway(office, '/erp/inbox/.keep');
    await office.context.ports.files.remove('/erp/inbox');
    office.disk.put('/erp/inbox', new Uint8Array());
    const id = await office.claim('bad.xml', '<nothing/>');
    await office.work();
    return { office, id };
  }

  async function tried(office: Office, minutes: number): Promise<number> {
    const before = office.log.length;
    for (let second = 0; second < minutes * 60; second += 1) {
      await office.clock.advance(1_000);
      await office.work();
    }
    return office.log.slice(before).filter(({ event }) => event === 'order.disk').length;
  }

  it('is spoken of once, and stands in the order until it succeeds', async () => {
    const { office, id } = await untellable();
    await tried(office, 1);
    expect(eventsOf(office, 'order.disk')).toHaveLength(1);
    expect((await office.order(id)).stuck).toMatchObject({ step: 'tell' });
    expect(office.appended.flat().filter(({ event }) => event.type === 'order-stuck')).toHaveLength(1);
    await office.context.ports.files.remove('/erp/inbox');
    await office.context.ports.files.makeFolder('/erp/inbox');
    await office.work();
    const order = await office.order(id);
    expect(order).toMatchObject({ phase: 'closed', stuck: undefined });
  });

  it('rests ever longer, but never longer than some minutes', async () => {
    const { office, id } = await untellable();
    const step = { by: 'desk', do: 'tell' } as const;
    const rests = Array.from({ length: 9 }, () => office.context.stumbles.note(id, step, 'x').restMs);
    expect(rests.slice(0, 3)).toEqual([10_000, 20_000, 40_000]);
    expect(rests.at(-1)).toBe(5 * MINUTE_MS);
  });

  it('that is a fault of ours refuses a request instead of trying for ever', async () => {
    const office = await createOffice();
    const id = await office.claim('one.xml', ONE);
    const order = office.context.book.get(id);
    if (order?.phase !== 'claimed') throw new Error('not claimed');
    await office.context.book.record(id, {
      type: 'request-accepted',
      erp: { messageId: 'R1', messageName: 'camt.060.001.03', transferCount: 0, controlSum: '0' },
      sha256: 'ab',
      requests: [],
    });
    const context = {
      ...office.context,
      ports: {
        ...office.context.ports,
        answerRequest: () => Promise.reject(new TypeError('a fault of ours')),
      },
    };
    await doStep(context, id, { by: 'collector', do: 'answer-request' }, () => false);
    expect(await office.order(id)).toMatchObject({ phase: 'refused', faults: [{ rule: 'goniec.fault' }] });
  });

  it('that is a fault of ours while the bank is asked ends held', async () => {
    const office = await createOffice();
    const id = await office.claim('one.xml', ONE);
    await office.work();
    const broken = async (): Promise<never> => {
      throw new TypeError('a fault of ours');
    };
    for (let minute = 0; minute < 4; minute += 1) {
      await office.clock.advance(MINUTE_MS);
      office.asks.splice(0, Infinity, broken, broken);
      await office.work();
    }
    expect(eventsOf(office, 'order.bug')).toHaveLength(1);
    expect((await office.order(id)).submissions[0]).toMatchObject({
      phase: 'held',
      hold: { code: 'our-fault', origin: 'in-doubt' },
    });
  });
});
