// Loads a configuration from text the way the daemon loads one from disk.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problemText } from '../../src/config/config-problem.ts';
import { loadSettings, type LoadOutcome } from '../../src/config/load-settings.ts';
import type { Settings } from '../../src/config/settings.ts';

export const MINIMAL = `
companies:
  - name: Example
    outbox: erp/outbox
    inbox: erp/inbox
    archive: erp/archive
banks:
  - name: Sandbox
    dialect: bnp
    url: https://localhost:18443/cdc
    environment: test
    sandbox: true
accounts:
  - iban: PL60 1600 1462 0000 0000 0000 0001
    company: Example
    bank: Sandbox
    currency: PLN
`;

/** A bank that is not the sandbox, for `banks:`. */
export const REAL_BANK = `
  - name: Real
    dialect: ing
    url: https://bank.example/cdc
    environment: production
    tls: { certificate: keys/c.pem, key: keys/c.key, ca: keys/ca.pem }
`;

/** MINIMAL with texts replaced, each of which must be there. */
export function minimalWith(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`"${from}" is not in the configuration`);
    return text.replace(from, to);
  }, MINIMAL);
}

export async function load(
  text: string | Uint8Array,
  env: Record<string, string> = {},
): Promise<LoadOutcome & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'goniec-config-'));
  try {
    const path = join(folder, 'goniec.yaml');
    await writeFile(path, text);
    const isValidCron = (expression: string): boolean => !expression.includes('99');
    return { ...(await loadSettings(path, env, { isValidCron })), folder };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The settings, or a failure that shows the problems. */
export async function loaded(text: string, env: Record<string, string> = {}): Promise<Settings> {
  const outcome = await load(text, env);
  if (outcome.kind === 'refused')
    throw new Error(outcome.problems.map((problem) => problemText('c', problem)).join('\n'));
  return outcome.settings;
}

/** The problems as a person sees them, the file named `c`. */
export async function refused(
  text: string | Uint8Array,
  env: Record<string, string> = {},
): Promise<string[]> {
  const outcome = await load(text, env);
  if (outcome.kind === 'loaded') throw new Error('The configuration was loaded.');
  return outcome.problems.map((problem) => problemText('c', problem));
}
