// Without any trouble the whole daemon brings every flow to the end its scenario names first.

import { describe, expect, it } from 'vitest';
import { runScenario } from './run.ts';
import { FLOWS, MOODS } from './scenarios.ts';
import { outcomeOf } from './checkers.ts';
import { allOrders } from './recorded-orders.ts';

describe('The daemon in a world without crashes', () => {
  it.each([...FLOWS, ...MOODS])('comes to the right end: $title', async (scenario) => {
    const { world, lives, violations } = await runScenario(scenario);
    const ends = Object.fromEntries(
      allOrders(world).map((order) => [order.fileName, outcomeOf(world, order)]),
    );
    expect({ violations, lives: lives.length }, world.log.join('\n')).toEqual({ violations: [], lives: 1 });
    const wanted = Object.fromEntries(
      Object.entries(scenario.outcomes).map(([name, [first]]) => [name, first]),
    );
    expect(ends, world.log.join('\n')).toEqual(wanted);
  });

  it('runs the same to the byte from the same seed', async () => {
    const [scenario] = FLOWS;
    if (scenario === undefined) throw new Error('no flow');
    const seen = async (seed: number): Promise<unknown> => {
      const { world } = await runScenario({ ...scenario, seed });
      return [world.journal.records(), [...world.erp.seen]];
    };
    const once = await seen(7);
    expect(await seen(7)).toEqual(once);
    expect(await seen(8)).not.toEqual(once);
  });
});
