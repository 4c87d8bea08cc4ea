import { beforeEach, describe, expect, it } from 'vitest';
import { daysBetween } from '../../src/domain/calendar.ts';
import { ACCOUNTS, createDesk, shownIn, type AccountDesk } from './support/account-desk.ts';

const DAY_MS = 86_400_000;
/** From the first day of interest to yesterday. */
const DAYS = daysBetween('2026-11-18', '2026-11-24');
const TODAY = '2026-11-25';

let desk: AccountDesk;
beforeEach(async () => {
  desk = await createDesk();
});

function shown(): string[] {
  return shownIn(desk.inbox().values()).toSorted();
}

function fill(days: readonly string[], perDay: number): string[] {
  for (const day of days)
    desk.bank.entries.set(
      day,
      Array.from({ length: perDay }, (_, index) => `${day}#${index}`),
    );
  return [...desk.bank.entries.values()].flat().toSorted();
}

describe('a history of two accounts', () => {
  it('shows nothing, and is asked for again', async () => {
    const all = fill(DAYS, 2);
    desk.bank.named = [ACCOUNTS[0].slice(2), 'PL33160014620000000000000002'];
    await desk.pass(['history']);
    expect(shown()).toEqual([]);
    expect(desk.log.filter(({ event }) => event === 'account.failed')).toMatchObject([
      { fields: { cause: expect.stringContaining('PL33160014620000000000000002') as string } },
    ]);
    desk.bank.named = [ACCOUNTS[0].slice(2)];
    await desk.pass(['history']);
    expect(shown()).toEqual(all);
  });
});

describe('a bank that says that more pages follow', () => {
  it.each([2, 3, 5, 13])('is asked for shorter periods until all has come, %i at once', async (answerMax) => {
    const all = fill(DAYS, 2);
    desk.bank.answerMax = answerMax;
    await desk.pass(['history']);
    expect(shown()).toEqual(all);
    expect((await desk.book()).state.historyThrough).toBe('2026-11-24');
  });

  it('for a single day gives what it can, and a person is told that it may not be all', async () => {
    fill(DAYS, 2);
    desk.bank.entries.set('2026-11-20', ['a', 'b', 'c', 'd']);
    desk.bank.answerMax = 3;
    await desk.pass(['history']);
    expect(shown()).toEqual(expect.arrayContaining(['a', 'b', 'c', '2026-11-24#1']));
    expect(shown()).not.toContain('d');
    const flags = (await desk.journal.read((await desk.book()).stream))
      .map(({ event }) => event)
      .flatMap((event) => (event.type === 'history-delivered' ? (event.flags ?? []) : []));
    expect(flags).toEqual([expect.stringContaining('2026-11-20')]);
    expect(desk.log.filter(({ event }) => event === 'history.flagged')).toHaveLength(1);
  });

  it('about today is read on to its end by the daily numbers', async () => {
    desk.bank.numbered = true;
    const all = fill([TODAY], 7);
    desk.bank.answerMax = 3;
    await desk.pass(['history']);
    expect(shown()).toEqual(all);
  });

  it('about today without daily numbers is asked once, and the rest comes when the day is over', async () => {
    desk.bank.answerMax = 3;
    fill([TODAY], 3);
    desk.bank.entries.get(TODAY)?.push('later');
    await desk.pass(['history']);
    expect(shown()).toHaveLength(3);
    expect(desk.bank.asked.filter(({ kind }) => kind === 'incremental')).toHaveLength(1);
    desk.bank.answerMax = 4;
    await desk.clock.advance(DAY_MS);
    await desk.pass(['history']);
    expect(shown()).toContain('later');
  });
});

describe('entries', () => {
  it('that were shown are handed over again with the whole day, because a message may have been under way before', async () => {
    fill([TODAY], 1);
    await desk.pass(['history']);
    await desk.clock.advance(DAY_MS);
    desk.booked.length = 0;
    await desk.pass(['history']);
    const again = desk.booked.find(({ entries }) => entries.length > 0);
    expect(again?.source).toBe('history');
    expect(again?.entries.map(({ fresh }) => fresh)).toEqual([undefined]);
    expect(shown()).toHaveLength(1);
  });
});

describe('a gap between statements', () => {
  it('is fetched by itself when the bank has the missing one after all, also long after', async () => {
    const days = daysBetween('2026-11-18', '2026-12-09');
    desk.bank.statements.set('2026-11-18', ['0.00', '5.00']);
    for (let day = 0; day < 14; day += 1) {
      await desk.clock.advance(DAY_MS);
      await desk.pass(['statement']);
    }
    // Two weeks later the next one shows that there had been another, more than a week ago.
    desk.bank.statements.set('2026-12-08', ['7.00', '9.00']);
    await desk.clock.advance(DAY_MS);
    desk.bank.statements.set('2026-11-21', ['5.00', '7.00']);
    await desk.pass(['statement']);
    expect([...desk.inbox().keys()].filter((name) => days.some((day) => name.includes(day)))).toEqual([
      expect.stringContaining('2026-11-18'),
      expect.stringContaining('2026-11-21'),
      expect.stringContaining('2026-12-08'),
    ]);
    // Now they join, and nothing of it is asked for any more.
    desk.bank.asked.length = 0;
    await desk.pass(['statement']);
    const asked = desk.bank.asked.map((query) => (query.kind === 'statement' ? query.day : ''));
    expect(asked.filter((day) => day < '2026-12-08')).toEqual([]);
  });

  it('of a weekend is found as well', async () => {
    desk.bank.statements.set('2026-11-20', ['0.00', '5.00']);
    await desk.pass(['statement']);
    desk.bank.statements.set('2026-11-21', ['5.00', '6.00']);
    await desk.pass(['statement']);
    expect([...desk.inbox().keys()]).toContainEqual(expect.stringContaining('2026-11-21'));
  });
});

it('an answer that was kept and is gone from the spool is asked for anew', async () => {
  const all = fill(DAYS, 1);
  await (
    await desk.book()
  ).record({
    type: 'answer-kept',
    query: JSON.stringify({ kind: 'history', from: '2026-11-18', to: '2026-11-24' }),
    answer: { name: 'answer-gone.xml', sha256: 'none', sizeBytes: 3 },
  });
  for (let hour = 0; hour < 3; hour += 1) {
    await desk.pass(['history']);
    await desk.clock.advance(DAY_MS / 24);
  }
  expect(shown()).toEqual(all.toSorted());
  expect(desk.log.map(({ event }) => event)).toContain('answer.gone');
});
