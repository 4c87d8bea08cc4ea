import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSqliteJournal } from '../../src/journal/sqlite-journal.ts';
import { claimed } from '../contract/claimed.ts';
import { createTestClock } from '../test-clock.ts';

const SCRIPT = join(import.meta.dirname, 'append-until-killed.ts');
/** Root may write everywhere: the start is tried as somebody who may not. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Where that somebody may not even read this program, nothing can be shown. */
const CAN_TRY =
  process.platform !== 'win32' &&
  spawnSync(process.execPath, ['--check', SCRIPT], { stdio: 'ignore', ...NOBODY }).status === 0;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'goniec-read-only-'));
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

it.skipIf(!CAN_TRY)('a folder that cannot be written is told as that, and left as it was', async () => {
  const journal = await openSqliteJournal(folder, createTestClock());
  if ('refused' in journal) throw new Error(journal.sentence);
  await journal.append([claimed('A')]);
  await journal.close();
  const before = await readdir(folder);
  await chmod(folder, 0o555);
  const { stderr, stdout } = spawnSync(process.execPath, [SCRIPT, folder], { encoding: 'utf8', ...NOBODY });
  expect(stdout).toBe('');
  expect(stderr).toContain(`The journal in ${folder} cannot be opened`);
  expect(stderr).toContain('that Goniec may write there');
  expect(await readdir(folder)).toEqual(before);
});
