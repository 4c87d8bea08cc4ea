import { describe, expect, it } from 'vitest';
import { createTestClock } from './test-clock.ts';

describe('the clock of the tests', () => {
  it('wakes sleepers in order of their times, at their times', async () => {
    const clock = createTestClock({ nowMs: 1_000 });
    const woken: [string, number][] = [];
    void clock.sleep(20).then(() => woken.push(['b', clock.now()]));
    void clock
      .sleep(10)
      .then(() => woken.push(['a', clock.now()]))
      .then(() => clock.sleep(15))
      .then(() => woken.push(['c', clock.now()]));
    await clock.advance(24);
    expect(woken).toEqual([
      ['a', 1_010],
      ['b', 1_020],
    ]);
    expect(clock.nextWakeMs()).toBe(1);
    await clock.advance(1);
    expect(woken.at(-1)).toEqual(['c', 1_025]);
  });

  it('draws the same bytes from the same seed', () => {
    const draw = (seed: number): string => Buffer.from(createTestClock({ seed }).random(16)).toString('hex');
    expect(draw(1)).toBe(draw(1));
    expect(draw(1)).not.toBe(draw(2));
  });
});
