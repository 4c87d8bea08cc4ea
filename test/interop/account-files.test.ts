// Statements that nobody here wrote, written as MT940, MT942 and tables; and code pages that Python knows by itself.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  formatDecimal,
  negate,
  parseDecimal,
  ZERO,
  type Decimal,
} from '../../src/domain/decimal.ts';
import { codePage } from '../../src/erp/text/code-pages.ts';
import { written } from '../erp/account-file/written.ts';
import { readMessages, type ReadBalance } from '../erp/mt940/read-mt940.ts';
import { sharedFolder } from '../iso20022/support/xmllint.ts';

const samples = join(sharedFolder, 'samples');
const missing = !existsSync(samples);
/** What these really can not be written as MT940 for; all others are written. */
const REASONS: Readonly<Record<string, RegExp>> = {
  'camt053.v2.minimal.xml': /is in SEK, the opening balance in EUR/,
  'camt053.v2.wrong.xml': /neither a camt\.053\.001\.02/,
  'camt053.v8.xml': /neither a camt\.053\.001\.02/,
  'camt053_duplicate_same_day.xml': /no opening booked balance/,
  'camt053_garbled_amount.xml': /Entry 1: Ntry\/Amt \(line 16\) is "12\.\.34"/,
};
/** Their balances do not follow from their entries. */
const DO_NOT_ADD_UP = [
  'camt053.v2.all-balance-types.xml',
  'camt053.v2.five.decimals.xml',
  'viafintech-batch.xml',
];

describe.skipIf(missing)(`statements of others${missing ? ' (skipped: there is no ../shared)' : ''}`, () => {
  it.each(missing ? [] : readdirSync(join(samples, 'camt.053')))(
    '%s is written as MT940, or told to be impossible for its reason',
    async (name) => {
      const text = readFileSync(join(samples, 'camt.053', name), 'utf8');
      const file = await written(text, 'mt940');
      const reason = REASONS[name];
      if (reason !== undefined) expect(file.kind === 'impossible' && file.reasons.join('\n')).toMatch(reason);
      else if (file.kind === 'impossible') throw new Error(file.reasons.join('\n'));
      else expectSound(name, text, file.bytes.toString('latin1'));
    },
  );
});

/** As many entries as the bank has, and balances that they join. */
function expectSound(name: string, camt: string, mt940: string): void {
  const messages = readMessages(mt940);
  expect(messages.flatMap(({ entries }) => entries).length).toBe(camt.match(/<(?:\w+:)?Ntry>/g)?.length ?? 0);
  if (DO_NOT_ADD_UP.includes(name)) return;
  for (const { opening, closing, entries } of messages) {
    const sum = entries.reduce(
      (total, { mark, amount }) => addDecimals(total, signed(mark === 'D' || mark === 'RC', amount)),
      balance(opening),
    );
    expect(formatDecimal(sum)).toBe(formatDecimal(balance(closing)));
  }
}

function balance(read: ReadBalance | undefined): Decimal {
  return signed(read?.sign === 'D', read?.amount);
}

function signed(isDebit: boolean, text = ''): Decimal {
  const amount = parseDecimal(text.replace(',', '.')) ?? ZERO;
  return isDebit ? negate(amount) : amount;
}

describe('Code pages', () => {
  it.each([
    ['cp852', 'cp852'],
    ['windows-1250', 'cp1250'],
    ['iso-8859-2', 'iso8859_2'],
  ] as const)('%s is that of Python', (encoding, name) => {
    const python = execFileSync('python3', [
      '-c',
      `import sys; sys.stdout.buffer.write(bytes(range(160, 256)).decode("${name}").encode("utf-8"))`,
    ]);
    const text = python.toString('utf8');
    expect([...codePage(encoding).encode(text)]).toEqual(
      Array.from({ length: 96 }, (_, index) => 160 + index),
    );
  });
});
