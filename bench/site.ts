// One company's folders and configuration, with the keys that a bank hands out, and what runs on them.

import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ensureSandboxKeys } from '../src/sandbox/certificates.ts';
import type { BenchRun } from './bench.ts';
import { DEBTOR } from './files.ts';
import { peakMemoryBytes } from './peak-memory.ts';
import { GONIEC, LiveProgram } from './programs.ts';

export const BANK = 'Bench';

export interface Site {
  readonly folder: string;
  readonly config: string;
  readonly outbox: string;
  readonly inbox: string;
  readonly state: string;
}

/** Where configurations differ; keys as in docs/configuration.md. */
export interface SiteOptions {
  readonly port: number;
  readonly readiness?: object;
  readonly transfersPerMessageMax?: number;
  readonly account?: object;
}

/** The smallest wait there is for a file to stand still. */
export const NO_READINESS_WAIT = { checks: 1, checkEvery: '10ms', minimumAge: '0s' };

/** Files `ca`, `client` and `signing`, each as `.pem` and `.key`; made once for a bench. */
export async function keysFor(run: BenchRun): Promise<string> {
  const folder = join(run.folder, 'keys');
  await ensureSandboxKeys(folder, Date.now());
  return folder;
}

/** A new company with empty folders. */
export function makeSite(run: BenchRun, keys: string, options: SiteOptions): Site {
  const folder = mkdtempSync(join(run.folder, 'site-'));
  for (const name of ['config', 'outbox', 'inbox', 'archive']) mkdirSync(join(folder, name));
  const config = join(folder, 'config', 'goniec.yaml');
  writeFileSync(config, JSON.stringify(configuration(keys, options)));
  const [outbox, inbox, state] = ['outbox', 'inbox', 'state'].map((name) => join(folder, name));
  return { folder, config, outbox: outbox ?? '', inbox: inbox ?? '', state: state ?? '' };
}

/** Every JSON document is a YAML document. */
function configuration(keys: string, options: SiteOptions): object {
  const { port, readiness, transfersPerMessageMax, account } = options;
  return {
    state: '../state',
    stopWithin: '2s',
    ...(readiness === undefined ? {} : { readiness }),
    companies: [{ name: 'Bench', outbox: '../outbox', inbox: '../inbox', archive: '../archive' }],
    banks: [
      {
        name: BANK,
        dialect: 'bnp',
        url: `https://localhost:${port}/bnpp-cdc/cdc00101`,
        environment: 'test',
        tls: { certificate: `${keys}/client.pem`, key: `${keys}/client.key`, ca: `${keys}/ca.pem` },
        signing: { certificate: `${keys}/signing.pem`, key: `${keys}/signing.key` },
        timeouts: { answer: '20m' },
        ...(transfersPerMessageMax === undefined ? {} : { limits: { transfersPerMessageMax } }),
      },
    ],
    accounts: [{ iban: DEBTOR, company: 'Bench', bank: BANK, currency: 'PLN', ...account }],
  };
}

/** Copies under a name that is not looked at, then renames, as a careful ERP does; gives the instant of the rename. */
export function drop(site: Site, file: string, name: string): number {
  copyFileSync(file, join(site.outbox, `${name}.tmp`));
  return renameInOutbox(site, name);
}

export function renameInOutbox(site: Site, name: string): number {
  const nowMs = Date.now();
  renameSync(join(site.outbox, `${name}.tmp`), join(site.outbox, name));
  return nowMs;
}

/** A fact that the daemon has logged. */
export interface LogLine {
  readonly event: string;
  /** By the clock of the machine, as `Date.now()` counts. */
  readonly atMs: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

const WITHIN_MS = 20 * 60_000;

/** The daemon on a site. */
export class Daemon {
  readonly #program: LiveProgram;

  private constructor(program: LiveProgram) {
    this.#program = program;
  }

  /** Resolves when it is ready; `readyMs` since the process was started. */
  static async start(site: Site): Promise<{ readonly daemon: Daemon; readonly readyMs: number }> {
    const before = performance.now();
    const daemon = new Daemon(new LiveProgram([...GONIEC, 'start', '--json', '--config', site.config]));
    await daemon.log(['daemon.started']);
    return { daemon, readyMs: performance.now() - before };
  }

  get processId(): number {
    return this.#program.processId;
  }

  get peakBytes(): number | undefined {
    return peakMemoryBytes(this.processId);
  }

  /** The `count`-th line from now on with one of these events. */
  log(events: readonly string[], count = 1): Promise<LogLine> {
    let left = count;
    return this.#program.line(events.join(' or '), WITHIN_MS, (text) => {
      const line = logLine(text);
      if (line === undefined) return undefined;
      if (TROUBLE.has(line.event)) throw new Error(text);
      if (!events.includes(line.event)) return undefined;
      left -= 1;
      return left === 0 ? line : undefined;
    });
  }

  async stop(): Promise<void> {
    await this.#program.end('SIGTERM');
  }

  async kill(): Promise<void> {
    await this.#program.end('SIGKILL');
  }
}

/** None of these belongs into any bench. */
const TROUBLE: ReadonlySet<string> = new Set([
  'order.refused',
  'order.held',
  'order.bug',
  'order.repeats',
  'account.bug',
]);

function logLine(text: string): LogLine | undefined {
  if (!text.startsWith('{')) return undefined;
  const { time, event, ...fields } = JSON.parse(text) as { time: string; event: string };
  return { event, atMs: Date.parse(time), fields };
}

/** The built-in bank as a process of its own, with an account that holds enough for everything. */
export class SandboxBank {
  readonly folder: string;
  readonly port: number;
  readonly #program: LiveProgram;

  private constructor(folder: string, port: number, program: LiveProgram) {
    this.folder = folder;
    this.port = port;
    this.#program = program;
  }

  static async start(run: BenchRun, keys: string): Promise<SandboxBank> {
    const folder = mkdtempSync(join(run.folder, 'bank-'));
    cpSync(keys, folder, { recursive: true });
    const accounts = join(folder, 'accounts.json');
    const account = { iban: DEBTOR, currency: 'PLN', owner: 'Wytwornia', openingBalance: '900000000.00' };
    writeFileSync(accounts, JSON.stringify([account]));
    const port = await freePort();
    const places = ['--folder', folder, '--port', String(port), '--control-port', String(await freePort())];
    const program = new LiveProgram([...GONIEC, 'sandbox', 'run', ...places, '--accounts', accounts]);
    await program.line('the sandbox', 30_000, (line) => (line.includes('control') ? true : undefined));
    return new SandboxBank(folder, port, program);
  }

  async end(): Promise<void> {
    await this.#program.end('SIGKILL');
  }
}

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The text of a PEM file. */
export function pem(keys: string, name: string): string {
  return readFileSync(join(keys, name), 'utf8');
}
