// Starts programs, ours and the peers', one way for all, and leaves none behind.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Sample } from './bench.ts';
import { watchPeakMemory } from './peak-memory.ts';

const MAIN = join(import.meta.dirname, '../dist/main.js');

/** What is installed at a user's, started as its first line says; built by the bench before anything is measured. */
export const GONIEC = [process.execPath, ...settingsOfNode(), MAIN] as const;

/** From the source, of which the build copies the line: the build may not be there yet. */
function settingsOfNode(): string[] {
  const source = readFileSync(join(import.meta.dirname, '../src/main.ts'), 'utf8');
  const [, settings] = /^#!\/usr\/bin\/env -S node (.+)\n/.exec(source) ?? [];
  if (settings === undefined) throw new Error('The entry does not say how Node is to be started.');
  return settings.split(' ');
}

const OUTPUT_CHARACTERS_KEPT = 20_000;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface Ended extends Sample {
  readonly code: number | null;
  /** The last of what it wrote on both streams. */
  readonly output: string;
}

/** Runs a program from its start to its end. */
export async function runProgram(command: readonly string[], folder?: string): Promise<Ended> {
  const start = performance.now();
  const child = launch(command, folder);
  const memory = watchPeakMemory(child.pid ?? 0);
  const output = lastOutput(child);
  child.once('exit', () => memory.stop());
  const exited = once(child, 'exit').then(() => performance.now() - start);
  const [[code], ms] = await Promise.all([once(child, 'close') as Promise<[number | null]>, exited]);
  return { ms, peakBytes: memory.stop(), code, output: output() };
}

/** The same for a program that must succeed. */
export async function mustRun(command: readonly string[], folder?: string): Promise<Ended> {
  const ended = await runProgram(command, folder);
  if (ended.code === 0) return ended;
  throw new Error(`${command.join(' ')} ended with ${ended.code}:\n${ended.output}`);
}

/** A program that goes on until it is told to stop. */
export class LiveProgram {
  readonly processId: number;
  readonly #child: ChildProcess;
  readonly #listeners = new Set<(line: string) => void>();
  readonly #output: () => string;

  constructor(command: readonly string[], folder?: string) {
    this.#child = launch(command, folder);
    this.processId = this.#child.pid ?? 0;
    this.#output = lastOutput(this.#child);
    if (this.#child.stdout !== null)
      createInterface({ input: this.#child.stdout }).on('line', (line) => {
        for (const listener of this.#listeners) listener(line);
      });
  }

  /**
   * Calls `fits` with each line from now on and resolves to the first value it gives; rejects when it throws, when the
   * program ends, or after the time.
   */
  line<T>(what: string, withinMs: number, fits: (line: string) => T | undefined): Promise<T> {
    const line = this.#awaited(what, withinMs, fits);
    // Where something else has failed first, nobody waits for it any more.
    line.catch(() => undefined);
    return line;
  }

  async #awaited<T>(what: string, withinMs: number, fits: (line: string) => T | undefined): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const inVain = (why: string): void =>
      reject(new Error(`Waited in vain for ${what}: ${why}. Its last words:\n${this.#output()}`));
    const listener = (line: string): void => {
      try {
        const value = fits(line);
        if (value !== undefined) resolve(value);
      } catch (failure) {
        inVain(failure instanceof Error ? failure.message : String(failure));
      }
    };
    const onExit = (): void => inVain('the program ended');
    const timer = setTimeout(() => inVain(`nothing in ${withinMs} ms`), withinMs);
    this.#listeners.add(listener);
    this.#child.once('exit', onExit);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#listeners.delete(listener);
      this.#child.off('exit', onExit);
    }
  }

  /** `SIGKILL` where nothing that it would still do is of interest. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    await ended;
  }
}

function launch([program = '', ...args]: readonly string[], folder: string | undefined): ChildProcess {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(folder === undefined ? {} : { cwd: folder }),
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

function lastOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (piece: string) => {
      text = (text + piece).slice(-OUTPUT_CHARACTERS_KEPT);
    });
  return () => text;
}
