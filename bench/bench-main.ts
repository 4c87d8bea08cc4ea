// `npm run bench`: measures the built product beside the programs a bank's customer would use instead.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, BenchResult, BenchRun, Row } from './bench.ts';
import { check } from './check.ts';
import { latency } from './latency.ts';
import { orders } from './orders.ts';
import { prepare } from './prepare.ts';
import { mustRun } from './programs.ts';
import { failures, markdownReport, terminalTable } from './report.ts';
import { sign } from './sign.ts';
import { start } from './start.ts';
import { statement } from './statement.ts';

const BENCHES: Readonly<Record<string, Bench>> = { sign, check, prepare, statement, orders, latency, start };

const USAGE = `npm run bench -- ${Object.keys(BENCHES).join('|')}|all    one or more of them; all when none is named
  --rounds N       rounds of each, 5 unless told (2 in a quick run)
  --report FILE    writes the table as Markdown as well
  --quick          a hundredth to a tenth of the size, in under three minutes; time is shown, and not looked at`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    report: { type: 'string' },
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const unknown = positionals.filter((name) => name !== 'all' && !(name in BENCHES));
const rounds = Number(values.rounds ?? (values.quick ? 2 : 5));
if (values.help) console.log(USAGE);
else if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
  console.error(USAGE);
  process.exitCode = 2;
} else process.exitCode = await measure();

async function measure(): Promise<number> {
  const all = positionals.length === 0 || positionals.includes('all');
  const names = Object.keys(BENCHES).filter((name) => all || positionals.includes(name));
  console.log('Building what is installed at a user’s (dist/).');
  await mustRun(['npm', 'run', '--silent', 'build'], join(import.meta.dirname, '..'));
  const root = mkdtempSync(join(tmpdir(), 'goniec-bench-'));
  process.once('exit', () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
  const results: BenchResult[] = [];
  for (const name of names) results.push(await measureOne(name, join(root, name)));
  const result = {
    rows: results.flatMap(({ rows }) => rows),
    notes: results.flatMap(({ notes }) => notes),
  };
  console.log(`\n${terminalTable(result)}\n`);
  const command = ['npm run bench --', ...process.argv.slice(2)].join(' ');
  const day = new Date().toISOString().slice(0, 10);
  if (values.report !== undefined)
    writeFileSync(values.report, markdownReport(result, { command, day, rounds }));
  const unmet = failures(result, values.quick);
  for (const sentence of unmet) console.log(`NOT MET: ${sentence}`);
  return unmet.length === 0 ? 0 : 1;
}

/** A bench that breaks is a row that is not met; the others are measured all the same. */
async function measureOne(name: string, folder: string): Promise<BenchResult> {
  console.log(`\n${name}`);
  mkdirSync(folder);
  const run: BenchRun = { quick: values.quick, rounds, folder, say: (text) => console.log(text) };
  try {
    return (await BENCHES[name]?.(run)) ?? { rows: [], notes: [] };
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    console.log(reason);
    const broken: Row = {
      what: name,
      ours: undefined,
      peer: undefined,
      bars: [{ text: `runs to its end (${reason.split('\n')[0] ?? ''})`, met: false, kind: 'correctness' }],
    };
    return { rows: [broken], notes: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
