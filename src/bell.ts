// What a sleeping lane listens to: it wakes when rung, when something is due, or when it must stop.

import type { Clock } from './clock.ts';

export interface Bell {
  /** Wakes the sleeper; rung while nobody sleeps, it is heard at the next `wait`. Several rings are one. */
  ring(): void;
  /**
   * Resolves when the bell was rung, at `untilMs` by the clock's date (Infinity: never by itself), when the date was set
   * back meanwhile, because then what is due must be computed anew, or when the signal aborts. Never rejects. One sleeper
   * at a time.
   */
  wait(untilMs: number, clock: Clock, signal: AbortSignal): Promise<void>;
}

/** The date may be set while a lane sleeps, and a suspended machine does not count: it is looked at this often. */
const LOOK_AT_CLOCK_MS = 60_000;
/** A clock that is only being kept right by small steps is not one that was set back. */
const SET_BACK_MIN_MS = 1_000;

/** The reason that is given when none is makes an error with a stack each time, and bells ring all day. */
const WOKEN = 'woken';

/** A bell for one lane. */
export function createBell(): Bell {
  let rung = false;
  let sleeper: AbortController | undefined;

  return {
    ring() {
      rung = true;
      sleeper?.abort(WOKEN);
    },
    async wait(untilMs, clock, signal) {
      if (sleeper !== undefined) throw new Error('a bell has one sleeper at a time');
      const nap = new AbortController();
      const stop = (): void => nap.abort(WOKEN);
      sleeper = nap;
      const aheadMs = clock.now() - clock.running();
      signal.addEventListener('abort', stop);
      try {
        while (!rung && !signal.aborted) {
          const leftMs = untilMs - clock.now();
          if (leftMs <= 0 || clock.now() - clock.running() < aheadMs - SET_BACK_MIN_MS) break;
          await clock.sleep(Math.min(leftMs, LOOK_AT_CLOCK_MS), nap.signal);
        }
      } finally {
        signal.removeEventListener('abort', stop);
        sleeper = undefined;
        rung = false;
      }
    },
  };
}
