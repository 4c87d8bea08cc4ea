// A clock that stands still until a test moves it; chance comes from a seed.

import type { Clock } from '../src/clock.ts';

export interface TestClock extends Clock {
  /** Lets time pass: both clocks go on, sleepers whose time has come wake in order of their times. */
  advance(ms: number): Promise<void>;
  /** Sets the date as an operator would: running time and sleepers do not notice. */
  setNow(ms: number): void;
  /** How many milliseconds until the first sleeper wakes; undefined when nobody sleeps. */
  nextWakeMs(): number | undefined;
}

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

const START = Date.UTC(2026, 2, 2, 8, 0, 0);

export function createTestClock({ nowMs = START, seed = 1 } = {}): TestClock {
  let date = nowMs;
  let running = 0;
  let state = seed >>> 0;
  let sleepers: readonly Sleeper[] = [];

  const byte = (): number => {
    // mulberry32: small, and the same on every machine.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) & 0xff;
  };

  return {
    now: () => date,
    running: () => running,
    random: (sizeBytes) => Uint8Array.from({ length: sizeBytes }, byte),
    async sleep(ms, signal) {
      if (ms <= 0 || signal?.aborted === true) return;
      await new Promise<void>((resolve) => {
        const sleeper = { due: running + ms, wake };
        function wake(): void {
          sleepers = sleepers.filter((other) => other !== sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        }
        sleepers = [...sleepers, sleeper];
        signal?.addEventListener('abort', wake);
      });
    },
    async advance(ms) {
      const end = running + ms;
      for (;;) {
        await settle();
        const first = sleepers.toSorted((a, b) => a.due - b.due)[0];
        const next = Math.min(end, first?.due ?? end);
        date += next - running;
        running = next;
        if (first === undefined || first.due > end) break;
        first.wake();
      }
      await settle();
    },
    setNow: (ms) => {
      date = ms;
    },
    nextWakeMs: () =>
      sleepers.length === 0 ? undefined : Math.min(...sleepers.map((sleeper) => sleeper.due)) - running,
  };
}

/** Lets everything that can go on without time passing go on. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
