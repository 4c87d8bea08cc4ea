// One crash at some effects of each flow and mood, with the process alone or with the power: everything must hold.

import { describe, expect, it } from 'vitest';
import { thinned, TIMEOUT_MS } from './depth.ts';
import { singles } from './exhaustive.ts';
import { runCases } from './run-task.ts';
import { CORE, TOLD } from './scenarios.ts';

describe('One crash', () => {
  it.for(TOLD.map((scenario, index) => ({ title: scenario.title, scenario, index })))(
    'leaves everything right: $title',
    { timeout: TIMEOUT_MS },
    async ({ scenario, index }) => {
      const step = CORE.includes(scenario) ? 8 : 60;
      const { violations, runs } = await runCases(thinned(singles(scenario), step, index));
      expect(violations).toEqual([]);
      expect(runs).toBeGreaterThan(2);
    },
  );
});
