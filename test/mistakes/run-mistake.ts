// Makes one mistake in a process of its own and says whether it was caught, by what, and how soon.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Violation } from '../simulation/sweep-until-red.ts';
import type { Mistake } from './mistake.ts';

/** What the child with the sweep reports. */
export interface Found {
  readonly isMade: boolean;
  readonly violation: Violation | undefined;
}

export interface Verdict {
  readonly name: string;
  /** True when it was caught by what its list entry names. */
  readonly isCaught: boolean;
  readonly colour: 'red' | 'GREEN' | 'BROKEN';
  readonly by: string;
  readonly runs: number | undefined;
  /** How to see it again. */
  readonly replay: string;
  readonly sentence: string;
  readonly seconds: number;
}

const HERE = import.meta.dirname;
const ROOT = join(HERE, '../..');
/** Far above what any of them needs; a mistake that makes the daemon spin is no use in the list. */
const CHILD_MAX_MS = 60 * 60_000;

/** The sweep, or the test the mistake names, with the mistake in it. */
export async function runMistake(mistake: Mistake, runsMax: number): Promise<Verdict> {
  const { name, caughtBy } = mistake;
  const startedMs = performance.now();
  const verdict = (rest: Omit<Verdict, 'name' | 'seconds'>): Verdict => ({
    name,
    ...rest,
    seconds: (performance.now() - startedMs) / 1000,
  });
  if ('test' in caughtBy) {
    const child = await run(name, [
      join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      join(HERE, 'vitest.config.ts'),
      caughtBy.test,
    ]);
    const failed = failedTests(child.output);
    const isCaught = child.code === 1 && failed.length > 0;
    return verdict({
      isCaught,
      colour: isCaught ? 'red' : child.code === 0 ? 'GREEN' : 'BROKEN',
      by: caughtBy.test,
      runs: undefined,
      replay: `GONIEC_MISTAKE=${name} vitest run --config test/mistakes/vitest.config.ts ${caughtBy.test}`,
      sentence: failed[0] ?? child.output.slice(-500),
    });
  }
  const { isMade, violation, failure } = await sweepWith(name, runsMax, caughtBy.first);
  const named = violation?.checks.filter((check) => caughtBy.checks.includes(check)) ?? [];
  const isCaught = isMade && named.length > 0;
  return verdict({
    isCaught,
    colour: isCaught ? 'red' : failure !== undefined || violation !== undefined ? 'BROKEN' : 'GREEN',
    by: (isCaught ? named : (violation?.checks ?? [])).join(', '),
    runs: violation?.runs,
    replay: violation?.id ?? '',
    sentence:
      failure ?? (isMade ? (violation?.sentences[0] ?? '') : 'the file with the mistake was never loaded'),
  });
}

/** The same sweep without any mistake. */
export async function runControl(runsMax: number): Promise<Verdict> {
  const startedMs = performance.now();
  const { violation, failure } = await sweepWith(undefined, runsMax, undefined);
  const isGreen = violation === undefined && failure === undefined;
  return {
    name: 'control: no mistake',
    isCaught: isGreen,
    colour: isGreen ? 'GREEN' : 'red',
    by: violation?.checks.join(', ') ?? '',
    runs: violation?.runs ?? runsMax,
    replay: violation?.id ?? '',
    sentence: failure ?? violation?.sentences[0] ?? '',
    seconds: (performance.now() - startedMs) / 1000,
  };
}

async function sweepWith(
  mistake: string | undefined,
  runsMax: number,
  first: string | undefined,
): Promise<Found & { readonly failure: string | undefined }> {
  const child = await run(mistake, [
    join(HERE, 'sweep-child.ts'),
    String(runsMax),
    ...(first === undefined ? [] : [first]),
  ]);
  if (child.code !== 0)
    return {
      isMade: false,
      violation: undefined,
      failure: `the child ended ${child.code}: ${child.output.slice(-800)}`,
    };
  return { ...(JSON.parse(child.output.trim().split('\n').at(-1) ?? '') as Found), failure: undefined };
}

/** Whatever the child starts in turn has the mistake as well. */
async function run(
  mistake: string | undefined,
  args: readonly string[],
): Promise<{ readonly code: number; readonly output: string }> {
  const hook = `--import=${pathToFileURL(join(HERE, 'mistake-hook.ts')).href}`;
  const env = {
    ...process.env,
    NO_COLOR: '1',
    ...(mistake === undefined ? {} : { NODE_OPTIONS: hook, GONIEC_MISTAKE: mistake }),
  };
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env,
    timeout: CHILD_MAX_MS,
    killSignal: 'SIGKILL',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => (output += text));
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, output }));
  });
}

function failedTests(output: string): string[] {
  return [...output.matchAll(/^\s*FAIL\s+(.*)$/gm)].map((match) => match[1] ?? '');
}
