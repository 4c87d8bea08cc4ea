// The real daemon as a process that can be killed at a moment of its own log, and started again as a supervisor would.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = join(import.meta.dirname, '../../src/main.ts');
const OUTPUT_LINES_KEPT = 60;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last lines it wrote. */
  readonly output: readonly string[];
}

/** One life of the daemon. */
export class DaemonProcess {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  readonly #listeners = new Set<(line: string) => void>();
  readonly #output: string[] = [];
  #over = false;

  /** `under` is a program that runs it, such as a tracer that makes system calls fail. */
  constructor(
    config: string,
    under: readonly string[] = [],
    environment: Readonly<Record<string, string>> = {},
  ) {
    const line = [...under, process.execPath, MAIN, 'start', '--config', config];
    const [program = process.execPath, ...args] = line;
    this.#child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // libuv would otherwise go round the system calls that are made to fail.
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: join(tmpdir(), 'goniec-test-compile-cache'),
        UV_USE_IO_URING: '0',
        ...environment,
      },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', (text) => this.#hear(text));
    }
    this.ended = once(this.#child, 'close').then(() => {
      this.#over = true;
      return { code: this.#child.exitCode, signal: this.#child.signalCode, output: this.#output };
    });
  }

  get processId(): number {
    return this.#child.pid ?? 0;
  }

  get isOver(): boolean {
    return this.#over;
  }

  /** Resolves at the `count`-th line that matches, at the end of the process, or after the time; true for the line. */
  async line(pattern: RegExp, withinMs: number, count = 1): Promise<boolean> {
    let left = count;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const listener = (text: string): void => {
      if (pattern.test(text) && (left -= 1) === 0) resolve(true);
    };
    this.#listeners.add(listener);
    const timer = setTimeout(() => resolve(false), withinMs);
    void this.ended.then(() => resolve(false));
    const seen = await promise;
    clearTimeout(timer);
    this.#listeners.delete(listener);
    return seen;
  }

  onLine(listener: (line: string) => void): void {
    this.#listeners.add(listener);
  }

  /** As a power cut would: no handler runs. */
  async kill(): Promise<Ended> {
    this.#child.kill('SIGKILL');
    return this.ended;
  }

  async stop(): Promise<Ended> {
    this.#child.kill('SIGTERM');
    return this.ended;
  }

  #hear(text: string): void {
    this.#output.push(text);
    if (this.#output.length > OUTPUT_LINES_KEPT) this.#output.shift();
    for (const listener of this.#listeners) listener(text);
  }
}
