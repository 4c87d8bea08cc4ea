// How much of the sweep goes with every `npm test`: a sample that changes with the scenario; `npm run sweep` does all of it.

import type { Cases } from './exhaustive.ts';

export const TIMEOUT_MS = 120_000;

/** Every `step`-th of these runs, beginning with another one for each scenario so that together they meet all. */
export async function* thinned(cases: Cases, step: number, scenario: number): Cases {
  let count = scenario % step;
  for (let next = await cases.next(); next.done !== true; next = await cases.next()) {
    count += 1;
    if (count % step === 0) yield next.value;
  }
}
