// What a sweep consists of: sections, each made of tasks that any core can take.

import { caseId, randomId } from './cases.ts';
import { FLOWS } from './flows.ts';
import { failures, pairs, singles, type Cases } from './exhaustive.ts';
import type { Followed } from './run.ts';
import { CORE, scenarioCalled, SCENARIOS, TOLD } from './scenarios.ts';
import type { Scenario } from './scenario.ts';

/** A piece of work for one core, as plain data. */
export type Task =
  | { readonly kind: 'quiet'; readonly scenario: string }
  | { readonly kind: 'singles'; readonly scenario: string; readonly torn: boolean }
  | { readonly kind: 'pairs'; readonly scenario: string; readonly share: number }
  | { readonly kind: 'failures'; readonly scenario: string; readonly errors: readonly string[] }
  | { readonly kind: 'random'; readonly from: number; readonly count: number };

export interface Section {
  readonly name: string;
  readonly tasks: readonly Task[];
}

/** Every worker follows what is left for itself, so that few shares spare the most. */
const PAIR_SHARES = 2;
const RANDOM_AT_ONCE = 10;

/** `all`: everything there is; else what is done in minutes. */
export function sectionsOf(all: boolean): Section[] {
  const some = all ? SCENARIOS : TOLD;
  return [
    { name: 'quiet runs', tasks: SCENARIOS.map(({ title }) => ({ kind: 'quiet', scenario: title })) },
    {
      name: 'one crash',
      tasks: some.map((scenario) => ({
        kind: 'singles',
        scenario: scenario.title,
        torn: all || CORE.includes(scenario),
      })),
    },
    {
      name: 'one failing effect',
      tasks: (all ? SCENARIOS : FLOWS).map(({ title }) => ({
        kind: 'failures',
        scenario: title,
        errors: all ? ['EIO', 'EIO!', 'ENOSPC', 'EACCES'] : ['EIO'],
      })),
    },
    { name: 'two crashes', tasks: (all ? TOLD : CORE).flatMap(pairTasks) },
    { name: 'random worlds', tasks: randomTasks(all ? 20_000 : 400) },
  ];
}

function pairTasks({ title }: Scenario): Task[] {
  return Array.from({ length: PAIR_SHARES }, (_, share) => ({ kind: 'pairs', scenario: title, share }));
}

function randomTasks(count: number): Task[] {
  return Array.from({ length: Math.ceil(count / RANDOM_AT_ONCE) }, (_, index) => ({
    kind: 'random',
    from: index * RANDOM_AT_ONCE + 1,
    count: RANDOM_AT_ONCE,
  }));
}

/** The names of a task's runs. */
export function casesOf(task: Task, followed: Followed): Cases {
  switch (task.kind) {
    case 'quiet':
      return one(caseId('quiet', called(task.scenario)));
    case 'singles':
      return singles(called(task.scenario), task.torn);
    case 'pairs':
      return pairs(called(task.scenario), followed, task.share, PAIR_SHARES);
    case 'failures':
      return failures(called(task.scenario), task.errors);
    case 'random':
      return seeds(task.from, task.count);
  }
}

function called(title: string): Scenario {
  const scenario = scenarioCalled(title);
  if (scenario === undefined) throw new RangeError(`no scenario is called ${title}`);
  return scenario;
}

async function* one(id: string): Cases {
  yield id;
}

async function* seeds(from: number, count: number): Cases {
  for (let seed = from; seed < from + count; seed += 1) yield randomId(seed);
}
