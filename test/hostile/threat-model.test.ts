// The threat model names a test for every attack: each must be there.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

it('docs/threat-model.md names in every row of its attacks a test that there is', () => {
  const text = readFileSync(join(ROOT, 'docs/threat-model.md'), 'utf8');
  const attacks = text.slice(text.indexOf('## Attacks'), text.indexOf('## What remains'));
  const rows = attacks.split('\n').filter((line) => line.startsWith('|') && !/^\| (?:attack|-)/.test(line));
  expect(rows.length).toBeGreaterThan(30);
  for (const row of rows) {
    const named = [...row.matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map(([, path]) => path ?? '');
    expect(named, row).not.toEqual([]);
    for (const path of named) expect(existsSync(join(ROOT, path)), path).toBe(true);
  }
});
