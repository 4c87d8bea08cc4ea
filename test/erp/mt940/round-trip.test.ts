// Any statement through MT940 keeps every amount, date, sign, account and title that the format can hold.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/domain/calendar.ts';
import { ibanFault } from '../../../src/domain/iban.ts';
import type { Mt940Dialect } from '../../../src/domain/erp-formats.ts';
import { camt053, type SketchedEntry } from '../account-file/sketched-camt.ts';
import { written } from '../account-file/written.ts';
import { CAMT_ALONE } from '../formats-wanted.ts';
import { joined, readMessages, subfieldsOf } from './read-mt940.ts';

const SEPARATORS: Readonly<Record<Mt940Dialect, string>> = { tilde: '~', angle: '<', swift: '?' };

const amount = fc
  .tuple(fc.bigInt({ min: 0n, max: 99_999_999_999n }), fc.constantFrom(0, 1, 2, 5))
  .map(([units, decimals]) =>
    decimals === 0
      ? `${units}`
      : `${units / 10n ** BigInt(decimals)}.${`${units % 10n ** BigInt(decimals)}`.padStart(decimals, '0')}`,
  );
const day = fc.integer({ min: 0, max: 30_000 }).map((days) => addDays('1990-01-01', days));
const title = fc
  .string({ unit: fc.constantFrom(...'abcXYZ019ąćęłńóśźżŁŻ ./,-:+()#&"§;'), maxLength: 140 })
  .map((text) => text.replace(/ +/g, ' ').trim());
const account = fc.stringMatching(/^\d{24}$/).map((digits) => {
  const check = 98n - (BigInt(`${digits}252100`) % 97n);
  return `PL${check.toString().padStart(2, '0')}${digits}`;
});
const entry = fc.record({
  amount,
  direction: fc.constantFrom('CRDT', 'DBIT'),
  reversal: fc.boolean(),
  bookingDay: day,
  apart: fc.integer({ min: -180, max: 180 }),
  title,
  account,
  bankReference: fc.option(fc.stringMatching(/^[A-Z0-9]{1,16}$/), { nil: undefined }),
  endToEndId: fc.option(fc.stringMatching(/^[A-Z0-9]{1,35}$/), { nil: undefined }),
});
const statement = fc.record({
  opening: fc.tuple(fc.boolean(), amount),
  closing: fc.tuple(fc.boolean(), amount),
  day,
  entries: fc.array(entry, { maxLength: 8 }),
});

describe('Any statement through MT940', () => {
  it.each(['tilde', 'angle', 'swift'] as const)('in the dialect %s says the same', async (dialect) => {
    await fc.assert(
      fc.asyncProperty(
        statement,
        fc.constantFrom('windows-1250', 'iso-8859-2', 'utf-8'),
        async (one, encoding) => {
          const entries = one.entries.map(({ apart, ...rest }) => ({
            ...rest,
            valueDay: addDays(rest.bookingDay, apart),
          }));
          const balances = [
            ['OPBD', signed(one.opening), one.day],
            ['CLBD', signed(one.closing), one.day],
          ] as const;
          const mt940 = { dialect, encoding, lineEnd: 'crlf' } as const;
          const file = await written(camt053({ balances, entries }), 'mt940', { ...CAMT_ALONE, mt940 });
          if (file.kind === 'impossible') throw new Error(file.reasons.join('\n'));
          const [message, ...others] = readMessages(
            new TextDecoder(encoding, { fatal: true }).decode(file.bytes),
          );
          expect(others).toEqual([]);
          expect([message?.opening?.day, message?.closing?.day]).toEqual([one.day, one.day]);
          expect(
            [message?.opening, message?.closing].map((balance) =>
              numberOf(balance?.sign === 'D', balance?.amount),
            ),
          ).toEqual([one.opening, one.closing].map(([debit, text]) => numberOf(debit, text)));
          expect(message?.entries.map((read) => readAs(read, dialect))).toEqual(
            entries.map((each) => meantAs(each, dialect)),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is tried with accounts that are valid', () => {
    fc.assert(fc.property(account, (iban) => ibanFault(iban) === undefined));
  });
});

function readAs(
  read: ReturnType<typeof readMessages>[number]['entries'][number],
  dialect: Mt940Dialect,
): Record<string, unknown> {
  const subfields = subfieldsOf(read, SEPARATORS[dialect]);
  return {
    days: [read.bookingDay, read.valueDay],
    mark: read.mark,
    amount: numberOf(false, read.amount),
    title: joined(subfields, 20, 21, 22, 23, 24, 25),
    account: subfields.get(dialect === 'swift' ? '31' : '38'),
    bankReference: read.bankReference,
    endToEndId: dialect === 'swift' ? '' : (subfields.get('63') ?? ''),
  };
}

function meantAs(entry: SketchedEntry, dialect: Mt940Dialect): Record<string, unknown> {
  const plain = entry.direction === 'CRDT' ? 'C' : 'D';
  return {
    days: [entry.bookingDay, entry.valueDay],
    mark: entry.reversal === true ? `R${plain === 'C' ? 'D' : 'C'}` : plain,
    amount: numberOf(false, entry.amount),
    title: entry.title,
    account: entry.account,
    bankReference: entry.bankReference ?? '',
    endToEndId: dialect === 'swift' ? '' : (entry.endToEndId ?? ''),
  };
}

function signed([isDebit, text]: readonly [boolean, string]): string {
  return isDebit ? `-${text}` : text;
}

/** In hundred-thousandths, exactly. */
function numberOf(isNegative: boolean, text = ''): bigint {
  const [whole = '', fraction = ''] = text.split(/[.,]/);
  const units = BigInt(whole + fraction.padEnd(5, '0').slice(0, 5));
  return isNegative ? -units : units;
}
