// What a sweep consists of: sections, each made of tasks that any core can take.

import { caseId, randomId } from './cases.ts';
import { failures, pairs, singles, type Cases, type First, type SinglesOptions } from './exhaustive.ts';
import type { Followed } from './run.ts';
import { CORE, MATRIX, scenarioCalled, SCENARIOS, TOLD } from './scenarios.ts';
import type { Scenario } from './scenario.ts';

/** A piece of work for one core, as plain data. */
export type Task =
  | { readonly kind: 'quiet'; readonly scenario: string }
  | {
      readonly kind: 'singles';
      readonly scenario: string;
      readonly options: Omit<SinglesOptions, 'followed'>;
    }
  | {
      readonly kind: 'pairs';
      readonly scenario: string;
      readonly first: First;
      readonly share: number;
      readonly shares: number;
    }
  | { readonly kind: 'failures'; readonly scenario: string; readonly errors: readonly string[] }
  | { readonly kind: 'random'; readonly from: number; readonly count: number };

export interface Section {
  readonly name: string;
  readonly tasks: readonly Task[];
}

/** Every worker follows what is left for itself, so that few shares spare the most. */
const PAIR_SHARES = 2;
const RANDOM_AT_ONCE = 10;
const RANDOM_ALL = 1_500;

/** Every mood of every kind of bank, with the smallest order. */
const ONE_TRANSFER = MATRIX.filter(({ title }) => title.startsWith('one transfer;'));

/** Two messages have the most pairs of all: they are for the whole sweep. */
const PAIRED = CORE.filter(({ title }) => title !== 'an order goes in two messages');

/** `all`: everything there is; else what is done in minutes. */
export function sectionsOf(all: boolean): Section[] {
  const some = longestFirst(all ? SCENARIOS : TOLD);
  return [
    { name: 'quiet runs', tasks: SCENARIOS.map(({ title }) => ({ kind: 'quiet', scenario: title })) },
    {
      name: 'one crash',
      tasks: some.map((scenario) => ({
        kind: 'singles',
        scenario: scenario.title,
        options: { torn: (all ? TOLD : CORE).includes(scenario), moodOnly: !TOLD.includes(scenario) },
      })),
    },
    {
      name: 'one failing effect',
      // A failing disk does not ask what the bank would have said: the matrix would only repeat it.
      tasks: longestFirst(all ? TOLD : CORE).map(({ title }) => ({
        kind: 'failures',
        scenario: title,
        errors: all ? ['EIO', 'EIO!'] : ['EIO'],
      })),
    },
    { name: 'two crashes', tasks: (all ? [...TOLD, ...ONE_TRANSFER] : PAIRED).flatMap(pairTasks) },
    { name: 'random worlds', tasks: randomTasks(all ? RANDOM_ALL : 400) },
  ];
}

/** Those with accounts go on for days of the bank: begun last, one core would wait for the other. */
function longestFirst(scenarios: readonly Scenario[]): Scenario[] {
  return scenarios.toSorted((a, b) => (b.kinds?.length ?? 0) - (a.kinds?.length ?? 0));
}

/** Whole for the core; for the rest that is written by hand and for the matrix of moods from where it makes a difference. */
function pairTasks(scenario: Scenario): Task[] {
  const first: First = CORE.includes(scenario)
    ? 'anywhere'
    : TOLD.includes(scenario)
      ? 'commits'
      : 'handing-over';
  const shares = first === 'anywhere' ? PAIR_SHARES : 1;
  return Array.from({ length: shares }, (_, share) => ({
    kind: 'pairs',
    scenario: scenario.title,
    first,
    share,
    shares,
  }));
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
      return singles(called(task.scenario), { ...task.options, followed });
    case 'pairs':
      return pairs(called(task.scenario), task.first, followed, task.share, task.shares);
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
