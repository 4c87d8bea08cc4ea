import { describe, expect, test } from 'vitest';
import type { SimpleType } from '../../src/iso20022/definition.ts';
import { types } from '../../src/iso20022/notation.ts';
import { schemaValue, valueProblem } from '../../src/iso20022/simple-value.ts';

const TYPES = types`
Text text 1..4
Long text 3..
Free text
Pattern text /[A-Z]{2}[0-9]/
Code code AB CD
Amount decimal 18.5 >=0
Rate decimal 11.10
Whole decimal 3.0
Flag boolean
Day date
Moment dateTime
Hour time
Year gYear
Month gYearMonth
Binary base64Binary 1..3
`;

/** The rule a value breaks, or 'ok'. */
function verdict(name: string, text: string): string {
  const type = TYPES.get(name) as SimpleType;
  return valueProblem(type, schemaValue(type, text))?.rule ?? 'ok';
}

function verdicts(name: string, texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => verdict(name, text)))];
}

describe('texts', () => {
  test('are counted in characters of Unicode', () => {
    expect(verdicts('Text', ['a', '1234', '😀😀😀😀', 'żółć', '    '])).toEqual(['ok']);
    expect(verdicts('Text', ['', '12345', '😀😀😀😀😀', '     '])).toEqual(['schema.length']);
    expect(verdicts('Long', ['😀a', '12', '1'])).toEqual(['schema.length']);
    expect(verdicts('Long', ['😀ab', '123', 'x'.repeat(100_000)])).toEqual(['ok']);
    expect(verdicts('Free', ['', ' '])).toEqual(['ok']);
  });

  test('say what is wrong with their length', () => {
    const type = TYPES.get('Text') as SimpleType;
    expect(valueProblem(type, '12345')?.message).toBe('The value has 5 characters, at most 4 are allowed.');
    expect(valueProblem(type, '')?.message).toBe('The element is empty.');
    expect(valueProblem(TYPES.get('Long') as SimpleType, 'a')?.message).toBe(
      'The value has 1 character, at least 3 are needed.',
    );
  });

  test('match patterns and codes as a whole, with their white space', () => {
    expect(verdicts('Pattern', ['AB1'])).toEqual(['ok']);
    expect(verdicts('Pattern', ['AB1\n', ' AB1', 'XAB1', 'AB12', 'ab1', 'AB١', ''])).toEqual([
      'schema.pattern',
    ]);
    expect(verdicts('Code', ['AB', 'CD'])).toEqual(['ok']);
    expect(verdicts('Code', ['ab', 'AB ', '', 'ABCD'])).toEqual(['schema.code']);
  });
});

describe('decimals', () => {
  test('are written with digits, one point and a sign', () => {
    expect(verdicts('Amount', ['1', '+1', '1.', '.5', '0', ' 1.5\n', '-0', '-0.00'])).toEqual(['ok']);
    expect(
      verdicts('Amount', [
        '',
        '.',
        '+',
        '1,5',
        '1e2',
        'NaN',
        'INF',
        '1 0',
        '0x1',
        '--1',
        '1.2.3',
        '١',
        '\u00a01',
      ]),
    ).toEqual(['schema.decimal']);
  });

  test('are counted by the digits of the value, not of its writing', () => {
    expect(
      verdicts('Amount', [
        '0001.50000000',
        '123456789012345678',
        '1234567890123.12345',
        `${'0'.repeat(50)}1`,
      ]),
    ).toEqual(['ok']);
    expect(verdicts('Amount', ['1.123456', '1234567890123456789', '12345678901234.12345', '-0.01'])).toEqual([
      'schema.decimal',
    ]);
    expect(verdicts('Rate', ['-1.0123456789', '0.0000000001', '12345678901'])).toEqual(['ok']);
    expect(verdicts('Rate', ['0.00000000001', '12.0123456789', '123456789012'])).toEqual(['schema.decimal']);
    expect(verdicts('Whole', ['999', '-999', '1.000'])).toEqual(['ok']);
    expect(verdicts('Whole', ['1000', '0.1'])).toEqual(['schema.decimal']);
  });

  test('take no time to speak of when they are long', () => {
    expect(verdict('Amount', `${'0'.repeat(1_000_000)}1${'0'.repeat(1_000_000)}`)).toBe('schema.decimal');
  });
});

describe('dates and times', () => {
  test('are days of the calendar', () => {
    expect(
      verdicts('Day', [
        '2026-02-28',
        '2024-02-29',
        '2000-02-29',
        ' 2026-04-30 ',
        '12024-02-29',
        '-0004-02-29',
      ]),
    ).toEqual(['ok']);
    expect(
      verdicts('Day', [
        '2026-02-29',
        '1900-02-29',
        '2026-04-31',
        '2026-13-01',
        '2026-00-01',
        '2026-01-00',
        '2026-01-32',
      ]),
    ).toEqual(['schema.date']);
    expect(
      verdicts('Day', [
        '',
        '20260101',
        '26-01-01',
        '2026-1-1',
        '02026-01-01',
        '0000-01-01',
        '+2026-01-01',
        '2026-01-01T00:00:00',
      ]),
    ).toEqual(['schema.date']);
  });

  test('may have a time zone of at most fourteen hours', () => {
    expect(
      verdicts('Day', [
        '2026-01-01Z',
        '2026-01-01+14:00',
        '2026-01-01-14:00',
        '2026-01-01+13:59',
        '2026-01-01-00:00',
      ]),
    ).toEqual(['ok']);
    expect(
      verdicts('Day', [
        '2026-01-01z',
        '2026-01-01+14:01',
        '2026-01-01+1:00',
        '2026-01-01+0100',
        '2026-01-01 Z',
      ]),
    ).toEqual(['schema.date']);
  });

  test('have seconds, no leap second, and 24:00:00 as the end of the day', () => {
    expect(
      verdicts('Moment', [
        '2026-01-01T00:00:00',
        '2026-01-01T23:59:59.999Z',
        '2026-01-01T24:00:00',
        '2026-01-01T24:00:00.00+01:00',
      ]),
    ).toEqual(['ok']);
    expect(
      verdicts('Moment', [
        '2026-01-01',
        '2026-01-01T12:00',
        '2026-01-01 12:00:00',
        '2026-01-01T23:59:60',
        '2026-01-01T24:00:01',
        '2026-01-01T12:00:00.',
        '2026-02-30T12:00:00',
      ]),
    ).toEqual(['schema.date-time']);
    expect(verdicts('Hour', ['00:00:00', '24:00:00', '12:30:00.5-05:00'])).toEqual(['ok']);
    expect(verdicts('Hour', ['12:30', '25:00:00', '12:60:00', '24:00:00.1'])).toEqual(['schema.time']);
  });

  test('may be years and months', () => {
    expect(verdicts('Year', ['2026', '-0044', '2026Z', '12026'])).toEqual(['ok']);
    expect(verdicts('Year', ['26', '0000', '02026', '2026-01'])).toEqual(['schema.year']);
    expect(verdicts('Month', ['2026-03', '2026-12+01:00'])).toEqual(['ok']);
    expect(verdicts('Month', ['2026-13', '2026', '2026-3', '0000-01'])).toEqual(['schema.year-month']);
  });
});

test('indicators are true, false, 1 or 0', () => {
  expect(verdicts('Flag', ['true', 'false', '1', '0', ' true\n'])).toEqual(['ok']);
  expect(verdicts('Flag', ['TRUE', 'yes', '', '01', '\u00a0true'])).toEqual(['schema.boolean']);
});

test('binaries are base64 and counted in octets', () => {
  expect(verdicts('Binary', ['AA==', 'AAA=', 'AAAA', ' A A A A '])).toEqual(['ok']);
  expect(verdicts('Binary', ['AAAAAA==', ''])).toEqual(['schema.length']);
  expect(verdicts('Binary', ['A', 'AB==', 'AAA', 'AA-A', '====', 'AAAAA'])).toEqual(['schema.base64']);
});
