import { describe, expect, it } from 'vitest';
import { AllowedCharacters } from '../../../src/domain/rules/allowed-characters.ts';

describe('the characters a bank takes', () => {
  it.each([
    ['[A-Z0-9 ]', 'FAKTURA 1', true],
    ['[A-Z0-9 ]', 'FAKTURA Ł', false],
    ['[^\\p{C}]', 'złoty 😀', true],
    ['[A-Z]', '😀', false],
    ['[A-Z]', '', true],
  ])('%s on %s: %s, also when asked again', (pattern, text, expected) => {
    const allowed = new AllowedCharacters(pattern);
    expect(allowed.areAll(text)).toBe(expected);
    expect(allowed.areAll(text)).toBe(expected);
  });

  it('are judged one by one, so a pattern for two of them allows none', () => {
    expect(new AllowedCharacters('^..$').areAll('AB')).toBe(false);
  });
});
