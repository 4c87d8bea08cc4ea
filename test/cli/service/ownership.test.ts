// What is given to the service's account, and what is not.

import { chmod, chown, lstat, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handOver } from '../../../src/cli/service/ownership.ts';
import { FACTS } from './facts.ts';

const SERVICE = { uid: 4_711, gid: 4_712 };
const OTHER = 4_713;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'goniec-owner-'));
  for (const folder of ['config/keys', 'state', 'outbox']) await mkdir(at(folder), { recursive: true });
  for (const file of ['config/goniec.yaml', 'config/keys/own.key'])
    await writeFile(at(file), '', { mode: 0o600 });
  for (const folder of ['config', 'config/keys', 'state', 'outbox']) await chmod(at(folder), 0o750);
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

describe.skipIf(process.getuid?.() !== 0)('Handing over (needs root)', () => {
  it('gives folders and keys to the account, and lets its group read the configuration', async () => {
    await writeFile(at('state/journal.sqlite'), '');
    expect(await handed()).toEqual([]);
    for (const path of ['state', 'state/journal.sqlite', 'outbox', 'config/keys/own.key'])
      expect(await owner(path), path).toEqual(SERVICE);
    for (const path of ['config', 'config/goniec.yaml', 'config/keys'])
      expect(await owner(path), path).toEqual({ uid: 0, gid: SERVICE.gid });
  });

  it('leaves what is another account has, what others may write, and what is not of Goniec, and names each', async () => {
    await chown(at('outbox'), OTHER, OTHER);
    await writeFile(at('state/somebody.txt'), '');
    const left = await handed({ secrets: ['/etc/hostname'] });
    expect(left).toEqual([
      expect.stringContaining('outbox belongs to another account'),
      expect.stringContaining('state holds files that are not of Goniec'),
      expect.stringContaining('/etc/hostname lies outside'),
    ]);
    expect(await owner('outbox')).toEqual({ uid: OTHER, gid: OTHER });
    expect((await owner('state/somebody.txt')).uid).toBe(0);
    await rm(at('state/somebody.txt'));
    await chmod(at('state'), 0o777);
    expect(await handed()).toContainEqual(expect.stringContaining('state may be written by others'));
  });

  it('never follows a link out of a folder', async () => {
    await writeFile(at('precious'), '');
    await writeFile(at('state/journal.sqlite'), '');
    await symlink(at('precious'), at('state/link'));
    await handed();
    expect((await owner('precious')).uid).toBe(0);
  });
});

function at(path: string): string {
  return join(root, path);
}

async function owner(path: string): Promise<{ uid: number; gid: number }> {
  const { uid, gid } = await lstat(at(path));
  return { uid, gid };
}

async function handed(more: { readonly secrets?: readonly string[] } = {}): Promise<string[]> {
  const facts = {
    ...FACTS,
    configuration: at('config/goniec.yaml'),
    writable: [at('outbox'), at('state')],
    secrets: [at('config/keys/own.key')],
    ...more,
  };
  return handOver(facts, SERVICE);
}
