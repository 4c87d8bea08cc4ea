// Tries one scenario with trouble at every effect there is: crashes before and after it, power losses, disks that refuse.

import { FileFailure } from '../../src/files/file-store.ts';
import type { Fate } from '../files/simulated-effects.ts';
import { NO_TROUBLE, runScenario, type Run, type Trouble } from './run.ts';
import type { Scenario } from './world.ts';

/** What went wrong, by where the trouble was; empty when everything held. `runs` says how much was tried. */
export interface Sweep {
  readonly failures: readonly string[];
  readonly runs: number;
}

export interface SweepOptions {
  /** Only every n-th effect, beginning with `from`; default all. */
  readonly step?: number;
  readonly from?: number;
}

const CRASHES: readonly Fate[] = ['crash-before', 'crash-after'];

/** A process crash at every effect: what the system had, it keeps. */
export async function sweepCrashes(scenario: Scenario, options: SweepOptions = {}): Promise<Sweep> {
  return sweep(scenario, CRASHES, false, options);
}

/** A power loss at every effect: what was not flushed is gone. */
export async function sweepPowerLosses(scenario: Scenario, options: SweepOptions = {}): Promise<Sweep> {
  return sweep(scenario, CRASHES, true, options);
}

/** The disk or the journal refuses every effect once. */
export async function sweepDiskFailures(scenario: Scenario, options: SweepOptions = {}): Promise<Sweep> {
  const failures: readonly Fate[] = [
    new FileFailure('full', '/', 'no space left on device'),
    new FileFailure('failed', '/', 'input/output error'),
  ];
  return sweep(scenario, failures, false, options, endsOfLives);
}

/** The effects by which a daemon makes its own folder before it runs; without it there is nothing to run for. */
const STARTING = 4;

/** Only a journal that does not write ends the daemon; it always does. */
function endsOfLives(run: Run, number: number, what: string): string[] {
  const ended = run.lives[0]?.ended;
  const isJournal = what === 'commit records' || what === 'flush head';
  if (isJournal)
    return ended?.startsWith('JournalFailure') === true ? [] : [`daemon: ended ${ended ?? 'not'}`];
  return run.lives.length === 1 || number <= STARTING ? [] : [`daemon: ended by ${ended ?? 'nothing'}`];
}

/** Two crashes, the second in any later life at any effect; grows with the square, so `step` thins both. */
export async function sweepPairs(scenario: Scenario, options: SweepOptions = {}): Promise<Sweep> {
  const failures: string[] = [];
  let runs = 0;
  const first = await effectsOf(scenario);
  for (const one of chosen(first.length, options)) {
    const once = crashAt(new Map([[1, one]]));
    const second = (await runScenario(scenario, once)).lives[1]?.effects.tried ?? [];
    for (const two of chosen(second.length, options)) {
      for (const powerLoss of [false, true]) {
        const trouble = {
          ...crashAt(
            new Map([
              [1, one],
              [2, two],
            ]),
          ),
          powerLoss,
        };
        const { violations } = await runScenario(scenario, trouble);
        runs += 1;
        if (violations.length > 0)
          failures.push(
            `crashes at ${one} (${first[one - 1] ?? ''}) and ${two} (${second[two - 1] ?? ''}): ${violations.join('; ')}`,
          );
      }
    }
  }
  return { failures, runs };
}

async function sweep(
  scenario: Scenario,
  fates: readonly Fate[],
  powerLoss: boolean,
  options: SweepOptions,
  also: (run: Run, number: number, what: string) => readonly string[] = () => [],
): Promise<Sweep> {
  const failures: string[] = [];
  let runs = 0;
  const effects = await effectsOf(scenario);
  for (const number of chosen(effects.length, options)) {
    for (const fate of fates) {
      const fateOf: Trouble['fateOf'] = (life, effect) =>
        life === 1 && effect === number ? fate : 'happens';
      const run = await runScenario(scenario, { fateOf, powerLoss });
      const violations = [...run.violations, ...also(run, number, effects[number - 1] ?? '')];
      runs += 1;
      if (violations.length === 0) continue;
      const where = `${String(fate)} ${number} (${effects[number - 1] ?? ''})`;
      // The log of the first one shows what the daemon did; of all it would be too much.
      const log = failures.length === 0 ? `\n${run.world.log.join('\n')}` : '';
      failures.push(`${where}: ${violations.join('; ')}${log}`);
    }
  }
  return { failures, runs };
}

/** The effects of a life that nothing disturbs. */
async function effectsOf(scenario: Scenario): Promise<readonly string[]> {
  const { lives } = await runScenario(scenario, NO_TROUBLE);
  return lives[0]?.effects.tried ?? [];
}

function crashAt(at: ReadonlyMap<number, number>): Trouble {
  return {
    fateOf: (life, number) => (at.get(life) === number ? 'crash-after' : 'happens'),
    powerLoss: false,
  };
}

function* chosen(count: number, { step = 1, from = 1 }: SweepOptions): Generator<number> {
  for (let number = from; number <= count; number += step) yield number;
}
