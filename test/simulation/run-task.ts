// All runs of one task, one after the other.

import { runCase, type CaseResult } from './cases.ts';
import type { Cases } from './exhaustive.ts';
import { nothingFollowed, type Followed } from './run.ts';
import { casesOf, type Task } from './sweep-sections.ts';

export interface Found {
  /** The name by which the run can be made again. */
  readonly id: string;
  readonly sentences: readonly string[];
}

export interface TaskResult {
  readonly runs: number;
  /** Pairs that were not run, because what they leave was followed before. */
  readonly spared: number;
  readonly effects: number;
  readonly violations: readonly Found[];
}

export async function runTask(task: Task): Promise<TaskResult> {
  const followed = nothingFollowed();
  return runCases(casesOf(task, followed), followed);
}

/** A run that does not come to its end is a violation like any other (`broken`). */
export async function runCases(
  cases: Cases,
  followed: Followed = nothingFollowed(),
  enough: (violations: readonly Found[], runs: number) => boolean = () => false,
): Promise<TaskResult> {
  const violations: Found[] = [];
  let runs = 0;
  let effects = 0;
  let next = await cases.next();
  while (next.done !== true && !enough(violations, runs)) {
    const id = next.value;
    runs += 1;
    const result = await tried(id, followed);
    if (typeof result === 'string') violations.push({ id, sentences: [result] });
    else {
      effects += result.effects;
      if (result.violations.length > 0) violations.push({ id, sentences: result.violations });
    }
    next = await cases.next(typeof result === 'string' ? undefined : result);
  }
  return { runs, spared: followed.spared, effects, violations };
}

async function tried(id: string, followed: Followed): Promise<CaseResult | string> {
  try {
    return await runCase(id, followed);
  } catch (failure) {
    return `broken: ${failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)}`;
  }
}
