import { expect, it } from 'vitest';
import type { BankChannel, CollectOutcome } from '../../../src/bank/channel.ts';
import { BankContacts } from '../../../src/cli/alerts/bank-contact.ts';
import { createTestClock } from '../../test-clock.ts';

const ANSWER = { path: 'p', sha256: 's', sizeBytes: 1 };

it('counts from the first exchange that failed until one is answered, whatever the answer is', async () => {
  const clock = createTestClock({ nowMs: Date.UTC(2026, 10, 24, 8) });
  const contacts = new BankContacts(clock);
  let outcome: CollectOutcome = { kind: 'no-answer', cause: 'connection refused' };
  const channel = contacts.watched({
    bank: 'North',
    collect: () => Promise.resolve(outcome),
  } as unknown as BankChannel);
  const ask = (): Promise<CollectOutcome> =>
    channel.collect({ kind: 'balances', account: 'x' }, () => Promise.reject(new Error('unused')));

  expect(contacts.all()).toEqual([]);
  await ask();
  await clock.advance(60_000);
  outcome = { kind: 'no-answer', cause: 'timed out' };
  expect(await ask()).toBe(outcome);
  expect(contacts.all()).toEqual([
    { bank: 'North', failingSince: '2026-11-24T08:00:00.000Z', cause: 'timed out' },
  ]);
  outcome = { kind: 'refused', code: 'E502', text: '', answer: ANSWER } as unknown as CollectOutcome;
  await ask();
  expect(contacts.all()).toEqual([{ bank: 'North' }]);
});
