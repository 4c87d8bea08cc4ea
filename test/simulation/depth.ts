// How deep the sweeps go: a bounded part with every `npm test`, everything when GONIEC_SIMULATION says so.

import type { SweepOptions } from './sweep.ts';

/** `full`: every effect of every scenario. `pairs`: also two crashes in one run. */
export const DEPTH = process.env.GONIEC_SIMULATION ?? 'bounded';

/** Enough for all; a full sweep of one scenario may take minutes on a busy machine. */
export const TIMEOUT_MS = DEPTH === 'bounded' ? 120_000 : 3_600_000;

/** Every effect in depth, else every `step`-th, beginning with another one for each scenario so that together they meet all. */
export function thinned(step: number, scenario: number): SweepOptions {
  return DEPTH === 'bounded' ? { step, from: (scenario % step) + 1 } : {};
}
