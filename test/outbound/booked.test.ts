import { beforeEach, describe, expect, it } from 'vitest';
import type { BookedTransfer, EntrySource } from '../../src/domain/account-event.ts';
import type { BookedEntry } from '../../src/domain/entry.ts';
import { bookingsOf } from '../../src/outbound/booked.ts';
import { OURS } from '../domain/sketches.ts';
import { paymentFile } from '../erp/iso20022/payment-file.ts';
import { answered, createOffice, debit, type Office } from './support/office.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const ONE = paymentFile({
  messageId: 'M1',
  blocks: [{ id: 'B1', transfers: [{ endToEndId: 'A1', amount: '10.00' }] }],
});
const AGAIN = ONE.replace('<MsgId>M1<', '<MsgId>M2<').replace('FV/1/2026', 'FV/2/2026');

let office: Office;
beforeEach(async () => {
  office = await createOffice();
});

/** Hands entries over as a delivery does, and keeps what they book as its record does. */
async function book(source: EntrySource, ...entries: BookedEntry[]): Promise<readonly BookedTransfer[]> {
  const bookings = bookingsOf(office.context, OURS, source);
  await bookings.take(entries.map((entry, fresh) => ({ entry, fresh })));
  const transfers = (await bookings.settle()).map(({ transfer }) => transfer);
  if (transfers.length > 0)
    await office.context.ports.journal.append([
      { stream: `account/acme/${OURS}`, event: { type: 'transfers-booked', source, transfers } },
    ]);
  return transfers;
}

/** A message whose answer was lost, sent again by a person on a later day, and lost again. */
async function resentNextDay(): Promise<string> {
  const id = await office.claim('one.xml', ONE);
  await office.work();
  await office.clock.advance(DAY_MS);
  const hold = { code: 'in-doubt-unanswered', evidence: 'nobody knows' } as const;
  await office.context.book.record(
    id,
    { type: 'submission-held', part: 1, hold },
    { type: 'submission-released', part: 1, as: 'resend', who: 'Anna', reason: 'not in the e-bank' },
  );
  await office.work();
  expect((await office.order(id)).submissions[0]).toMatchObject({ phase: 'in-doubt', attempts: 2 });
  return id;
}

async function phaseOf(id: string): Promise<string | undefined> {
  return (await office.order(id)).submissions[0]?.phase;
}

describe('a booked entry', () => {
  it('proves the first sending, also when the message went out again on a later day', async () => {
    const id = await resentNextDay();
    await book('history', debit('A1', '10.00', '2026-11-23'));
    expect(await phaseOf(id)).toBe('settled');
  });

  it('that may be of another order of the same id and amount proves nothing, however that one ended', async () => {
    const lost = await office.claim('lost.xml', ONE);
    await office.work();
    office.submits.push(answered('ACSC'));
    const settled = await office.claim('settled.xml', AGAIN);
    await office.work();
    expect((await office.order(settled)).phase).toBe('closed');
    const theirs = debit('A1', '10.00', '2026-11-23');
    await book('history', theirs);
    expect(await phaseOf(lost)).toBe('in-doubt');
    // Read once more with the whole day.
    const again = bookingsOf(office.context, OURS, 'history');
    await again.take([{ entry: theirs, fresh: undefined }]);
    await again.settle();
    expect(await phaseOf(lost)).toBe('in-doubt');
    await book('history', debit('A1', '10.00', '2026-11-23'));
    expect(await phaseOf(lost)).toBe('settled');
  });

  it('of a day before the message was ever sent books something else', async () => {
    const id = await resentNextDay();
    await book('history', debit('A1', '10.00', '2026-11-22'));
    expect(await phaseOf(id)).toBe('in-doubt');
  });

  it('of a day on which the message provably did not leave books something else', async () => {
    office.submits.push(async () => ({ kind: 'not-sent', cause: 'connection refused' }));
    const id = await office.claim('one.xml', ONE);
    await office.work();
    await office.clock.advance(DAY_MS);
    await office.work();
    expect(await phaseOf(id)).toBe('in-doubt');
    await book('history', debit('A1', '10.00', '2026-11-23'));
    expect(await phaseOf(id)).toBe('in-doubt');
    await book('history', debit('A1', '10.00', '2026-11-24'));
    expect(await phaseOf(id)).toBe('settled');
  });

  it.each([
    ['another amount', debit('A1', '10.01', '2026-11-23')],
    ['another reference', debit('A2', '10.00', '2026-11-23')],
    ['no booking', { ...debit('A1', '10.00', '2026-11-23'), status: 'PDNG' }],
    ['a reversal', { ...debit('A1', '10.00', '2026-11-23'), reversal: true }],
  ])('with %s proves nothing', async (_, entry) => {
    const id = await office.claim('one.xml', ONE);
    await office.work();
    expect(await book('history', entry)).toEqual([]);
    expect(await phaseOf(id)).toBe('in-doubt');
  });

  it('is for the other orders even when the file of one can not be read', async () => {
    const unread = await office.claim('unread.xml', AGAIN);
    const id = await office.claim('one.xml', ONE);
    await office.work();
    await office.forgetIds();
    for (const path of office.disk.paths()) if (path.includes(unread)) office.disk.take(path);
    await book('history', debit('A1', '10.00', '2026-11-23'));
    expect(await phaseOf(id)).toBe('settled');
  });
});

describe('a booking that nobody expected', () => {
  async function closedAs(status: string, file = 'one.xml', content = ONE): Promise<string> {
    office.submits.push(answered(status));
    const id = await office.claim(file, content);
    await office.work();
    expect((await office.order(id)).phase).toBe('closed');
    return id;
  }
  const contradictions = (booked: readonly BookedTransfer[]): string[] =>
    booked.flatMap(({ contradiction }) => contradiction ?? []);

  it('of a transfer that was told rejected is said to a person, and nothing is told otherwise', async () => {
    const id = await closedAs('RJCT');
    const inbox = office.inbox();
    const [said, ...more] = contradictions(await book('history', debit('A1', '10.00', '2026-11-23')));
    expect(said).toContain(`10.00 PLN with EndToEndId A1 of file one.xml (order ${id})`);
    expect(said).toContain('told is rejected');
    expect(more).toEqual([]);
    expect(office.log.filter(({ event }) => event === 'money.contradiction')).toHaveLength(1);
    await office.work();
    expect(office.inbox()).toEqual(inbox);
    expect((await office.order(id)).submissions[0]?.phase).toBe('rejected');
  });

  it('of a transfer that was booked before is said, in one delivery or in two', async () => {
    await closedAs('ACSC');
    const entry = debit('A1', '10.00', '2026-11-23');
    expect(contradictions(await book('history', entry))).toEqual([]);
    expect(contradictions(await book('history', entry))).toEqual([expect.stringContaining('once more')]);
    expect(contradictions(await book('statement', entry, entry))).toEqual([
      expect.stringContaining('once more'),
    ]);
  });

  it('is none when history and statement each show the one entry', async () => {
    await closedAs('ACSC');
    const entry = debit('A1', '10.00', '2026-11-23');
    expect(contradictions([...(await book('history', entry)), ...(await book('statement', entry))])).toEqual(
      [],
    );
  });

  it('is none when the ERP pays a rejected transfer anew under the same id', async () => {
    await closedAs('RJCT');
    await office.clock.advance(HOUR_MS);
    const second = await closedAs('ACSC', 'again.xml', AGAIN);
    expect(await book('history', debit('A1', '10.00', '2026-11-23'))).toEqual([
      { order: second, transfer: 0 },
    ]);
    expect(contradictions(await book('history', debit('A1', '10.00', '2026-11-23')))).toEqual([
      expect.stringContaining('told is rejected'),
    ]);
  });

  it('is none when nothing was ever sent', async () => {
    const hold = { code: 'our-fault', evidence: 'x' } as const;
    const id = await office.claim('one.xml', ONE);
    office.context.paused.add('bank');
    await office.work();
    await office.context.book.record(
      id,
      { type: 'submission-held', part: 1, hold },
      { type: 'submission-released', part: 1, as: 'dropped', who: 'Anna', reason: 'not wanted any more' },
    );
    await office.work();
    expect(await book('history', debit('A1', '10.00', '2026-11-23'))).toEqual([]);
  });
});
