import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isValidCron, startSchedules, type Schedules } from '../../src/triggers/schedule.ts';

describe('schedules', () => {
  let schedules: Schedules | undefined;
  let fired: string[];
  let errors: unknown[];

  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 2, 28, 5, 58, 30) });
    fired = [];
    errors = [];
  });
  afterEach(() => {
    schedules?.stop();
    vi.useRealTimers();
  });

  const start = (cron: string, fire = (): void => void fired.push(new Date().toISOString())): Schedules => {
    schedules = startSchedules(
      [{ name: 'statements', cron, timeZone: 'Europe/Warsaw', fire }],
      (_, error) => {
        errors.push(error);
      },
    );
    return schedules;
  };

  it('fire by the clock of their zone, also after the hour changed', async () => {
    start('0 7 * * *');
    await vi.advanceTimersByTimeAsync(1.5 * 86_400_000);
    // 29 March 2026 is the first day of summer time.
    expect(fired.map((at) => at.slice(0, 16))).toEqual(['2026-03-28T06:00', '2026-03-29T05:00']);
  });

  it('know when they fire next', () => {
    expect(start('0 7 * * *').next('statements')?.toISOString()).toBe('2026-03-28T06:00:00.000Z');
    expect(schedules?.next('others')).toBeUndefined();
  });

  it('fire late when the process slept through their time', async () => {
    start('0 7 * * *');
    await vi.advanceTimersByTimeAsync(1_000);
    vi.setSystemTime(Date.UTC(2026, 2, 28, 9, 30, 0));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(fired).toHaveLength(1);
    expect(fired[0]).toContain('2026-03-28T09:3');
  });

  it('go on after a firing that threw', async () => {
    let count = 0;
    start('* * * * *', () => {
      count++;
      throw new Error(`firing ${count}`);
    });
    await vi.advanceTimersByTimeAsync(140_000);
    expect(errors).toEqual([new Error('firing 1'), new Error('firing 2')]);
  });

  it('are silent after they were stopped', async () => {
    start('* * * * *').stop();
    await vi.advanceTimersByTimeAsync(300_000);
    expect(fired).toEqual([]);
  });

  it.each([
    ['0 7 * * 1-5', true],
    ['*/15 8-18 * * *', true],
    ['0 25 * * *', false],
    ['every day', false],
    ['', false],
  ])('have a valid expression or not: %j is %s', (expression, valid) => {
    expect(isValidCron(expression)).toBe(valid);
  });
});
