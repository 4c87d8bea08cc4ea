// The names of all runs with one trouble or two in one scenario: trouble at every effect there is.

import { caseId, runCase, type CaseResult } from './cases.ts';
import type { Followed } from './run.ts';
import type { Scenario } from './scenario.ts';
import type { Left } from './world.ts';

/** Whoever goes through the names runs them and gives back what came of each. */
export type Cases = AsyncGenerator<string, void, CaseResult | undefined>;

export interface SinglesOptions {
  /** Also a loss of power after which some of what was not flushed is there. */
  readonly torn?: boolean;
  /** Only what a bank's mood can make a difference to: the process alone, from the first handing over on. */
  readonly moodOnly?: boolean;
  /** What was left by a crash from which another run was followed is not followed again. */
  readonly followed?: Followed | undefined;
}

/** A crash of the process at every effect; where something was not flushed also of the power, with all of that lost. */
export async function* singles(scenario: Scenario, options: SinglesOptions = {}): Cases {
  const { torn = true, moodOnly = false, followed } = options;
  const quiet = await runCase(caseId('quiet', scenario), undefined, followed === undefined ? undefined : 1);
  const handedOver = quiet.run.lives[0]?.effects.tried.findIndex((what) => what.startsWith('submit')) ?? -1;
  for (const where of pointsIn(quiet, 0)) {
    if (moodOnly && Number.parseInt(where, 10) - 1 < handedOver) continue;
    for (const kind of moodOnly ? (['crash'] as const) : (['crash', 'power'] as const)) {
      const left = leftAt(quiet, 0, where);
      if (kind === 'power' && left !== undefined && left.power === left.crash) break;
      if (followed !== undefined && left !== undefined && followed.states.has(left[kind])) {
        followed.spared += 1;
        continue;
      }
      const result = yield caseId(kind, scenario, where);
      if (kind === 'crash' && result !== undefined && !lostSomething(result, 0)) break;
      if (kind === 'power' && torn) yield caseId('torn', scenario, where);
    }
  }
}

/** Every effect fails once, in each of these ways. */
export async function* failures(scenario: Scenario, errors: readonly string[]): Cases {
  const { run } = await runCase(caseId('quiet', scenario));
  const count = run.lives[0]?.effects.tried.length ?? 0;
  for (let number = 1; number <= count; number += 1)
    for (const error of errors) yield caseId('fails', scenario, `${number}${error}`);
}

/** Where the first of two crashes is: at every effect, at those after which something is settled, or where a message is handed over. */
export type First = 'anywhere' | 'commits' | 'handing-over';

/**
 * Two crashes, the second anywhere in the second life, which begins by recovering from the first. What is left by a pair from which
 * another run was followed is not followed again. `share` of `shares` takes its part of the first crashes.
 */
export async function* pairs(
  scenario: Scenario,
  first: First,
  followed: Followed,
  share: number,
  shares: number,
): Cases {
  const quiet = await runCase(caseId('quiet', scenario));
  const tried = quiet.run.lives[0]?.effects.tried ?? [];
  const points = pointsIn(quiet, 0).filter((point) =>
    FIRSTS[first].test(tried[Number.parseInt(point, 10) - 1] ?? ''),
  );
  for (const kind of ['crash', 'power'] as const) {
    for (const one of points.filter((_, index) => index % shares === share)) {
      const begun = await runCase(caseId(kind, scenario, one), undefined, 2);
      if (kind === 'power' && !lostSomething(begun, 0)) continue;
      for (const two of pointsIn(begun, 1)) {
        const left = leftAt(begun, 1, two);
        if (left !== undefined && followed.states.has(left[kind])) followed.spared += 1;
        else yield caseId(kind, scenario, one, two);
      }
    }
  }
}

/** By what the effect is called. */
const FIRSTS: Readonly<Record<First, RegExp>> = {
  anywhere: /^/,
  commits: /^(?:commit records|submit)/,
  'handing-over': /^submit/,
};

/** What a crash leaves is what stands before the next effect of the same turn; undefined where that is not known. */
function leftAt({ run }: CaseResult, life: number, point: string): Left | undefined {
  const { states = [], turns = [] } = run.lives[life] ?? {};
  const number = Number.parseInt(point, 10);
  const at = point.endsWith('b') ? number - 1 : number;
  return turns[at] === turns[number - 1] ? states[at] : undefined;
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
