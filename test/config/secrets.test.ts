import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resolveSecret } from '../../src/config/secrets.ts';
import { loaded, minimalWith, REAL_BANK, refused } from './load.ts';

const withPassphrase = (written: string): string =>
  minimalWith(['banks:', `banks:${REAL_BANK.replace('ca:', `passphrase: ${written}, ca:`)}`]);

test.each([
  'hunter2',
  '"hunter2"',
  '[hunter2]',
  '{ env: hunter2, file: hunter2 }',
  '{ env: "hunter2!" }',
  '{ value: hunter2 }',
  '4711',
])('a passphrase written as %s is refused and never repeated', async (written) => {
  const problems = await refused(withPassphrase(written));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain('banks[0].tls.passphrase');
  expect(problems[0]).not.toMatch(/hunter2|4711/);
});

test('settings hold where a secret lies, never the secret', async () => {
  const settings = await loaded(withPassphrase('{ env: BANK_PASS }'), { BANK_PASS: 'hunter2' });
  expect(JSON.stringify(settings)).not.toContain('hunter2');
  expect(settings.banks[0]?.tls?.passphrase).toEqual({ env: 'BANK_PASS' });
});

test('a secret is taken from the environment', async () => {
  expect(await resolveSecret({ env: 'P' }, { P: ' a b ' })).toEqual({ kind: 'resolved', secret: ' a b ' });
  expect(await resolveSecret({ env: 'P' }, { P: '' })).toEqual({
    kind: 'missing',
    reason: 'The environment variable P is not set.',
  });
});

test('a secret is taken from a file without the line end at its end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'goniec-secret-'));
  const file = join(folder, 's');
  await writeFile(file, 'two\nlines \r\n');
  expect(await resolveSecret({ file }, {})).toEqual({ kind: 'resolved', secret: 'two\nlines ' });
  await writeFile(file, '\n');
  expect(await resolveSecret({ file }, {})).toEqual({
    kind: 'missing',
    reason: `The file ${file} is empty.`,
  });
  await rm(folder, { recursive: true });
  expect(await resolveSecret({ file }, {})).toEqual({
    kind: 'missing',
    reason: `The file ${file} can not be read (ENOENT).`,
  });
});
