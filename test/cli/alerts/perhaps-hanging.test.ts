import { expect, it } from 'vitest';
import { PerhapsHanging } from '../../../src/cli/alerts/perhaps-hanging.ts';
import { createTestClock } from '../../test-clock.ts';

it('is waited for a little, and not asked again before the last question has come back', async () => {
  const clock = createTestClock();
  const asking = new PerhapsHanging(clock);
  let asked = 0;
  let answer: ((value: string) => void) | undefined;
  const question = (): Promise<string> => {
    asked += 1;
    return new Promise((resolve) => {
      answer = resolve;
    });
  };
  const first = asking.ask('share', question);
  await clock.advance(5_000);
  expect(await first).toBeUndefined();
  expect(await asking.ask('share', question)).toBeUndefined();
  expect(asked).toBe(1);
  answer?.('late');
  await clock.advance(0);
  const second = asking.ask('share', question);
  answer?.('here');
  expect(await second).toBe('here');
  expect(await asking.ask<string>('other', () => Promise.reject(new Error('gone')))).toBeUndefined();
});
