import { expect, test } from 'vitest';
import { shownJson, shownLine, shownValue } from '../../src/domain/shown-value.ts';

test('an ordinary value is shown as it is', () => {
  expect(shownValue('Zażółć gęślą 😀 日本')).toBe('Zażółć gęślą 😀 日本');
});

test('characters that cannot be seen are written out', () => {
  expect(shownValue('a\tb\nc\u0000\u00a0\u202e\u200b\u2028\ufeff')).toBe(
    'a\\u{9}b\\u{A}c\\u{0}\\u{A0}\\u{202E}\\u{200B}\\u{2028}\\u{FEFF}',
  );
});

test('at most 140 characters are shown, and none of them is cut', () => {
  expect(shownValue('x'.repeat(200))).toBe('x'.repeat(140));
  expect(shownValue('😀'.repeat(200))).toBe('😀'.repeat(140));
});

test('a text of any length is shown on one line', () => {
  expect(shownLine(`${'x'.repeat(200)}\nHELD\u001b[2J`)).toBe(`${'x'.repeat(200)}\\u{A}HELD\\u{1B}[2J`);
});

test('JSON holds no such character in the raw, and reads back as the same value', () => {
  const value = { 'a\u202e': 'b\u009b\u2028\u{e0001}\n\u0007', list: ['Zażółć 😀'] };
  const text = shownJson(value);
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(text).toContain('Zażółć 😀');
  expect(JSON.parse(text)).toEqual(value);
});
