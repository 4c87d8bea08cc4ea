import { join } from 'node:path';
import { expect, test } from 'vitest';
import { problemText } from '../../src/config/config-problem.ts';
import { loadSettings } from '../../src/config/load-settings.ts';
import type { Settings } from '../../src/config/settings.ts';
import { FAULT_CODES } from '../../src/sandbox/fault-codes.ts';
import { DEFAULT_SETTINGS } from '../../src/sandbox/settings.ts';
import { isValidCron } from '../../src/triggers/schedule.ts';

const root = join(import.meta.dirname, '../..');

async function shipped(file: string, env: Record<string, string> = {}): Promise<Settings> {
  const outcome = await loadSettings(join(root, 'config', file), env, { isValidCron });
  if (outcome.kind === 'loaded') return outcome.settings;
  throw new Error(outcome.problems.map((problem) => problemText(file, problem)).join('\n'));
}

test('the shipped configuration loads and keeps its folders in the project', async () => {
  const settings = await shipped('goniec.yaml');
  expect(settings.state).toBe(join(root, 'state'));
  expect(settings.companies[0]).toMatchObject({
    outbox: join(root, 'outbox'),
    inbox: join(root, 'inbox'),
    archive: join(root, 'archive'),
  });
  expect(settings.banks).toHaveLength(1);
  expect(settings.banks[0]).toMatchObject({ sandbox: true, environment: 'test', sandboxControlPort: 18_444 });
});

test("the shipped accounts are the sandbox's own", async () => {
  const { accounts } = await shipped('goniec.yaml');
  expect(accounts.map(({ iban, currency }) => ({ iban, currency }))).toEqual(
    DEFAULT_SETTINGS.accounts.map(({ iban, currency }) => ({ iban, currency })),
  );
});

test('the shipped profile names codes that the sandbox has', async () => {
  const { banks } = await shipped('goniec.yaml');
  const { notFound, duplicate, refusal, systemic } = banks[0]?.profile ?? {
    notFound: [],
    duplicate: [],
    refusal: [],
    systemic: [],
  };
  const codes = [...notFound, ...duplicate, ...refusal, ...systemic];
  expect(codes.length).toBeGreaterThan(5);
  expect(codes.filter((code) => !Object.hasOwn(FAULT_CODES, code))).toEqual([]);
});

test('the examples for real banks load and claim nothing about answers that nobody has tested', async () => {
  for (const file of ['examples/bnp.yaml', 'examples/ing.yaml']) {
    const env = { GONIEC_BNP_COMMUNICATION_PASSPHRASE: 'x', GONIEC_ING_COMMUNICATION_PASSPHRASE: 'x' };
    const { banks } = await shipped(file, env);
    expect(banks[0]).toMatchObject({
      sandbox: false,
      profile: { notFound: [], duplicate: [], arrivalBoundMs: undefined },
    });
  }
});
