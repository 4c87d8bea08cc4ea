import { expect, it } from 'vitest';
import { daysBetween } from '../../src/domain/calendar.ts';
import type { AccountRequest } from '../../src/domain/order-event.ts';
import { answerRequests } from '../../src/inbound/requests.ts';
import { CAMT_ALONE } from '../erp/formats-wanted.ts';
import { accountOf, ACCOUNTS, createDesk, shownIn, type AccountDesk } from './support/account-desk.ts';

const TAG = '01JDBX5V9M0000000000000000';
const [ACCOUNT] = ACCOUNTS;
const HISTORY: AccountRequest = { account: ACCOUNT, kind: 'history', from: '2026-11-18', to: '2026-11-24' };

async function asked(
  desk: AccountDesk,
  ...requests: readonly AccountRequest[]
): ReturnType<typeof answerRequests> {
  return answerRequests(await desk.ports(), accountOf, requests, TAG, '2026-11-25T09:00:00.000Z');
}

it('a period of which the bank has more than it answers at once comes in several files, all of it', async () => {
  const desk = await createDesk();
  const days = daysBetween('2026-11-18', '2026-11-24');
  for (const day of days) desk.bank.entries.set(day, [`${day}#1`, `${day}#2`]);
  desk.bank.answerMax = 5;
  const answer = await asked(desk, HISTORY);
  expect(answer).toMatchObject({ kind: 'answered', notes: [] });
  expect(shownIn(desk.inbox().values()).toSorted()).toEqual([...desk.bank.entries.values()].flat());
});

it('a single day of which the bank has more is said in a note and not given as if it were whole', async () => {
  const desk = await createDesk();
  desk.bank.entries.set('2026-11-20', ['a', 'b']);
  desk.bank.answerMax = 1;
  const answer = await asked(desk, { ...HISTORY, from: '2026-11-20', to: '2026-11-20' });
  expect(answer).toMatchObject({ files: [], notes: [expect.stringContaining('2026-11-20')] });
});

it('the files that answer one request have different message ids, the same when it is answered again', async () => {
  const desk = await createDesk();
  const requests: AccountRequest[] = [
    HISTORY,
    { account: ACCOUNT, kind: 'balance', from: undefined, to: undefined },
  ];
  await asked(desk, ...requests);
  const before = [...desk.inbox()];
  const ids = before.map(([, document]) => /<MsgId>([^<]+)</.exec(document)?.[1]);
  expect(new Set(ids).size).toBe(2);
  await desk.clock.advance(86_400_000);
  await asked(desk, ...requests);
  expect([...desk.inbox()]).toEqual(before);
});

it('an answer is asked for once, also when it could not be put into the archive at first', async () => {
  const desk = await createDesk();
  const balance: AccountRequest = { account: ACCOUNT, kind: 'balance', from: undefined, to: undefined };
  desk.disk.fill('/erp/archive');
  await expect(asked(desk, balance)).rejects.toMatchObject({ code: 'full' });
  desk.disk.free('/erp/archive');
  await desk.clock.advance(86_400_000);
  const answer = await asked(desk, balance);
  expect(desk.bank.asked).toHaveLength(1);
  expect(answer).toMatchObject({ files: [...desk.inbox().keys()] });
});

it('an answer that is about another account as well is not given', async () => {
  const desk = await createDesk();
  desk.bank.entries.set('2026-11-20', ['an operation']);
  desk.bank.named = [ACCOUNT, 'PL33160014620000000000000002'];
  expect(await asked(desk, HISTORY)).toMatchObject({
    notes: [expect.stringContaining('PL33160014620000000000000002')],
  });
  expect([...desk.inbox()]).toEqual([]);
});

it('an answer that is kept is never taken for the answer about another account', async () => {
  const desk = await createDesk();
  desk.bank.entries.set('2026-11-20', ['an operation']);
  const requests = ACCOUNTS.map((account): AccountRequest => ({ ...HISTORY, account }));
  const ports = await desk.ports();
  const channel = ports.channel('bank');
  let asks = 0;
  const silentAtSecond = {
    ...channel,
    collect: async (...query: Parameters<typeof channel.collect>) => {
      asks += 1;
      return asks === 2 ? ({ kind: 'no-answer', cause: 'silence' } as const) : channel.collect(...query);
    },
  };
  const first = await answerRequests(
    { ...ports, channel: () => silentAtSecond },
    accountOf,
    requests,
    TAG,
    '2026-11-25T09:00:00.000Z',
  );
  expect(first.kind).toBe('later');
  const without = (iban: string): ReturnType<typeof accountOf> | undefined =>
    iban === ACCOUNT ? undefined : accountOf(iban);
  await answerRequests(await desk.ports(), without, requests, TAG, '2026-11-25T09:00:00.000Z');
  expect(desk.bank.asked.map(({ account }) => account)).toEqual([...ACCOUNTS]);
});

it('a request is answered in the format that the ERP reads, and with the camt and a note where that can not say it', async () => {
  const requests = [{ ...HISTORY, from: '2026-11-20', to: '2026-11-20' }];
  const stem = `2026-11-20_2026-11-20_${ACCOUNT}_history_copy_${TAG}`;
  for (const [format, name, note] of [
    ['csv', `csv_${stem}.csv`, undefined],
    ['mt942', `camt.052_${stem}.xml`, 'could not be written as MT942'],
  ] as const) {
    const desk = await createDesk();
    desk.bank.entries.set('2026-11-20', ['an entry without a date']);
    const account = { ...accountOf(ACCOUNT), formats: { ...CAMT_ALONE, history: [format] } };
    const at = '2026-11-25T09:00:00.000Z';
    const answer = await answerRequests(await desk.ports(), () => account, requests, TAG, at);
    const notes = note === undefined ? [] : [expect.stringContaining(note)];
    expect(answer).toEqual({ kind: 'answered', files: [name], notes });
    expect([...desk.inbox().keys()]).toEqual([name]);
  }
});
