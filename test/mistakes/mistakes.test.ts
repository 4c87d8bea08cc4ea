// The list of mistakes must not rot: every one can still be made, and what comes of it is still a program.

import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MISTAKES } from './all-mistakes.ts';
import { mistaken } from './mistake.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('The list of deliberate mistakes', () => {
  it('holds at least twenty-five, each under a name of its own', () => {
    expect(new Set(MISTAKES.map(({ name }) => name)).size).toBe(MISTAKES.length);
    expect(MISTAKES.length).toBeGreaterThanOrEqual(25);
  });

  it('leaves most of them to the sweep', () => {
    const swept = MISTAKES.filter(({ caughtBy }) => 'checks' in caughtBy);
    expect(swept.length).toBeGreaterThan(MISTAKES.length / 2);
  });

  it.each(MISTAKES)('can still be made, and is a program: $name', (mistake) => {
    const source = readFileSync(join(ROOT, mistake.file), 'utf8');
    const wrong = mistaken(mistake, source);
    expect(wrong).not.toBe(source);
    expect(() => stripTypeScriptTypes(wrong)).not.toThrow();
  });

  it('says so when a mistake can not be made any more', () => {
    const mistake = {
      name: 'none',
      wrong: '',
      file: 'a.ts',
      edits: [['b', 'c']],
      caughtBy: { checks: [] },
    } as const;
    expect(mistaken(mistake, 'abd')).toBe('acd');
    expect(() => mistaken(mistake, 'abba')).toThrow('the patch no longer applies');
    expect(() => mistaken(mistake, 'acd')).toThrow('the patch no longer applies');
  });
});
