// The built-in bank beside the daemon: a process of its own, over real TLS, that ends when the daemon does.

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BankSettings, Settings } from '../config/settings.ts';
import { sandboxControl } from '../sandbox/control-client.ts';
import { sandboxFolder } from './signing-key.ts';
import { OperatorFault } from './operator-fault.ts';

const MAIN = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../main.ts' : '../main.js', import.meta.url),
);
const START_WITHIN_MS = 20_000;
const END_WITHIN_MS = 500;

export interface SandboxProcess {
  readonly controlUrl: string;
  stop(): Promise<void>;
}

/** The bank that is the built-in one; undefined when none is. */
export function sandboxBank(settings: Settings): BankSettings | undefined {
  return settings.banks.find(({ sandbox }) => sandbox);
}

export function controlUrl(bank: BankSettings): string {
  return `http://127.0.0.1:${bank.sandboxControlPort ?? Number(new URL(bank.url).port) + 1}`;
}

/** Starts the bank unless one already answers on its port; rejects with a sentence when it does not come up. */
export async function startSandboxProcess(
  settings: Settings,
  bank: BankSettings,
  stop: AbortSignal,
): Promise<SandboxProcess> {
  const url = controlUrl(bank);
  if (await answers(url)) return { controlUrl: url, stop: async () => undefined };
  const args = [
    'sandbox',
    'run',
    '--folder',
    sandboxFolder(settings),
    '--port',
    new URL(bank.url).port,
    '--control-port',
    new URL(url).port,
  ];
  const child = fork(MAIN, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const started = await Promise.race([
    once(child, 'message').then(() => true),
    once(child, 'exit').then(() => false),
    timeOut(START_WITHIN_MS),
    stopped(stop),
  ]);
  if (!started && !stop.aborted) {
    child.kill('SIGKILL');
    throw new OperatorFault(`The sandbox bank did not start on ${bank.url}. ${said.trim()}`);
  }
  return { controlUrl: url, stop: () => end(child) };
}

/** The bank lives no longer than what it lets go of in time; its ledger stands whatever happens. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  if (child.connected) child.disconnect();
  const over = await Promise.race([ended.then(() => true), timeOut(END_WITHIN_MS)]);
  if (!over) child.kill('SIGKILL');
  await ended;
}

async function stopped(signal: AbortSignal): Promise<false> {
  if (!signal.aborted) await once(signal, 'abort');
  return false;
}

async function answers(url: string): Promise<boolean> {
  try {
    await sandboxControl(url).state();
    return true;
  } catch {
    return false;
  }
}

async function timeOut(ms: number): Promise<false> {
  await new Promise((resolve) => setTimeout(resolve, ms).unref());
  return false;
}
