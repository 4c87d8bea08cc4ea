import { beforeEach, describe, expect, it } from 'vitest';
import { RESTORES } from '../../src/domain/restore-event.ts';
import { OutboxScanner } from '../../src/outbound/claim.ts';
import { findOrders, OrderBook } from '../../src/outbound/order-book.ts';
import { KEY } from '../../src/domain/journal-index.ts';
import { ulid } from '../../src/domain/identifiers.ts';
import { workingName } from '../../src/outbound/places.ts';
import { recordRestore, type Restored, type RestoreRefusal } from '../../src/outbound/restore.ts';
import { paymentFile } from '../erp/iso20022/payment-file.ts';
import { doStep } from '../../src/outbound/work.ts';
import { dueSteps } from './support/due-steps.ts';
import { answered, createOffice, report, type Office } from './support/office.ts';

const MINUTE_MS = 60_000;
const WHO = { who: 'Anna', reason: 'the disk was lost' };

let office: Office;
beforeEach(async () => {
  office = await createOffice();
});

function file(messageId: string, amount = '10.00'): string {
  return paymentFile({
    messageId,
    blocks: [{ id: 'B1', transfers: [{ endToEndId: `${messageId}-A`, amount }] }],
  });
}

async function restore(of: Office = office): Promise<Restored | RestoreRefusal> {
  const { ports } = of.context;
  return recordRestore(
    { ...ports, decisionsFolder: '/state/decisions', timeZone: ports.rules.timeZone },
    WHO,
  );
}

async function restored(of: Office = office): Promise<Restored> {
  const outcome = await restore(of);
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  return outcome;
}

/** A second office with an empty journal, on a disk that has what the first one left. */
async function withoutJournal(before: Office): Promise<Office> {
  const next = await createOffice();
  for (const path of before.disk.paths()) {
    const content = before.disk.content(path);
    if (path.startsWith('/erp/') && content !== undefined) next.disk.put(path, content);
  }
  return next;
}

describe('a restore on record', () => {
  it('says who, why, and where the journal ended', async () => {
    await office.claim('one.xml', file('M1'));
    await restored();
    const [restore] = await office.context.ports.journal.read(RESTORES);
    expect(restore?.event).toMatchObject({ type: 'journal-restored', ...WHO, lastSequence: 1 });
  });

  it('holds what was open, with its files as they are, and can be done again', async () => {
    const id = await office.claim('one.xml', file('M1'));
    await office.work();
    const first = await restored();
    expect(first.held.map((order) => order.id)).toEqual([id]);
    await restored();
    const order = await office.order(id);
    expect(order.submissions[0]).toMatchObject({
      phase: 'held',
      hold: { code: 'found-after-restore', origin: 'in-doubt' },
      prepared: { sizeBytes: expect.any(Number) as number },
    });
    expect(order.submissions[0]?.hold?.evidence).toContain('Anna: the disk was lost');
  });

  it('is one unit with all that follows from it', async () => {
    await office.claim('one.xml', file('M1'));
    await office.claim('two.xml', file('M2'));
    const before = office.appended.length;
    await restored();
    expect(office.appended.slice(before).map((records) => records.length)).toEqual([3]);
  });

  it('removes decisions of before: carried out again they would send again', async () => {
    office.disk.put('/state/decisions/1.json', Buffer.from('{}'));
    expect((await restored()).decisionsRemoved).toBe(1);
    expect(office.disk.paths()).not.toContain('/state/decisions/1.json');
  });

  it('is refused while the archive is away: what has ended since could not be seen', async () => {
    await office.context.ports.files.remove('/erp/archive');
    expect(await restore()).toMatchObject({ kind: 'refused' });
    expect(await office.context.ports.journal.read(RESTORES)).toEqual([]);
  });

  it('numbers tellings from where none can have been', async () => {
    const id = await office.claim('one.xml', file('M1'));
    await office.clock.advance(10 * MINUTE_MS);
    await restored();
    expect((await office.order(id)).tellFrom).toBe(100 + 600);
  });

  it('knows which prepared bytes are gone with the spool, and brings back what the ERP wrote', async () => {
    const id = await office.claim('one.xml', file('M1'));
    await office.work();
    for (const path of office.disk.paths()) if (path.includes('/spool/')) office.disk.take(path);
    await restored();
    expect((await office.order(id)).submissions[0]?.prepared).toBeUndefined();
    expect(office.read(`/state/spool/${id}/source`)).toBe(file('M1'));
  });
});

describe('an order that came to its end after the backup', () => {
  it('that the journal does not know is taken over from the archive, so that it is known again', async () => {
    office.submits.push(answered('ACSC'));
    const id = await office.claim('one.xml', file('M1'));
    await office.work();
    expect((await office.order(id)).phase).toBe('closed');
    const next = await withoutJournal(office);
    expect((await restored(next)).recovered.map(({ fileName }) => fileName)).toEqual(['one.xml']);
    const { journal } = next.context.ports;
    for (const [key, value] of [
      [KEY.bankMessageId, `GNC${id}001`],
      [KEY.erpMessageId, 'M1'],
      [KEY.fileName, 'one.xml'],
    ] as const)
      expect((await findOrders(journal, key, value)).map((order) => order.id)).toEqual([id]);
    const order = await next.order(id);
    expect((await findOrders(journal, KEY.paymentSet, order.paymentSet ?? '')).length).toBe(1);
    expect(order.submissions[0]).toMatchObject({ phase: 'settled' });
  });

  it('that is open in the journal is closed as its receipt has it', async () => {
    office.submits.push(answered('ACSC'));
    const id = await office.claim('one.xml', file('M1'));
    await office.work();
    const next = await withoutJournal(office);
    await next.context.book.record(id, {
      type: 'order-claimed',
      company: 'acme',
      fileName: 'one.xml',
      workingName: workingName(id, 'one.xml'),
      sizeBytes: 1,
    });
    const { held, recovered } = await restored(next);
    expect([held.length, recovered.length]).toEqual([0, 1]);
    expect((await next.order(id)).submissions[0]?.phase).toBe('settled');
  });

  it('is held when its receipt says that the ERP had not been told', async () => {
    office.submits.push(answered('ACSC'));
    const id = await office.claim('one.xml', file('M1'));
    await office.work();
    const receipt = `/erp/archive/2026/11/23/one_${id}/receipt.json`;
    const next = await withoutJournal(office);
    next.disk.put(receipt, Buffer.from(office.read(receipt).replace('"final": true', '"final": false')));
    expect((await restored(next)).recovered).toEqual([]);
  });

  it.each([
    ['cut short', '{"id":'],
    ['of another order', '{"id":"x"}'],
    ['of no end', undefined],
  ])('is held when its receipt is %s', async (_, receipt) => {
    const id = await office.claim('one.xml', file('M1'));
    const folder = `/erp/archive/2026/11/23/one_${id}`;
    const order = await office.order(id);
    office.disk.put(`${folder}/receipt.json`, Buffer.from(receipt ?? JSON.stringify(order)));
    const { held, recovered } = await restored();
    expect([held.length, recovered.length]).toEqual([1, 0]);
  });
});

describe('what the ERP wrote', () => {
  it('comes into the archive also where our own copy of it went with the spool', async () => {
    const id = await office.claim('bad.xml', 'no payment');
    // Refused in the journal that was put back, and nothing of it in the spool.
    await office.context.book.record(id, {
      type: 'order-refused',
      erp: { messageId: undefined, messageName: undefined, transferCount: 0, controlSum: '0' },
      sha256: '',
      faults: [],
      faultCount: 1,
    });
    await office.work();
    const archived = office.disk.paths().find((path) => path.endsWith('/erp_bad.xml'));
    expect(office.read(archived ?? '')).toBe('no payment');
  });
});

describe('a message that is held after a restore', () => {
  async function held(): Promise<{ id: string; next: Office }> {
    const id = await office.claim('one.xml', file('M1'));
    await office.work();
    await restored();
    // Another process: the orders are replayed.
    const book = await OrderBook.open(office.context.ports.journal);
    const next = { ...office, context: { ...office.context, book } };
    return { id, next };
  }

  async function asked(next: Office): Promise<void> {
    await next.clock.advance(MINUTE_MS);
    for (let steps = dueNow(next); steps.length > 0; steps = dueNow(next)) {
      const [step] = steps;
      if (step !== undefined) await doStep(next.context, step.order.id, step.due.step, () => false);
    }
  }

  function dueNow({ context, clock }: Office): ReturnType<typeof dueSteps> {
    return dueSteps(context).filter(({ due }) => due.dueMs <= clock.now());
  }

  it('is followed to its end when the bank knows it', async () => {
    const { id, next } = await held();
    next.asks.push(report('ACSC'));
    await asked(next);
    const order = await office.order(id);
    expect(order.phase).toBe('closed');
    expect(order.told?.fileName).toMatch(/_1\d\d-final\.xml$/);
  });

  it('is not told as held while the bank is asked: the ERP may have heard its end already', async () => {
    const { id, next } = await held();
    const before = (await office.order(id)).told?.number;
    await asked(next);
    expect((await office.order(id)).told?.number).toBe(before);
  });

  it('is not rejected by a word that is no proof', async () => {
    const { id, next } = await held();
    next.asks.push(report('RJCT'));
    await asked(next);
    expect((await office.order(id)).submissions[0]).toMatchObject({ phase: 'held', denial: { count: 1 } });
  });
});

describe('a file in the working folder that the journal does not know', () => {
  async function scanned(of: Office, ...agoMs: readonly number[]): Promise<string[]> {
    const { clock, disk, context } = of;
    const [company] = context.ports.companies;
    if (company === undefined) throw new Error('no company');
    const ids = agoMs.map((ago) => ulid(clock.now() - ago, clock.random(10)));
    for (const id of ids)
      disk.put(
        `/erp/outbox/.working/${context.ports.journal.id}/${workingName(id, 'one.xml')}`,
        Buffer.from(file('M1')),
      );
    await new OutboxScanner(context, company).scan();
    return ids;
  }

  it('was left by a crash, when it is one and young', async () => {
    const [id = ''] = await scanned(office, MINUTE_MS);
    expect((await office.order(id)).restored).toBe(false);
  });

  it('may have been sent when it is old', async () => {
    const [id = ''] = await scanned(office, 11 * MINUTE_MS);
    expect(await office.order(id)).toMatchObject({ restored: true, tellFrom: 100 + 660 });
  });

  it('may have been sent when its id is of the future: the clock was put right since', async () => {
    const [id = ''] = await scanned(office, -60 * MINUTE_MS);
    expect(await office.order(id)).toMatchObject({ restored: true, tellFrom: 100 + 3_600 });
  });

  it('may have been sent when there is another: a crash leaves one at most', async () => {
    const ids = await scanned(office, MINUTE_MS, 2 * MINUTE_MS);
    for (const id of ids) expect((await office.order(id)).restored).toBe(true);
  });

  it('may have been sent when it is older than the last restore, however young', async () => {
    await restored();
    const [id = ''] = await scanned(office, 1_000);
    expect((await office.order(id)).restored).toBe(true);
  });
});
