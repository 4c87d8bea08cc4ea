// What the endurance commands share: their options, the folder, the table at the end, the report, and the exit code.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { enduranceRun, type Trouble } from './endurance-run.ts';
import { markdownReport, reportRows, terminalTable } from './report.ts';
import type { Site } from './site.ts';

export interface HarnessOptions {
  readonly kills: number;
  readonly orders: number;
  readonly seed: number;
}

export interface Harness {
  readonly title: string;
  /** One sentence about what was done. */
  readonly sentence: (options: HarnessOptions) => string;
  readonly defaults: Omit<HarnessOptions, 'seed'>;
  readonly trouble: (options: HarnessOptions) => Trouble;
  readonly open?: (root: string) => Promise<Site>;
  /** Undoes what `open` did beside making files; what lay there is kept unless all was well. */
  readonly close?: (root: string, isSound: boolean) => Promise<void>;
}

const SHOWN_OF_EACH = 10;

/** Runs to the end, prints, and sets the exit code: 0 without a violation, 1 with any. */
export async function runHarness(harness: Harness): Promise<void> {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: String(harness.defaults.kills) },
      orders: { type: 'string', default: String(harness.defaults.orders) },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      report: { type: 'string' },
    },
  });
  const options = { kills: whole(values.kills), orders: whole(values.orders), seed: whole(values.seed) };
  const root = await mkdtemp(join(tmpdir(), 'goniec-endurance-'));
  say(`${harness.title}: seed ${options.seed}, ${options.kills} kills, ${options.orders} orders, in ${root}`);
  const run = { ...options, root, say };
  const result = await enduranceRun(run, harness.trouble(options), harness.open);
  const rows = reportRows(result);
  say(`\n${terminalTable(rows)}`);
  if (values.report !== undefined)
    await writeFile(
      values.report,
      markdownReport(harness.title, harness.sentence(options), rows, result.violations),
    );
  const isSound = result.violations.length === 0;
  await harness.close?.(root, isSound);
  if (isSound) {
    say('\nNo violation.');
    await rm(root, { recursive: true, force: true });
    return;
  }
  for (const violation of someOfEach(result.violations)) say(`VIOLATION ${violation}`);
  say(`Everything is kept in ${root}`);
  process.exitCode = 1;
}

/** A few of every check: one fault often shows in hundreds of places. */
function someOfEach(violations: readonly string[]): string[] {
  const byCheck = Map.groupBy(violations, (text) => text.split(':')[0] ?? '');
  return [...byCheck].flatMap(([check, found]) => [
    ...found.slice(0, SHOWN_OF_EACH),
    ...(found.length > SHOWN_OF_EACH ? [`${check}: ${found.length - SHOWN_OF_EACH} more`] : []),
  ]);
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`"${text}" is no whole number.`);
  return value;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
