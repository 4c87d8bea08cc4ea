// `goniec sandbox`: runs the built-in bank in the foreground, and gives it orders while it runs.

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { SeedAccount } from '../sandbox/ledger-event.ts';
import { sandboxControl, type SandboxControl } from '../sandbox/control-client.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { systemClock } from '../triggers/system-clock.ts';
import { sandboxFolder } from './signing-key.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { controlUrl, sandboxBank } from './sandbox-process.ts';
import { settingsFor } from './settings-for.ts';
import { complain, say, sayJson, table } from './terminal.ts';

export interface SandboxRunOptions {
  readonly config?: string;
  readonly folder?: string;
  readonly port?: string;
  readonly controlPort?: string;
  readonly bookingDelay?: string;
  /** JSON: a list of iban, currency, owner and openingBalance. */
  readonly accounts?: string;
  readonly unsigned?: boolean;
}

/** Runs until stopped by a signal, or by the end of the daemon that started it. */
export async function runSandbox(options: SandboxRunOptions): Promise<ExitCode> {
  const place = await placeOf(options);
  if (place === undefined) return EXIT.configuration;
  try {
    const accounts = options.accounts === undefined ? undefined : await seedAccounts(options.accounts);
    const sandbox = await startSandbox({
      ...place,
      clock: systemClock,
      settings: {
        ...(options.bookingDelay === undefined ? {} : { bookingDelayMs: Number(options.bookingDelay) }),
        ...(accounts === undefined ? {} : { accounts }),
        ...(options.unsigned === true ? { unsigned: true } : {}),
      },
    });
    say(`Sandbox bank: BNP dialect ${sandbox.url('bnp')}`);
    say(`              ING dialect ${sandbox.url('ing')}`);
    say(`              control ${sandbox.controlUrl}, ledger and keys in ${place.folder}`);
    process.send?.('ready');
    await toldToEnd();
    await sandbox.close();
    return EXIT.ok;
  } catch (failure) {
    complain(failure instanceof Error ? failure.message : String(failure));
    return EXIT.startRefused;
  }
}

/**
 * A bank that a daemon started ends with that daemon alone: a signal to the whole group of processes (Ctrl+C, a service
 * that is stopped) must not take the bank away from a daemon that is still finishing what it sends.
 */
async function toldToEnd(): Promise<void> {
  const signals = ['SIGTERM', 'SIGINT'].map((name) => once(process, name));
  await (process.connected ? once(process, 'disconnect') : Promise.race(signals));
}

/** Rejects with a sentence that says what the file must hold. */
async function seedAccounts(path: string): Promise<SeedAccount[]> {
  const found: unknown = JSON.parse(await readFile(path, 'utf8'));
  const fields = ['iban', 'currency', 'owner', 'openingBalance'] as const;
  const isSeed = (item: unknown): item is SeedAccount =>
    typeof item === 'object' &&
    item !== null &&
    fields.every((field) => typeof (item as Partial<Record<string, unknown>>)[field] === 'string');
  if (!Array.isArray(found) || !found.every(isSeed))
    throw new Error(`${path} must hold a JSON list of accounts, each with ${fields.join(', ')}.`);
  return found;
}

export interface ControlOptions {
  readonly config?: string;
  readonly control?: string;
}

/** Gives one order to a running sandbox. */
export async function orderSandbox(
  options: ControlOptions,
  order: (control: SandboxControl) => Promise<void>,
): Promise<ExitCode> {
  return withControl(options, async (control) => {
    await order(control);
    say('Done.');
  });
}

export async function showSandbox(options: ControlOptions & { readonly json?: boolean }): Promise<ExitCode> {
  return withControl(options, async (control) => {
    const state = await control.state();
    if (options.json === true) sayJson(state);
    else
      say(
        table([
          ['account', 'currency', 'booked', 'available', 'entries'],
          ...state.accounts.map((account) => [
            account.iban,
            account.currency,
            account.booked,
            account.available,
            String(account.entries),
          ]),
        ]),
      );
  });
}

async function withControl(
  options: ControlOptions,
  use: (control: SandboxControl) => Promise<void>,
): Promise<ExitCode> {
  const url = options.control ?? (await configuredControl(options.config));
  if (url === undefined) return EXIT.configuration;
  try {
    await use(sandboxControl(url));
    return EXIT.ok;
  } catch (failure) {
    complain(
      `${failure instanceof Error ? failure.message : String(failure)} (sandbox control at ${url}; is "goniec start" or "goniec sandbox" running?)`,
    );
    return EXIT.unanswered;
  }
}

async function configuredControl(config: string | undefined): Promise<string | undefined> {
  const loaded = await settingsFor(config);
  const bank = loaded && sandboxBank(loaded.settings);
  if (loaded !== undefined && bank === undefined)
    complain(
      'The configuration has no sandbox bank (banks[].sandbox: true); name its control with --control.',
    );
  return bank && controlUrl(bank);
}

/** Where the sandbox lives and listens: as said, else as configured. */
async function placeOf(
  options: SandboxRunOptions,
): Promise<{ folder: string; port: number; controlPort: number } | undefined> {
  if (options.folder !== undefined && options.port !== undefined && options.controlPort !== undefined) {
    return { folder: options.folder, port: Number(options.port), controlPort: Number(options.controlPort) };
  }
  const loaded = await settingsFor(options.config);
  const bank = loaded && sandboxBank(loaded.settings);
  if (loaded === undefined) return undefined;
  if (bank === undefined) {
    complain(
      'The configuration has no sandbox bank (banks[].sandbox: true); say --folder, --port and --control-port.',
    );
    return undefined;
  }
  return {
    folder: options.folder ?? sandboxFolder(loaded.settings),
    port: Number(options.port ?? new URL(bank.url).port),
    controlPort: Number(options.controlPort ?? new URL(controlUrl(bank)).port),
  };
}
