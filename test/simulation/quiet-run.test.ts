// Without any trouble the whole daemon brings every flow to the end its scenario names first.

import { describe, expect, it } from 'vitest';
import { caseId, runCase } from './cases.ts';
import { TIMEOUT_MS } from './depth.ts';
import { MATRIX, TOLD } from './scenarios.ts';

/** The sweep goes through all of the matrix; every so many meet each of its rows. */
const STEP = 5;

describe('The daemon in a world without crashes', () => {
  it.each(TOLD)('comes to the right end: $title', async (scenario) => {
    const { run, violations } = await runCase(caseId('quiet', scenario));
    expect(violations, run.world.log.join('\n')).toEqual([]);
  });

  it('comes to the right end with banks of every kind', { timeout: TIMEOUT_MS }, async () => {
    for (const scenario of MATRIX.filter((_, index) => index % STEP === 0)) {
      const { run, violations } = await runCase(caseId('quiet', scenario));
      expect(violations, `${scenario.title}\n${run.world.log.join('\n')}`).toEqual([]);
    }
  });
});
