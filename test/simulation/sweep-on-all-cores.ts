// Gives the tasks of a sweep to as many workers as there are cores, section by section.

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Found, TaskResult } from './run-task.ts';
import type { Section, Task } from './sweep-sections.ts';

export interface SectionResult {
  readonly name: string;
  readonly runs: number;
  readonly spared: number;
  readonly effects: number;
  readonly seconds: number;
  readonly violations: readonly Found[];
}

/** Of one task; what else it found is counted. */
const SHOWN_MAX = 20;

export async function sweepOnAllCores(
  sections: readonly Section[],
  runsMax: number,
  say: (line: string) => void,
): Promise<SectionResult[]> {
  const workers = Array.from(
    { length: availableParallelism() },
    () => new Worker(new URL('./sweep-worker.ts', import.meta.url)),
  );
  const results: SectionResult[] = [];
  say(line('section', 'runs', 'spared', 'effects', 'seconds', 'violations'));
  try {
    for (const section of sections) {
      const before = results.reduce((sum, { runs }) => sum + runs, 0);
      if (before >= runsMax) break;
      const result = await sweepSection(workers, section, runsMax - before, (found) =>
        found.slice(0, SHOWN_MAX).forEach(({ id, sentences }) => say(shown(id, sentences))),
      );
      results.push(result);
      const { name, runs, spared, effects, seconds, violations } = result;
      say(line(name, runs, spared, effects, seconds.toFixed(0), violations.length));
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}

async function sweepSection(
  workers: readonly Worker[],
  section: Section,
  runsMax: number,
  onFound: (violations: readonly Found[]) => void,
): Promise<SectionResult> {
  const started = performance.now();
  const waiting = [...section.tasks];
  const done: TaskResult[] = [];
  const runs = (): number => done.reduce((sum, task) => sum + task.runs, 0);
  await Promise.all(
    workers.map(async (worker) => {
      for (let task = waiting.shift(); task !== undefined && runs() < runsMax; task = waiting.shift()) {
        const result = await given(worker, task);
        done.push(result);
        onFound(result.violations);
      }
    }),
  );
  return {
    name: section.name,
    runs: runs(),
    spared: done.reduce((sum, { spared }) => sum + spared, 0),
    effects: done.reduce((sum, { effects }) => sum + effects, 0),
    seconds: (performance.now() - started) / 1000,
    violations: done.flatMap(({ violations }) => violations),
  };
}

function given(worker: Worker, task: Task): Promise<TaskResult> {
  return new Promise((resolve, reject) => {
    const heard = (result: TaskResult): void => {
      worker.off('error', failed);
      resolve(result);
    };
    const failed = (failure: unknown): void => {
      worker.off('message', heard);
      reject(failure instanceof Error ? failure : new Error(String(failure)));
    };
    worker.once('message', heard);
    worker.once('error', failed);
    worker.postMessage(task);
  });
}

function line(name: string, ...columns: readonly (string | number)[]): string {
  return name.padEnd(20) + columns.map((column) => String(column).padStart(12)).join('');
}

function shown(id: string, sentences: readonly string[]): string {
  return `  ${sentences.join('\n  ')}\n    npm run sweep -- --case "${id}"`;
}
