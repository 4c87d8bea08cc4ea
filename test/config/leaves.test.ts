import { expect, test } from 'vitest';
import * as domain from '../../src/config/domain-leaves.ts';
import { Refusal, type Leaf } from '../../src/config/keys.ts';
import * as plain from '../../src/config/leaves.ts';
import { duration, size } from '../../src/config/quantities.ts';

/** The value, or "refused". */
function take<T>(leaf: Leaf<T>, value: unknown): T | 'refused' {
  const read = leaf.read(value);
  return read instanceof Refusal ? 'refused' : read;
}

test.each([
  ['500ms', 500],
  ['30s', 30_000],
  ['15m', 900_000],
  ['2h', 7_200_000],
  ['5d', 432_000_000],
  ['0s', 0],
])('%s is a duration of %d milliseconds', (written, expected) => {
  expect(take(duration('0s', '5d'), written)).toBe(expected);
});

test.each([
  ['30'],
  [30],
  ['30 sec'],
  ['1.5h'],
  ['-1s'],
  ['1h30m'],
  ['6d'],
  [''],
  [true],
  ['1S'],
  ['1constructor'],
])('%s is not a duration within 0s and 5d', (written) => {
  expect(take(duration('0s', '5d'), written)).toBe('refused');
});

test('sizes count in thousands, and in 1024s where the unit has an i', () => {
  const any = size('1B', '5GB');
  expect(['300MB', '1MiB', '64 KB', '5GB'].map((written) => take(any, written))).toEqual([
    300_000_000, 1_048_576, 64_000, 5_000_000_000,
  ]);
  expect(['300mb', '6GB', 300, '300M'].map((written) => take(any, written))).toEqual(
    Array(4).fill('refused'),
  );
});

test('whole numbers keep their bounds and their kind', () => {
  const few = plain.whole(1, 5);
  expect([1, 5].map((value) => take(few, value))).toEqual([1, 5]);
  expect([0, 6, 2.5, '2', Number.NaN, true].map((value) => take(few, value))).toEqual(
    Array(6).fill('refused'),
  );
});

test('yes and no are not taken for true and false', () => {
  expect(['yes', 'no', 'true', 1].map((value) => take(plain.yesOrNo, value))).toEqual(
    Array(4).fill('refused'),
  );
  expect(take(plain.yesOrNo, false)).toBe(false);
});

test('a name may be Polish but can not hide anything', () => {
  expect(take(plain.name, 'Wytwórnia Łódź Sp. z o.o.')).toBe('Wytwórnia Łódź Sp. z o.o.');
  expect(
    ['', ' a', 'a ', 'a/b', '../x', 'a\u202eb', 'x'.repeat(65), 7].map((value) => take(plain.name, value)),
  ).toEqual(Array(8).fill('refused'));
});

test('a text can not hold what can not be seen', () => {
  expect(take(plain.text(10), 'a\u200bb')).toBe('refused');
  expect(take(plain.text(10), '12345678901')).toBe('refused');
});

test('an account number is checked and written in electronic form', () => {
  expect(take(domain.iban, 'PL60 1600 1462 0000 0000 0000 0001')).toBe('PL60160014620000000000000001');
  expect(take(domain.iban, '60 1600 1462 0000 0000 0000 0001')).toBe('PL60160014620000000000000001');
  expect(
    ['PL61160014620000000000000001', 'PL60', 6.016e25, ''].map((value) => take(domain.iban, value)),
  ).toEqual(Array(4).fill('refused'));
});

test('currencies, days and time zones must exist', () => {
  expect([take(domain.currency, 'PLN'), take(domain.currency, 'pln'), take(domain.currency, 'QQQ')]).toEqual([
    'PLN',
    'refused',
    'refused',
  ]);
  expect([
    take(domain.isoDate, '2028-02-29'),
    take(domain.isoDate, '2026-02-29'),
    take(domain.isoDate, '2026-2-1'),
  ]).toEqual(['2028-02-29', 'refused', 'refused']);
  expect([take(domain.timeZone, 'Europe/Warsaw'), take(domain.timeZone, 'Europe/Warszawa')]).toEqual([
    'Europe/Warsaw',
    'refused',
  ]);
});

test('an address is https and holds no password', () => {
  expect(take(domain.httpsUrl, 'https://bank.example:8443/x')).toBe('https://bank.example:8443/x');
  expect(
    ['http://bank.example', 'bank.example', 'https://a:b@bank.example', 7].map((value) =>
      take(domain.httpsUrl, value),
    ),
  ).toEqual(Array(4).fill('refused'));
});

test('a refusal of an address does not repeat the password in it', () => {
  const refusal = domain.httpsUrl.read('https://user:hunter2@bank.example');
  expect(JSON.stringify(refusal)).not.toContain('hunter2');
});

test('a pattern must be a regular expression', () => {
  expect(take(domain.patternOrAny, '[A-Z]+')).toBe('[A-Z]+');
  expect(take(domain.patternOrAny, 'any')).toBe('any');
  expect(take(domain.patternOrAny, '[A-Z')).toBe('refused');
});

test('an amount is exact and has a currency in use', () => {
  expect(take(domain.amount, '1250.50 EUR')).toEqual({
    amount: { coefficient: 125_050n, scale: 2 },
    currency: 'EUR',
  });
  for (const written of ['50000', 50_000, '50 000 PLN', '-1 PLN', '1,50 PLN', '50 PLZ', '1e3 PLN'])
    expect(take(domain.amount, written)).toBe('refused');
});
