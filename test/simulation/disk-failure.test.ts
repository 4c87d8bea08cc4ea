// The disk, the journal or the network refuses some effect of a core flow once (the sweep refuses more): the order rests and goes on;
// a journal that does not write ends the daemon, and the next one goes on.

import { describe, expect, it } from 'vitest';
import { thinned, TIMEOUT_MS } from './depth.ts';
import { failures } from './exhaustive.ts';
import { runCases } from './run-task.ts';
import { CORE } from './scenarios.ts';

describe('An effect that fails once', () => {
  it.for(CORE.map((scenario, index) => ({ title: scenario.title, scenario, index })))(
    'loses and doubles nothing: $title',
    { timeout: TIMEOUT_MS },
    async ({ scenario, index }) => {
      const cases = failures(scenario, ['EIO', 'EIO!', 'ENOSPC', 'EACCES']);
      const { violations, runs } = await runCases(thinned(cases, 40, index));
      expect(violations).toEqual([]);
      expect(runs).toBeGreaterThan(10);
    },
  );
});
