// Without any trouble the whole daemon brings every flow to the end its scenario names first.

import { describe, expect, it } from 'vitest';
import { outcomeOf } from './checkers.ts';
import { MATRIX, TOLD } from './scenarios.ts';
import { allOrders } from './recorded-orders.ts';
import { runScenario } from './run.ts';
import type { Scenario } from './scenario.ts';

describe('The daemon in a world without crashes', () => {
  it.each(TOLD)('comes to the right end: $title', async (scenario) => {
    const { found, wanted, log } = await quietly(scenario);
    expect(found, log).toEqual(wanted);
  });

  it('comes to the right end with every bank there may be', async () => {
    for (const scenario of MATRIX) {
      const { found, wanted, log } = await quietly(scenario);
      expect(found, `${scenario.title}\n${log}`).toEqual(wanted);
    }
  });
});

async function quietly(scenario: Scenario): Promise<{ found: unknown; wanted: unknown; log: string }> {
  const { world, lives, violations } = await runScenario(scenario);
  const ends = Object.fromEntries(allOrders(world).map((order) => [order.fileName, outcomeOf(world, order)]));
  const wanted = Object.fromEntries(
    Object.entries(scenario.outcomes).map(([name, [first]]) => [name, first]),
  );
  return {
    found: { violations, lives: lives.length, ends },
    wanted: { violations: [], lives: 1, ends: wanted },
    log: world.log.join('\n'),
  };
}
