// One number decides a whole run.

import { runScenario, type Run } from './run.ts';
import { randomWorld } from './random-world.ts';

export async function runRandom(seed: number): Promise<Run> {
  const { scenario, trouble } = randomWorld(seed);
  return runScenario(scenario, trouble);
}
