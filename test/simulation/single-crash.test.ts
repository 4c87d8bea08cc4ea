// One crash at some effects of the core flows (the sweep goes through all effects of all scenarios), with the process alone or with the power: everything must hold.

import { describe, expect, it } from 'vitest';
import { thinned, TIMEOUT_MS } from './depth.ts';
import { singles } from './exhaustive.ts';
import { runCases } from './run-task.ts';
import { CORE } from './scenarios.ts';

describe('One crash', () => {
  it.for(CORE.map((scenario, index) => ({ title: scenario.title, scenario, index })))(
    'leaves everything right: $title',
    { timeout: TIMEOUT_MS },
    async ({ scenario, index }) => {
      const { violations, runs } = await runCases(thinned(singles(scenario), 12, index));
      expect(violations).toEqual([]);
      expect(runs).toBeGreaterThan(10);
    },
  );
});
