// `npm run sweep`: every crash of every scenario, pairs of them, failing disks and random worlds, on all cores. Exits with 1 when
// anything was found, and says how to make it again.

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { replay } from './replay.ts';
import { sweepOnAllCores } from './sweep-on-all-cores.ts';
import { sectionsOf } from './sweep-sections.ts';
import { reportLines } from './sweep-report.ts';

const USAGE = `npm run sweep                      the bounded sweep: every single crash and a lot more, in minutes
npm run sweep -- --all             everything, for hours
npm run sweep -- --seed 17         one random world, with its log and a digest of what it came to
npm run sweep -- --case "<id>"     any run by its name
npm run sweep -- --runs 1000       no more than so many
npm run sweep -- --report FILE [--date 2026-11-23]`;

const { values } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    seed: { type: 'string' },
    case: { type: 'string' },
    runs: { type: 'string' },
    report: { type: 'string' },
    date: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(USAGE);
else if (values.seed !== undefined) process.exitCode = await replay(`random|${values.seed}`);
else if (values.case !== undefined) process.exitCode = await replay(values.case);
else {
  const results = await sweepOnAllCores(sectionsOf(values.all), Number(values.runs ?? Infinity), (line) =>
    console.log(line),
  );
  const lines = reportLines(results, values.all, values.date);
  console.log(lines.totals);
  if (values.report !== undefined) writeFileSync(values.report, lines.markdown);
  process.exitCode = results.some(({ violations }) => violations.length > 0) ? 1 : 0;
}
