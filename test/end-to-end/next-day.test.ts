// A day ends between two starts: what was shown while it was not finished is not shown again when it is.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays, isBusinessDay } from '../../src/domain/calendar.ts';
import { KNOWN_PROFILE, Office, PLN_ACCOUNT } from './support/office.ts';
import { paymentFile, TODAY } from './support/payment-file.ts';
import { removeFolder, startBank, temporaryFolder, until, type Bank } from './support/processes.ts';

const DAY_MS = 86_400_000;

let root: string;
let bank: Bank;
let office: Office;

beforeAll(async () => {
  root = await temporaryFolder();
  bank = await startBank(root, '--booking-delay', '300');
  const accounts = [{ iban: PLN_ACCOUNT, currency: 'PLN', collect: true }];
  office = await Office.open(root, [{ bank, name: 'Bank', accounts, profile: KNOWN_PROFILE }]);
});

afterAll(async () => {
  await office.daemon.stop();
  await bank.service.stop();
  await removeFolder(root);
});

it('shows every entry once, two equal fees as two, and joins the finished day to the days before it', async () => {
  await office.drop('day.xml', paymentFile('M-day', [{ transfers: [{ id: 'E-day', amount: '31.41' }] }]));
  await bank.control.credit({ account: PLN_ACCOUNT, amount: '27.18', text: 'Incoming' });
  await bank.control.fee({ account: PLN_ACCOUNT, amount: '1.73' });
  await until('a first fee to be shown', async () => (await shown('1.73')) === 1);
  await bank.control.fee({ account: PLN_ACCOUNT, amount: '1.73' });
  await office.finalStatus('day');
  const all = { '31.41': 1, '27.18': 1, '1.73': 2 };
  await until('all of the day to be shown', async () => (await entries(all)) === JSON.stringify(all));
  await office.daemon.stop();
  await bank.service.stop();

  await bank.service.start(DAY_MS);
  await office.daemon.start(DAY_MS);
  // History is fetched before statements: when the statement of the day is there, its history has been gone through.
  const finished = isBusinessDay(TODAY) ? 'statement.delivered' : 'statement.none';
  await until(`${finished} of ${TODAY}`, () => said(finished, TODAY));
  await bank.control.fee({ account: PLN_ACCOUNT, amount: '1.73' });
  await until('the fee of the next day', async () => (await shown('1.73')) === 3);

  expect(await entries(all)).toBe(JSON.stringify({ ...all, '1.73': 3 }));
  expect(office.daemon.output).not.toContain('statement.flagged');
  const latest = (await historyFiles()).at(-1) ?? '';
  expect(latest).toContain(`camt.052_${addDays(TODAY, 1)}_`);
  if (isBusinessDay(TODAY)) {
    const statement = await office.read(`camt.053_${TODAY}_${PLN_ACCOUNT}_statement.xml`);
    for (const [amount, count] of Object.entries(all))
      expect(statement.split(`>${amount}</Amt>`)).toHaveLength(count + 1);
  }
});

function said(event: string, day: string): boolean {
  return office.daemon.output.split('\n').some((line) => line.includes(event) && line.includes(`day=${day}`));
}

async function historyFiles(): Promise<string[]> {
  return (await office.inbox()).filter((name) => name.includes('_history_'));
}

/** How often the ERP was shown an entry of this amount. */
async function shown(amount: string): Promise<number> {
  const texts = await Promise.all((await historyFiles()).map((name) => office.read(name)));
  return texts.reduce((count, text) => count + text.split(`>${amount}</Amt>`).length - 1, 0);
}

async function entries(of: Readonly<Record<string, number>>): Promise<string> {
  const counts = await Promise.all(
    Object.keys(of).map(async (amount) => [amount, await shown(amount)] as const),
  );
  return JSON.stringify(Object.fromEntries(counts));
}
