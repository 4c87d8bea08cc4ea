import { describe, expect, it } from 'vitest';
import { codePage } from '../../../src/erp/text/code-pages.ts';

const POLISH = 'ąćęłńóśźżĄĆĘŁŃÓŚŹŻ';

describe('A code page', () => {
  it.each(['utf-8', 'windows-1250', 'iso-8859-2'] as const)('%s writes what Node reads', (encoding) => {
    const page = codePage(encoding);
    const text = `PLN 1,00 ${POLISH} §`;
    expect([...text].every((character) => page.holds(character))).toBe(true);
    expect(new TextDecoder(encoding).decode(page.encode(text))).toBe(text);
  });

  it.each([
    ['cp852', 'a586a988e4a298abbea48fa89de3e0978dbd'],
    ['mazovia', '868d9192a4a29ea6a78f95909ca5a398a0a1'],
  ] as const)('%s has the Polish letters where DOS had them', (encoding, hex) => {
    expect(Buffer.from(codePage(encoding).encode(POLISH)).toString('hex')).toBe(hex);
  });

  it('holds nothing that it can not write, and says so', () => {
    expect(codePage('cp852').holds('€')).toBe(false);
    expect(codePage('windows-1250').holds('€')).toBe(true);
    expect(codePage('windows-1250').holds('\x81')).toBe(false);
    expect(codePage('ascii').holds('ł')).toBe(false);
    expect(() => codePage('ascii').encode('ł')).toThrow('"ł"');
  });

  it('begins a file with the mark of UTF-8 only where that is asked for', () => {
    expect([...codePage('utf-8-bom').mark]).toEqual([0xef, 0xbb, 0xbf]);
    expect([...codePage('utf-8').mark]).toEqual([]);
    expect([...codePage('windows-1250').mark]).toEqual([]);
  });
});
