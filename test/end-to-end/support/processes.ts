// The real bank and the real daemon as processes of their own, each in a temporary folder, each killable.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePortOr } from '../../../src/cli/free-port.ts';
import { ensureSandboxKeys } from '../../../src/sandbox/certificates.ts';
import { sandboxControl, type SandboxControl } from '../../../src/sandbox/control-client.ts';

const MAIN = join(import.meta.dirname, '../../../src/main.ts');

export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** Runs one command of the command line to its end. */
export async function goniec(...args: readonly string[]): Promise<Ran> {
  const child = launch(args);
  const output = collected(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: output() };
}

/** A process that can be started again after it was stopped or killed. */
export class Service {
  readonly #args: readonly string[];
  readonly #ready: RegExp;
  #child: ChildProcess | undefined;
  #output: () => string = () => '';

  constructor(args: readonly string[], ready: RegExp) {
    this.#args = args;
    this.#ready = ready;
  }

  get output(): string {
    return this.#output();
  }

  /** `aheadMs`: how far the process's clock goes ahead of the real one. */
  async start(aheadMs = 0): Promise<void> {
    const child = launch(this.#args, aheadMs);
    this.#child = child;
    this.#output = collected(child);
    await until(`"${this.#args.join(' ')}" to start`, () => {
      if (child.exitCode !== null) throw new Error(`It ended instead: ${this.#output()}`);
      return this.#ready.test(this.#output());
    });
  }

  /** As a power cut would: no handler runs. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Kills it the moment its output from now on matches; resolves when it is gone. */
  async killAt(pattern: RegExp): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const gone = once(child, 'exit');
    let seen = '';
    child.stdout?.on('data', (piece: string) => {
      seen += piece;
      if (pattern.test(seen)) child.kill('SIGKILL');
    });
    await gone;
  }

  /** Kills it as soon as `holds`, which is looked at all the time; resolves when it is gone. */
  async killWhen(what: string, holds: () => boolean): Promise<void> {
    const end = performance.now() + 30_000;
    while (!holds()) {
      if (performance.now() > end) throw new Error(`Waited in vain for ${what}.\n${this.#output()}`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await this.kill();
  }

  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** Sends a signal and does not wait. */
  signal(name: NodeJS.Signals): void {
    this.#child?.kill(name);
  }

  /** Resolves to its exit code when it has ended; null when a signal ended it. */
  async ended(): Promise<number | null> {
    const child = this.#child;
    if (child?.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child?.exitCode ?? null;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts it without waiting until it is ready. */
  launch(): void {
    this.#child = launch(this.#args);
    this.#output = collected(this.#child);
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child === undefined) return null;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
    return child.exitCode;
  }
}

export interface Bank {
  readonly folder: string;
  readonly port: number;
  readonly service: Service;
  readonly control: SandboxControl;
}

/** The sandbox bank, apart from any daemon. */
export async function startBank(root: string, ...options: readonly string[]): Promise<Bank> {
  const folder = join(root, 'bank');
  await cp(await (madeKeys ??= makeKeys()), folder, { recursive: true });
  const [port, controlPort] = [await freePort(), await freePort()];
  const args = [
    'sandbox',
    'run',
    '--folder',
    folder,
    '--port',
    String(port),
    '--control-port',
    String(controlPort),
  ];
  const service = new Service([...args, ...options], /Sandbox bank/);
  await service.start();
  return { folder, port, service, control: sandboxControl(`http://127.0.0.1:${controlPort}`) };
}

/** Keys are made once for all banks of a test file: making them takes longer than the rest of a start. */
let madeKeys: Promise<string> | undefined;

async function makeKeys(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'goniec-e2e-keys-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  await ensureSandboxKeys(folder, Date.now());
  return folder;
}

export async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'goniec-e2e-'));
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Waits until the condition holds; fails with what was waited for. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = 45_000,
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/**
 * A port that nothing listens on, and that nothing takes before its bank does, or while that bank is away:
 * below the ports that systems give to outgoing connections, and each test worker has its own thousand.
 */
export async function freePort(): Promise<number> {
  const thousand = 20_000 + (Number(process.env.VITEST_POOL_ID ?? 0) % 12) * 1_000;
  for (;;) {
    portsTried = (portsTried + 1) % 1_000;
    const port = thousand + portsTried;
    if ((await freePortOr(port)) === port) return port;
  }
}

/** Where a test file begins is left to chance, because another may just have let go of its ports. */
let portsTried = Math.floor(Math.random() * 1_000);

/** Compiling the sources anew at each of many starts would take most of the time. */
const COMPILED = join(tmpdir(), 'goniec-test-compile-cache');

function launch(args: readonly string[], aheadMs = 0): ChildProcess {
  const preload = aheadMs === 0 ? [] : ['--import', join(import.meta.dirname, 'later-clock.ts')];
  return spawn(process.execPath, [...preload, MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED, GONIEC_TEST_AHEAD_MS: String(aheadMs) },
  });
}

function collected(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  return () => text;
}
