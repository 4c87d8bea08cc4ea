// The disk refuses each effect once: the order rests and goes on; a journal that does not write ends the daemon, and the next goes on.

import { describe, expect, it } from 'vitest';
import { thinned, TIMEOUT_MS } from './depth.ts';
import { FLOWS, MOODS } from './scenarios.ts';
import { sweepDiskFailures } from './sweep.ts';

describe('A disk that refuses once', () => {
  it.for([...FLOWS, ...MOODS].map((scenario, index) => ({ ...scenario, scenario, index })))(
    'loses and doubles nothing: $title',
    { timeout: TIMEOUT_MS },
    async ({ scenario, index }) => {
      const { failures, runs } = await sweepDiskFailures(scenario, thinned(12, index));
      expect(failures).toEqual([]);
      expect(runs).toBeGreaterThan(10);
    },
  );
});
