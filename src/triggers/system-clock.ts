// The clock of the machine.

import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';

/** Timers of the platform hold no more than 31 bits of milliseconds; longer sleeps are made of several. */
const TIMER_MAX_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  running: () => performance.now(),
  async sleep(ms, signal) {
    const end = performance.now() + ms;
    for (let left = ms; left > 0 && signal?.aborted !== true; left = end - performance.now()) {
      await nap(Math.min(left, TIMER_MAX_MS), signal);
    }
  },
  random: (sizeBytes) => randomBytes(sizeBytes),
};

/** One timer, ended early by the signal; leaves no listener behind on a signal that lives long. */
async function nap(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, Math.ceil(ms));
    signal?.addEventListener('abort', wake);
  });
}
