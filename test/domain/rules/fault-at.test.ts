import { describe, expect, it } from 'vitest';
import { fault } from '../../../src/domain/rules/fault-at.ts';
import { place } from '../sketches.ts';

function shown(value: string): string | undefined {
  return fault('rule.x', place('a/b', 7), value, 'Wrong.', 'Right it.').value;
}

describe('a fault', () => {
  it('has its place, its sentence and what to do', () => {
    expect(fault('rule.x', { line: 7, column: 3, path: 'a/b' }, undefined, 'Wrong.', 'Right it.')).toEqual({
      rule: 'rule.x',
      path: 'a/b',
      line: 7,
      column: 3,
      message: 'Wrong.',
      remedy: 'Right it.',
    });
  });

  it('shows at most 140 characters of a value, and never half of one', () => {
    expect(shown('x'.repeat(141))).toBe('x'.repeat(140));
    expect(shown(`${'x'.repeat(139)}😀😀`)).toBe(`${'x'.repeat(139)}😀`);
    expect(shown('😀'.repeat(200))?.isWellFormed()).toBe(true);
  });

  it('makes visible what could disturb a terminal or turn the writing', () => {
    expect(shown('a\u001b[31mb\nc\u202ed')).toBe('a\\u{1B}[31mb\\u{A}c\\u{202E}d');
  });
});
