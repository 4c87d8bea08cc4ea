// All that the sweeps go through.

import { DECISIONS, FLOWS } from './flows.ts';
import { MATRIX } from './mood-matrix.ts';
import { RARE_MOODS } from './rare-moods.ts';
import { SPECIAL_MOODS } from './special-moods.ts';
import type { Scenario } from './scenario.ts';

export { MATRIX };

/** Written by hand: everything the daemon does, and what a bank may do beyond the matrix. */
export const TOLD: readonly Scenario[] = [...RARE_MOODS, ...FLOWS, ...DECISIONS, ...SPECIAL_MOODS];

export const SCENARIOS: readonly Scenario[] = [...TOLD, ...MATRIX];

/** The main way, and those by which money could move twice: swept whole and in pairs also where time is short. */
export const CORE: readonly Scenario[] = TOLD.filter(({ title }) =>
  [
    'a single transfer settles',
    'the answer is lost at a tested bank',
    'the message arrives late at a bank known for "not found" that executes repeated ids again',
    'an order goes in two messages',
  ].includes(title),
);

const BY_TITLE: ReadonlyMap<string, Scenario> = new Map(SCENARIOS.map((one) => [one.title, one]));

export function scenarioCalled(title: string): Scenario | undefined {
  return BY_TITLE.get(title);
}
