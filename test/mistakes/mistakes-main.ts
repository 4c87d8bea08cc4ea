// `npm run mistakes`: makes every deliberate mistake, each in processes of its own, and fails when one of them is not caught.

import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { MISTAKES } from './all-mistakes.ts';
import { reportOf } from './report.ts';
import { runControl, runMistake, type Verdict } from './run-mistake.ts';

/** So many runs of the sweep a mistake may survive, and so many the control must. */
const RUNS_MAX = 12_000;
const AT_ONCE = 2;

const { values } = parseArgs({
  options: { only: { type: 'string' }, report: { type: 'string' } },
});
const chosen = values.only === undefined ? MISTAKES : MISTAKES.filter(({ name }) => name === values.only);
if (chosen.length === 0) throw new Error(`no mistake is called ${values.only ?? ''}`);

const jobs = [
  ...chosen.map((mistake) => () => runMistake(mistake, RUNS_MAX)),
  ...(values.only === undefined ? [() => runControl(RUNS_MAX)] : []),
];
const verdicts = new Array<Verdict>(jobs.length);
const queue = jobs.entries();
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (const [position, job] of queue) {
      const verdict = await job();
      verdicts[position] = verdict;
      process.stdout.write(`${lineOf(verdict)}\n`);
    }
  }),
);

const missed = verdicts.filter(({ isCaught }) => !isCaught);
process.stdout.write(
  missed.length === 0
    ? `All ${chosen.length} mistakes were caught.\n`
    : `Not as it must be: ${missed.map(({ name }) => name).join(', ')}\n`,
);
if (values.report !== undefined) await writeFile(values.report, reportOf(MISTAKES, verdicts, RUNS_MAX));
process.exitCode = missed.length === 0 ? 0 : 1;

function lineOf({ name, colour, by, runs, seconds, replay, sentence, isCaught }: Verdict): string {
  const when = runs === undefined ? '' : `after ${runs} runs`;
  const why = isCaught ? '' : `\n    ${sentence}`;
  return (
    [colour.padEnd(6), name.padEnd(40), by.padEnd(24), when, `${seconds.toFixed(0)} s`, replay].join('  ') +
    why
  );
}
