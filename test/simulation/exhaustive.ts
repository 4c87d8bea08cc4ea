// The names of all runs with one trouble or two in one scenario: trouble at every effect there is.

import { caseId, runCase, type CaseResult } from './cases.ts';
import type { Followed } from './run.ts';
import type { Scenario } from './scenario.ts';

/** Whoever goes through the names runs them and gives back what came of each. */
export type Cases = AsyncGenerator<string, void, CaseResult | undefined>;

/** A crash of the process at every effect; where something was not flushed also of the power, with all of that lost, and if `torn` with some of it. */
export async function* singles(scenario: Scenario, torn = true): Cases {
  for (const where of await crashPoints(caseId('quiet', scenario), 0)) {
    const crash = yield caseId('crash', scenario, where);
    if (crash !== undefined && !lostSomething(crash, 0)) continue;
    yield caseId('power', scenario, where);
    if (torn) yield caseId('torn', scenario, where);
  }
}

/** Every effect fails once, in each of these ways. */
export async function* failures(scenario: Scenario, errors: readonly string[]): Cases {
  const { run } = await runCase(caseId('quiet', scenario));
  const count = run.lives[0]?.effects.tried.length ?? 0;
  for (let number = 1; number <= count; number += 1)
    for (const error of errors) yield caseId('fails', scenario, `${number}${error}`);
}

/**
 * Two crashes, the second anywhere in the second life, which begins by recovering from the first. What is left by a pair from which
 * another run was followed is not followed again. `share` of `shares` takes its part of the first crashes.
 */
export async function* pairs(scenario: Scenario, followed: Followed, share: number, shares: number): Cases {
  for (const kind of ['crash', 'power'] as const) {
    const points = await crashPoints(caseId('quiet', scenario), 0);
    for (const one of points.filter((_, index) => index % shares === share)) {
      const first = await runCase(caseId(kind, scenario, one), undefined, 2);
      if (kind === 'power' && !lostSomething(first, 0)) continue;
      for (const two of pointsIn(first, 1))
        if (isFollowed(first, two, kind, followed)) followed.spared += 1;
        else yield caseId(kind, scenario, one, two);
    }
  }
}

/** What a crash leaves is what stands before the next effect of the same turn. */
function isFollowed(
  { run }: CaseResult,
  point: string,
  kind: 'crash' | 'power',
  followed: Followed,
): boolean {
  const life = run.lives[1];
  const number = Number.parseInt(point, 10);
  const at = point.endsWith('b') ? number - 1 : number;
  const found = life?.states[at];
  if (found === undefined || life?.turns[at] !== life?.turns[number - 1]) return false;
  return followed.states.has(found[kind]);
}

async function crashPoints(id: string, life: number): Promise<string[]> {
  return pointsIn(await runCase(id), life);
}

/**
 * Between two effects of one turn nothing happens in the world, so that dying after the first and before the second leave the same:
 * `before` is only tried where time has passed.
 */
function pointsIn({ run }: CaseResult, life: number): string[] {
  const turns = run.lives[life]?.turns ?? [];
  return turns.flatMap((turn, index) => {
    const number = index + 1;
    return turn === turns[index - 1] ? [`${number}a`] : [`${number}b`, `${number}a`];
  });
}

/** Without anything to lose a loss of power is the crash that was already tried. */
function lostSomething({ run }: CaseResult, life: number): boolean {
  return (run.lives[life]?.unflushed ?? 0) > 0;
}
