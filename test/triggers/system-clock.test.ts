import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/triggers/system-clock.ts';

describe('the clock of the machine', () => {
  it('sleeps as long as it was told', async () => {
    const start = systemClock.running();
    await systemClock.sleep(50);
    expect(systemClock.running() - start).toBeGreaterThanOrEqual(50);
  });

  it('wakes when the signal comes, and leaves no listener on it', async () => {
    const stop = new AbortController();
    await systemClock.sleep(1, stop.signal);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    const start = systemClock.running();
    const sleeping = systemClock.sleep(60_000, stop.signal);
    stop.abort();
    await sleeping;
    await systemClock.sleep(60_000, stop.signal);
    expect(systemClock.running() - start).toBeLessThan(1_000);
  });

  it('sleeps longer than one timer of the platform can', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const timers = vi.spyOn(globalThis, 'setTimeout');
    let awake = false;
    void systemClock.sleep(60 * 86_400_000).then(() => (awake = true));
    await vi.advanceTimersByTimeAsync(60 * 86_400_000 - 1_000);
    expect([awake, timers.mock.calls.length]).toEqual([false, 3]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(awake).toBe(true);
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it('tells the date, and draws as many bytes as asked for', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
    expect(systemClock.random(10)).toHaveLength(10);
    expect(systemClock.random(10)).not.toEqual(systemClock.random(10));
  });
});
