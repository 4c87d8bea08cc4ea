// A sandbox in a folder of its own, with a clock that the test moves, and the customer's side of it.

import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureSandboxKeys } from '../../../src/sandbox/certificates.ts';
import { sandboxControl } from '../../../src/sandbox/control-client.ts';
import type { SandboxControl } from '../../../src/sandbox/control-client.ts';
import type { Dialect } from '../../../src/sandbox/operations.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { SandboxSettings } from '../../../src/sandbox/settings.ts';
import { createTestClock } from '../../test-clock.ts';
import type { TestClock } from '../../test-clock.ts';
import type { Answer } from './bank-client.ts';
import { envelopeOf, post, signed, wrap } from './bank-client.ts';

/** Monday, 2 March 2026, 9:00 in Warsaw. */
export const MONDAY_MS = Date.UTC(2026, 2, 2, 8, 0, 0);

export interface RunningSandbox {
  readonly folder: string;
  readonly clock: TestClock;
  sandbox: Sandbox;
  control: SandboxControl;
  ask(operation: string, document: string, dialect?: Dialect): Promise<Answer>;
  order(document: string, operation?: string): Promise<Answer>;
  /** Closes the bank and opens it again on the same folder. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function runSandbox(settings: Partial<SandboxSettings> = {}): Promise<RunningSandbox> {
  const folder = mkdtempSync(join(tmpdir(), 'goniec-sandbox-'));
  const keys = await (madeKeys ??= makeKeys());
  for (const name of readdirSync(keys)) copyFileSync(join(keys, name), join(folder, name));
  const clock = createTestClock({ nowMs: MONDAY_MS });
  const start = (): Promise<Sandbox> =>
    startSandbox({ folder, port: 0, controlPort: 0, clock, settings: { historyDays: 0, ...settings } });
  const sandbox = await start();
  const running: RunningSandbox = {
    folder,
    clock,
    sandbox,
    control: sandboxControl(sandbox.controlUrl),
    ask: (operation, document, dialect = 'bnp') =>
      post(folder, running.sandbox.url(dialect), operation, envelopeOf(wrap(operation, document))),
    order: async (document, operation = 'DomesticTransfer') =>
      post(
        folder,
        running.sandbox.url('bnp'),
        operation,
        envelopeOf(await signed(folder, operation, document)),
      ),
    restart: async () => {
      await running.sandbox.close();
      running.sandbox = await start();
      running.control = sandboxControl(running.sandbox.controlUrl);
    },
    stop: async () => {
      await running.sandbox.close();
      rmSync(folder, { recursive: true });
    },
  };
  return running;
}

/** Keys are made once for all sandboxes of a test file: making them is what takes the time. */
let madeKeys: Promise<string> | undefined;

async function makeKeys(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'goniec-sandbox-keys-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  await ensureSandboxKeys(folder, MONDAY_MS);
  return folder;
}
