// One crash at each effect of each flow and mood, with the process alone or with the power: everything must hold.

import { describe, expect, it } from 'vitest';
import { DEPTH, thinned, TIMEOUT_MS } from './depth.ts';
import { FLOWS, MOODS } from './scenarios.ts';
import { sweepCrashes, sweepPairs, sweepPowerLosses } from './sweep.ts';

/** Swept at every effect also in the bounded run: the main way, and the two by which money could move twice. */
const ALWAYS_WHOLE = [
  'a single transfer settles',
  'the answer is lost at a tested bank',
  'the message arrives late at a bank known for "not found" that executes repeated ids again',
];

describe('One crash', () => {
  const scenarios = [...FLOWS, ...MOODS].map((scenario, index) => ({ ...scenario, scenario, index }));

  it.for(scenarios)(
    'leaves everything right when the process dies: $title',
    { timeout: TIMEOUT_MS },
    async ({ scenario, index }) => {
      const options = ALWAYS_WHOLE.includes(scenario.title) ? {} : thinned(8, index);
      const { failures, runs } = await sweepCrashes(scenario, options);
      expect(failures).toEqual([]);
      expect(runs).toBeGreaterThan(15);
    },
  );

  it.for(scenarios)(
    'leaves everything right when the power goes: $title',
    { timeout: TIMEOUT_MS },
    async ({ scenario, index }) => {
      const { failures, runs } = await sweepPowerLosses(scenario, thinned(12, index));
      expect(failures).toEqual([]);
      expect(runs).toBeGreaterThan(10);
    },
  );
});

describe.skipIf(DEPTH !== 'pairs')('Two crashes (GONIEC_SIMULATION=pairs)', () => {
  it.for([...FLOWS, ...MOODS])(
    'leave everything right: $title',
    { timeout: TIMEOUT_MS },
    async (scenario) => {
      expect((await sweepPairs(scenario, { step: 5 })).failures).toEqual([]);
    },
  );
});
