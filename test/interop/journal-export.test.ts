// The program in docs/journal.md, run by Python on a real export: whoever has nothing but that page can check the chain.

import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportLines } from '../../src/journal/export-journal.ts';
import { pathsIn } from '../../src/journal/folder-volume.ts';
import { openForReading } from '../../src/journal/open-for-reading.ts';
import { openSqliteJournal } from '../../src/journal/sqlite-journal.ts';
import { claimed } from '../contract/claimed.ts';
import { createTestClock } from '../test-clock.ts';

const missing = spawnSync('python3', ['--version']).status !== 0;
if (missing) process.stderr.write('journal-export is skipped: python3 is missing\n');

describe.skipIf(missing)('The program in docs/journal.md', () => {
  let program: string;
  let whole: string;
  let part: string;
  beforeAll(async () => {
    const page = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'journal.md'), 'utf8');
    program = /```python\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const folder = await mkdtemp(join(tmpdir(), 'goniec-export-'));
    const journal = await openSqliteJournal(folder, createTestClock());
    if ('refused' in journal) throw new Error(journal.sentence);
    const names = ['A', 'zażółć ,"hash":"x"', '\u2028\u{1F4B6}\\"\u0000,"event":{}'];
    await journal.append(names.map((name, index) => claimed(String(index), name)));
    whole = await exported(folder, 1);
    part = await exported(folder, 3);
    await journal.close();
    await rm(folder, { recursive: true });
  });

  it('follows the chain to its end', () => {
    expect(run(whole).stdout).toMatch(/^3 records, unbroken to [0-9a-f]{64}/);
    expect(run(part).stdout).toMatch(/^1 records, unbroken to [0-9a-f]{64}/);
    expect(run(part).stdout.slice(-65)).toBe(run(whole).stdout.slice(-65));
  });

  it('finds what was changed, and what was taken out', () => {
    expect(run(whole.replace('zażółć', 'zazolc')).stderr).toContain('record 2 is not the one');
    const lines = whole.split('\n');
    expect(run([...lines.slice(0, 2), ...lines.slice(3)].join('\n')).stderr).toContain('record 2 is missing');
    expect(run(whole.replace(/"journal":"./, '"journal":"X')).stderr).toContain('wrong beginning');
  });

  function run(input: string): { readonly stdout: string; readonly stderr: string } {
    return spawnSync('python3', ['-c', program], { input, encoding: 'utf8' });
  }
});

async function exported(folder: string, from: number): Promise<string> {
  const opened = await openForReading(pathsIn(folder));
  if ('refused' in opened) throw new Error(opened.sentence);
  let text = '';
  for await (const line of (await exportLines(opened.parts, from)) ?? []) text += line;
  opened.database.close();
  return text;
}
