import { describe, expect, it } from 'vitest';
import { createBell, type Bell } from '../src/bell.ts';
import { createTestClock, type TestClock } from './test-clock.ts';

describe('a bell', () => {
  it('wakes the sleeper when rung', async () => {
    const { bell, clock, sleep } = setUp();
    const sleeping = sleep(Infinity);
    await clock.advance(5_000);
    expect(sleeping.awake).toBe(false);
    bell.ring();
    await clock.advance(0);
    expect(sleeping.awake).toBe(true);
    expect(clock.nextWakeMs()).toBeUndefined();
  });

  it('rung during work is heard at the next wait, once', async () => {
    const { bell, clock, sleep } = setUp();
    bell.ring();
    bell.ring();
    const first = sleep(Infinity);
    await clock.advance(0);
    expect(first.awake).toBe(true);
    const second = sleep(Infinity);
    await clock.advance(1_000);
    expect(second.awake).toBe(false);
  });

  it('wakes when something is due, and not before', async () => {
    const { clock, sleep } = setUp();
    const sleeping = sleep(clock.now() + 3 * 3_600_000);
    await clock.advance(3 * 3_600_000 - 1);
    expect(sleeping.awake).toBe(false);
    await clock.advance(1);
    expect(sleeping.awake).toBe(true);
  });

  it('does not sleep at all when something is due already', async () => {
    const { clock, sleep } = setUp();
    const sleeping = sleep(clock.now());
    await clock.advance(0);
    expect(sleeping.awake).toBe(true);
  });

  it('notices within a minute that the date was set forward', async () => {
    const { clock, sleep } = setUp();
    const sleeping = sleep(clock.now() + 86_400_000);
    await clock.advance(1_000);
    clock.setNow(clock.now() + 86_400_000);
    await clock.advance(60_000);
    expect(sleeping.awake).toBe(true);
  });

  it('wakes within a minute when the date was set back, so that what is due is computed anew', async () => {
    const { clock, sleep } = setUp();
    const sleeping = sleep(clock.now() + 3 * 60_000);
    await clock.advance(1_000);
    clock.setNow(clock.now() - 86_400_000);
    await clock.advance(59_000);
    expect(sleeping.awake).toBe(true);
  });

  it('sleeps on when the clock is only kept right by a small step back', async () => {
    const { clock, sleep } = setUp();
    const sleeping = sleep(clock.now() + 3 * 60_000);
    clock.setNow(clock.now() - 500);
    await clock.advance(3 * 60_000);
    expect(sleeping.awake).toBe(false);
    await clock.advance(500);
    expect(sleeping.awake).toBe(true);
  });

  it('lets go when it must stop, before or during the sleep', async () => {
    const { clock, sleep, stop } = setUp();
    const during = sleep(Infinity);
    await clock.advance(10);
    stop.abort();
    await clock.advance(0);
    expect(during.awake).toBe(true);
    const after = sleep(Infinity);
    await clock.advance(0);
    expect(after.awake).toBe(true);
  });

  it('has one sleeper at a time', async () => {
    const { bell, clock, sleep, stop } = setUp();
    sleep(Infinity);
    await expect(bell.wait(Infinity, clock, stop.signal)).rejects.toThrow('one sleeper');
  });
});

interface SetUp {
  readonly bell: Bell;
  readonly clock: TestClock;
  readonly stop: AbortController;
  readonly sleep: (untilMs: number) => { readonly awake: boolean };
}

function setUp(): SetUp {
  const bell = createBell();
  const clock = createTestClock();
  const stop = new AbortController();
  const sleep = (untilMs: number): { readonly awake: boolean } => {
    const state = { awake: false };
    void bell.wait(untilMs, clock, stop.signal).then(() => (state.awake = true));
    return state;
  };
  return { bell, clock, stop, sleep };
}
