// Every run has a name, and by its name it can be made again: what happens to which effect of which life, or a seed that decides all.

import { systemError, type Fate } from '../files/simulated-effects.ts';
import { createChance } from './chance.ts';
import { outcomeOf } from './checkers.ts';
import { allOrders } from './recorded-orders.ts';
import { runRandom } from './random-run.ts';
import { NO_TROUBLE, runScenario, type Followed, type PowerLoss, type Run, type Trouble } from './run.ts';
import { scenarioCalled } from './scenarios.ts';
import type { Scenario } from './scenario.ts';

/**
 * `crash`: the process alone dies, what the system had it keeps. `power`: what was not flushed is gone. `torn`: some of it got to the disk,
 * in any order and in part. `fails`: the effect fails once.
 */
export type Kind = 'quiet' | 'crash' | 'power' | 'torn' | 'fails';

export interface CaseResult {
  readonly id: string;
  readonly run: Run;
  readonly effects: number;
  /** Each begins with the name of the check. */
  readonly violations: readonly string[];
}

/**
 * A name is `<kind>|<scenario>|<troubles>`. The troubles, one for each life from the first, are an effect's number and what becomes of it:
 * `17a` dies after the 17th effect, `17b` before it; `17EIO` and the like are refused with that error, `17EIO!` happen all the same.
 */
export function caseId(kind: Kind, scenario: Scenario, ...troubles: readonly string[]): string {
  return [kind, scenario.title, troubles.join(',')].join('|');
}

export function randomId(seed: number): string {
  return `random|${seed}`;
}

/** Runs what a name says; throws RangeError for a name of nothing. */
export async function runCase(
  id: string,
  followed?: Followed,
  watchedFromLife?: number,
): Promise<CaseResult> {
  const run = await runOf(id, followed, watchedFromLife);
  const effects = run.lives.reduce((sum, life) => sum + life.effects.tried.length, 0);
  const also = id.startsWith('quiet|') ? quietEnds(run) : wrongEnds(id, run);
  return { id, run, effects, violations: [...run.violations, ...also] };
}

function runOf(id: string, followed: Followed | undefined, watchedFromLife = Infinity): Promise<Run> {
  const [kind = '', title = '', troubles = ''] = id.split('|');
  if (kind === 'random' && /^\d+$/.test(title)) return runRandom(Number(title));
  const scenario = scenarioCalled(title);
  if (scenario === undefined || !isKind(kind)) throw new RangeError(`no case is called ${id}`);
  return runScenario(scenario, { ...troubleOf(kind, troubles), watchedFromLife }, followed);
}

function isKind(kind: string): kind is Kind {
  return ['quiet', 'crash', 'power', 'torn', 'fails'].includes(kind);
}

function troubleOf(kind: Kind, troubles: string): Trouble {
  if (kind === 'quiet') return NO_TROUBLE;
  const fates = troubles
    .split(',')
    .map((trouble) => ({ number: Number.parseInt(trouble, 10), fate: fateOf(trouble) }));
  const power = kind === 'power' ? ALL_LOST : kind === 'torn' ? tornBy(fates[0]?.number ?? 0) : undefined;
  return {
    fateOf: (life, number) => {
      const planned = fates[life - 1];
      return planned?.number === number ? planned.fate : 'happens';
    },
    power: () => power,
    overFromLife: fates.length + 1,
  };
}

function fateOf(trouble: string): Fate {
  const [, word = '', after = ''] = /^\d+(\w+?)(!?)$/.exec(trouble) ?? [];
  switch (word) {
    case 'a':
      return 'crash-after';
    case 'b':
      return 'crash-before';
    case 'ENOSPC':
    case 'EIO':
    case 'EACCES':
      return after === '' ? systemError(word) : { failsAfter: systemError(word) };
    default:
      throw new RangeError(`no trouble is called ${trouble}`);
  }
}

const ALL_LOST: PowerLoss = { choose: () => 0, head: () => 'lost' };

/** What was not flushed is there or not, whole or in part, by chance. */
export function tornBy(seed: number): PowerLoss {
  const chance = createChance(seed);
  return {
    choose: (_what, ways) => chance.below(ways),
    head: () => chance.pick(['lost', 'torn', 'kept']),
  };
}

/** Without any trouble there is one life, and every file comes to the end that its scenario names first. */
function quietEnds({ world, lives }: Run): string[] {
  const wrong =
    lives.length === 1 ? [] : [`daemon: ended by ${lives[0]?.ended ?? 'nothing'} without any trouble`];
  for (const order of allOrders(world)) {
    const first = world.scenario.outcomes[order.fileName]?.[0];
    const outcome = outcomeOf(world, order);
    if (outcome !== first) wrong.push(`outcome: ${order.fileName} ended ${outcome} without any trouble`);
  }
  return wrong;
}

/** A disk that refuses once ends no daemon; only a journal that does not write does, and it always does. */
function wrongEnds(id: string, { lives }: Run): string[] {
  const [kind, , troubles = ''] = id.split('|');
  const [first] = lives;
  if (kind !== 'fails' || first === undefined) return [];
  const what = first.effects.tried[Number.parseInt(troubles, 10) - 1] ?? '';
  const ended = first.ended === 'stopped' ? undefined : first.ended;
  if (/^(?:commit records|flush records|write head|flush head)/.test(what))
    return ended !== undefined && /^(?:JournalFailure|Error: did not start)/.test(ended)
      ? []
      : [`daemon: the journal did not write, and it ended ${ended ?? 'not'}`];
  return ended === undefined || first.daemon === undefined ? [] : [`daemon: ended by ${ended}`];
}
