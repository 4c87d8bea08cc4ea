// What a key can hold in the words of banking and operations: account numbers, currencies, days, zones, addresses, secrets.

import { isDay } from '../domain/calendar.ts';
import { parseDecimal, type Money } from '../domain/decimal.ts';
import { asIban, ibanFault } from '../domain/iban.ts';
import { Refusal, type Leaf } from './keys.ts';
import { notText, shown, textLike } from './leaves.ts';
import type { SecretRef } from './settings.ts';

/** An account number in electronic form; spaces are taken out, and a bare Polish NRB gets its country letters. */
export const iban: Leaf<string> = {
  kind: 'IBAN, spaces allowed',
  read(value) {
    if (typeof value === 'number') {
      return new Refusal(
        'is a number, and its digits would be lost',
        'Put the country letters in front or write it in quotes.',
      );
    }
    if (typeof value !== 'string') return notText(value);
    const number = asIban(value);
    const fault = ibanFault(number);
    return fault === undefined
      ? number
      : new Refusal(`${shown(value)} ${fault}`, 'Copy the account number again.');
  },
};

/** ISO 4217 code of a currency in use. */
export const currency: Leaf<string> = {
  kind: 'ISO 4217 currency',
  read: (value) =>
    Intl.supportedValuesOf('currency').includes(value as string)
      ? (value as string)
      : new Refusal(
          `is ${shown(value)}, not a currency`,
          'Write the three capital letters of ISO 4217, such as PLN or EUR.',
        ),
};

/** An amount of money, exact: `50000 PLN`, `1250.50 EUR`. */
export const amount: Leaf<Money> = {
  kind: 'amount with its currency, such as 50000 PLN',
  read(value) {
    const [, digits = '', code] =
      typeof value === 'string' ? (/^(\d{1,15}(?:\.\d{1,5})?) ([A-Z]{3})$/.exec(value) ?? []) : [];
    const read = parseDecimal(digits);
    if (read === undefined || code === undefined)
      return new Refusal(`is ${shown(value)}, not an amount`, 'Write it as 50000 PLN or 1250.50 EUR.');
    const known = currency.read(code);
    return known instanceof Refusal ? known : { amount: read, currency: known };
  },
};

/** A day of the calendar as YYYY-MM-DD. */
export const isoDate: Leaf<string> = {
  kind: 'day as YYYY-MM-DD',
  read(value) {
    if (typeof value === 'string' && isDay(value)) return value;
    return new Refusal(
      `is ${shown(value)}, not a day of the calendar`,
      'Write it as YYYY-MM-DD, such as 2026-01-15.',
    );
  },
};

export const timeZone: Leaf<string> = {
  kind: 'IANA time zone',
  read: (value) =>
    typeof value === 'string' && isTimeZone(value)
      ? value
      : new Refusal(`is ${shown(value)}, not a known time zone`, 'Write an IANA name such as Europe/Warsaw.'),
};

/** Five or six fields of cron; whether they are right is asked of the scheduler when the file is loaded. */
export const cron: Leaf<string> = textLike(
  /^\S+(?: +\S+){4,5}$/,
  "a cron expression in quotes, such as '0 7-19 * * 1-5'",
);

/** A bank's address; never in the clear, and never with a password in it. */
export const httpsUrl: Leaf<string> = {
  kind: 'https address',
  read(value) {
    const url = typeof value === 'string' ? URL.parse(value) : null;
    if (url === null) return new Refusal('is not an address', 'Write it whole, starting with https://.');
    if (url.username !== '' || url.password !== '') {
      return new Refusal(
        'holds a user or a password',
        'Take them out: the bank knows us by our certificate.',
      );
    }
    if (url.protocol !== 'https:')
      return new Refusal(`starts with ${url.protocol}//`, 'Banks are spoken to over https:// only.');
    return value as string;
  },
};

/** Source of a regular expression with the `u` flag, or `any` to switch the rule off. */
export const patternOrAny: Leaf<string> = {
  kind: 'regular expression, or `any` to switch the rule off',
  read(value) {
    if (typeof value !== 'string' || value === '') return notText(value);
    try {
      new RegExp(value, 'u');
      return value;
    } catch {
      return new Refusal(
        'is not a regular expression',
        'Write one in single quotes (ECMAScript, flag u), or any.',
      );
    }
  },
};

/** Where a secret lies. A refusal never repeats what was found: it may be the secret itself. */
export const secret: Leaf<SecretRef> = {
  kind: '`{ env: NAME }` or `{ file: path }`',
  read(value) {
    const remedy =
      'Write { env: NAME } for a variable of the environment, or { file: path } for a file that holds nothing else.';
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return new Refusal(
        'is written in the file itself; secrets are only referred to',
        `${remedy} Then change the secret: it has been seen.`,
      );
    }
    const entries = Object.entries(value);
    const [key, where] = entries[0] ?? [];
    if (entries.length !== 1 || typeof where !== 'string')
      return new Refusal('does not say in one way where the secret lies', remedy);
    if (key === 'file' && where.trim() !== '') return { file: where };
    if (key === 'env' && /^[A-Za-z_][A-Za-z0-9_]*$/.test(where)) return { env: where };
    return new Refusal('does not say where the secret lies', remedy);
  },
};

/** A formatter knows the older names, too, but making the first one costs 9 MB, which most commands have no other need of. */
function isTimeZone(name: string): boolean {
  if (Intl.supportedValuesOf('timeZone').includes(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
