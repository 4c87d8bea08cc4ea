// Looks for one violation, cheap runs first: what a deliberate mistake in the product must not get past.

import { caseId, randomId, type CaseResult } from './cases.ts';
import { failures, pairs, singles, type Cases } from './exhaustive.ts';
import { nothingFollowed, type Followed } from './run.ts';
import { runCases, type Found } from './run-task.ts';
import { CORE, MATRIX, scenarioCalled, SCENARIOS, TOLD } from './scenarios.ts';

/** The first thing found wrong. */
export interface Violation {
  /** The name of the run; `npm run sweep -- --case "<id>"` makes it again. */
  readonly id: string;
  /** Names of the checks that caught it, each once. */
  readonly checks: readonly string[];
  /** What they said. */
  readonly sentences: readonly string[];
  /** How many runs it took. */
  readonly runs: number;
}

export interface SearchBounds {
  readonly runsMax?: number;
  readonly secondsMax?: number;
  /** The title of a scenario whose single crashes come before everything else. */
  readonly first?: string | undefined;
}

/** undefined when all within the bounds was well. */
export async function sweepUntilRed({
  runsMax = Infinity,
  secondsMax = Infinity,
  first: firstTitle,
}: SearchBounds = {}): Promise<Violation | undefined> {
  const untilMs = performance.now() + secondsMax * 1000;
  let runs = 0;
  for (const make of cheapFirst(firstTitle)) {
    const followed = nothingFollowed();
    const cases = make(followed);
    const enough = (found: readonly Found[], more: number): boolean =>
      found.length > 0 || runs + more >= runsMax || performance.now() > untilMs;
    const result = await runCases(cases, followed, enough);
    runs += result.runs;
    const [first] = result.violations;
    if (first !== undefined)
      return { id: first.id, checks: checksIn(first.sentences), sentences: first.sentences, runs };
    if (enough([], 0)) return undefined;
  }
  return undefined;
}

function checksIn(sentences: readonly string[]): string[] {
  return [...new Set(sentences.map((sentence) => /^[\w-]+/.exec(sentence)?.[0] ?? sentence))];
}

function* cheapFirst(firstTitle: string | undefined): Generator<(followed: Followed) => Cases> {
  if (firstTitle !== undefined) {
    const first = scenarioCalled(firstTitle);
    if (first === undefined) throw new RangeError(`no scenario is called ${firstTitle}`);
    yield () => singles(first);
  }
  yield quiet;
  for (const scenario of CORE) yield () => singles(scenario);
  for (const scenario of CORE) yield () => failures(scenario, ['EIO']);
  // A part of all of them before the next part of any: trouble in one of the last is not met last.
  for (let part = 0; part < PARTS; part += 1)
    for (const scenario of OTHERS) yield () => partOf(singles(scenario), part);
  for (const scenario of OTHERS) yield () => failures(scenario, ['EIO']);
  yield () => randoms(1, 500);
  for (const scenario of CORE) yield (followed) => pairs(scenario, 'anywhere', followed, 0, 1);
  for (const scenario of MATRIX) yield () => singles(scenario);
  yield () => randoms(501, Infinity);
}

const PARTS = 6;
const OTHERS = TOLD.filter((one) => !CORE.includes(one));

/** Every sixth crash, with the losses of power that belong to it. */
async function* partOf(cases: Cases, part: number): Cases {
  let crashes = 0;
  let result: CaseResult | undefined;
  for (let next = await cases.next(); next.done !== true; next = await cases.next(result)) {
    if (next.value.startsWith('crash|')) crashes += 1;
    result = crashes % PARTS === part ? yield next.value : undefined;
  }
}

async function* quiet(): Cases {
  for (const scenario of SCENARIOS) yield caseId('quiet', scenario);
}

async function* randoms(from: number, to: number): Cases {
  for (let seed = from; seed <= to; seed += 1) yield randomId(seed);
}
