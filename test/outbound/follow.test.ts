import { describe, expect, it } from 'vitest';
import { bankTerms } from '../domain/sketches.ts';
import { paymentFile } from '../erp/iso20022/payment-file.ts';
import { answered, createOffice, report, type Office } from './support/office.ts';

const MINUTE_MS = 60_000;
const ONE = paymentFile({ blocks: [{ id: 'B1', transfers: [{ endToEndId: 'A1', amount: '10.00' }] }] });

async function lostAt(profile: Parameters<typeof bankTerms>[0]): Promise<{ office: Office; id: string }> {
  const office = await createOffice(bankTerms(profile));
  const id = await office.claim('one.xml', ONE);
  await office.work();
  return { office, id };
}

/** Lets time pass and does what becomes due, the bank saying the same to every question. */
async function follow(
  office: Office,
  minutes: number,
  say: Office['asks'][number] | undefined,
): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    await office.clock.advance(MINUTE_MS);
    if (say !== undefined) office.asks.splice(0, Infinity, say, say, say);
    await office.work();
  }
}

describe('a message in doubt that the bank calls rejected', () => {
  const profile = { notFound: ['E404'], arrivalBoundMs: 60 * MINUTE_MS };
  const followed = {
    inDoubtHoldAfterMs: 10 * MINUTE_MS,
    firstAskMs: MINUTE_MS,
    askEveryMaxMs: 5 * MINUTE_MS,
  };

  it('is not given to a person while the proof that it never came is growing', async () => {
    const { office, id } = await lostAt({ profile, follow: followed });
    await follow(office, 50, report('RJCT'));
    const [submission] = (await office.order(id)).submissions;
    expect(submission).toMatchObject({ phase: 'in-doubt', attempts: 1 });
    expect(submission?.denial?.observedMs).toBeGreaterThan(30 * MINUTE_MS);
    await follow(office, 30, report('RJCT'));
    expect((await office.order(id)).submissions[0]?.attempts).toBeGreaterThan(1);
  });

  it('is given to a person who reads what the bank said, kept once, where denials prove nothing', async () => {
    const { office, id } = await lostAt({ follow: followed });
    await follow(office, 30, report('RJCT'));
    const [submission] = (await office.order(id)).submissions;
    expect(submission?.phase).toBe('held');
    expect(submission?.answers).toHaveLength(1);
    expect(submission?.hold?.evidence).toContain('RJCT for the whole message');
    expect(office.disk.paths().filter((path) => path.includes('-answer-'))).toHaveLength(1);
  });

  it('is rejected where a test at the bank has shown that it means so', async () => {
    const { office, id } = await lostAt({
      profile: { ...profile, rejectMeansRejected: true },
      follow: followed,
    });
    await follow(office, 3, report('RJCT'));
    expect((await office.order(id)).submissions[0]?.phase).toBe('rejected');
  });
});

describe('a message that went out again and was confirmed', () => {
  const profile = { notFound: ['E404'], arrivalBoundMs: 5 * MINUTE_MS };
  const followed = { inDoubtHoldAfterMs: 10 * MINUTE_MS, firstAskMs: MINUTE_MS, askEveryMaxMs: MINUTE_MS };

  it('is held when the bank goes on to reject all of it, which may be what it says of the first sending', async () => {
    const { office, id } = await lostAt({ profile, follow: followed });
    office.submits.push(answered('ACCP'));
    await follow(office, 8, report('RJCT'));
    expect((await office.order(id)).submissions[0]).toMatchObject({ attempts: 2, phase: 'submitted' });
    await follow(office, 20, report('RJCT'));
    expect((await office.order(id)).submissions[0]).toMatchObject({
      phase: 'held',
      hold: { code: 'confirmed-then-denied' },
    });
  });

  it('is rejected when it went out only once', async () => {
    const { office, id } = await lostAt({ profile, follow: followed });
    await follow(office, 1, report('ACCP'));
    await follow(office, 20, report('RJCT'));
    expect((await office.order(id)).submissions[0]).toMatchObject({ attempts: 1, phase: 'rejected' });
  });
});

describe('a message in doubt at a silent bank', () => {
  const follows = {
    inDoubtHoldAfterMs: 60 * MINUTE_MS,
    firstAskMs: MINUTE_MS,
    askEveryMaxMs: 10 * MINUTE_MS,
  };

  it('is given to a person after the time in which the bank was really asked', async () => {
    const { office, id } = await lostAt({ follow: follows });
    await follow(office, 55, undefined);
    expect((await office.order(id)).submissions[0]?.phase).toBe('in-doubt');
    await follow(office, 30, undefined);
    expect((await office.order(id)).submissions[0]).toMatchObject({
      phase: 'held',
      hold: { code: 'in-doubt-unanswered' },
    });
  });

  it('is not given to a person for a date that was set forward', async () => {
    const { office, id } = await lostAt({ follow: follows });
    office.clock.setNow(office.clock.now() + 2 * 86_400_000);
    await follow(office, 20, undefined);
    expect((await office.order(id)).submissions[0]?.phase).toBe('in-doubt');
  });
});

describe('a message that a booked entry settles while the bank is being asked about it', () => {
  it('leaves nothing in the spool when its order is archived and closed before the answer comes', async () => {
    const { office, id } = await lostAt({ follow: { firstAskMs: MINUTE_MS, askEveryMaxMs: MINUTE_MS } });
    office.asks.push(async (keep) => {
      await office.context.book.record(id, {
        type: 'status-received',
        part: 1,
        source: 'entry',
        runs: [{ transfers: [[0, 0]], status: 'ACSC', reasons: [] }],
      });
      // Another order is read meanwhile, so that nothing of this one is remembered.
      office.submits.push(answered('ACCP'));
      const other = await office.claim('two.xml', ONE.replaceAll('A1', 'A2').replaceAll('B1', 'B2'));
      await office.work();
      await office.context.idsOf(await office.order(other));
      return report('ACSC')(keep);
    });
    await office.clock.advance(MINUTE_MS);
    await office.work();
    expect((await office.order(id)).phase).toBe('closed');
    expect(office.asks).toEqual([]);
    expect(office.disk.paths().filter((path) => path.startsWith(`/state/spool/${id}`))).toEqual([]);
  });
});
