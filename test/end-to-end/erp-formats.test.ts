// A company whose ERP reads no XML: statements and history come as MT940, MT942 and a table, through the real daemon and bank.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { joined, readMessages, subfieldsOf } from '../erp/mt940/read-mt940.ts';
import { KNOWN_PROFILE, Office, PLN_ACCOUNT } from './support/office.ts';
import { CREDITOR, singlePayment } from './support/payment-file.ts';
import { removeFolder, startBank, temporaryFolder, until, type Bank } from './support/processes.ts';

let root: string;
let bank: Bank;
let office: Office;

beforeAll(async () => {
  root = await temporaryFolder();
  bank = await startBank(root, '--booking-delay', '500');
  const accounts = [{ iban: PLN_ACCOUNT, currency: 'PLN', collect: true }];
  const erp =
    '{ statements: [mt940, csv], history: [mt942], mt940: { dialect: angle, encoding: windows-1250, lineEnd: crlf } }';
  office = await Office.open(root, [{ bank, name: 'Bank', accounts, profile: KNOWN_PROFILE }], erp);
});

afterAll(async () => {
  await office.daemon.stop();
  await bank.service.stop();
  await removeFolder(root);
});

it('finds every statement as MT940 and as a table, and the camt in the archive', async () => {
  await until(
    'statements',
    async () => (await office.inbox()).filter((name) => name.endsWith('.sta')).length > 2,
  );
  const names = (await office.inbox()).filter((name) => name.endsWith('.sta'));
  for (const name of names) {
    const [message, ...others] = readMessages(textAt(name));
    expect(others).toEqual([]);
    expect(message?.fields.get('25')).toBe(PLN_ACCOUNT);
    expect(message?.closing?.day).toBe(/\d{4}-\d\d-\d\d/.exec(name)?.[0]);
    const opening = cents(message?.opening?.sign === 'D' ? '-' : '', message?.opening?.amount);
    const entries = (message?.entries ?? []).map(({ mark, amount }) =>
      cents(mark === 'D' || mark === 'RC' ? '-' : '', amount),
    );
    const closing = cents(message?.closing?.sign === 'D' ? '-' : '', message?.closing?.amount);
    expect(entries.reduce((sum, one) => sum + one, opening)).toBe(closing);
    const table = name.replace(/^mt940/, 'csv').replace(/sta$/, 'csv');
    await until(table, () => existsSync(join(root, 'inbox', table)));
    expect(readFileSync(join(root, 'inbox', table), 'utf8')).toMatch(/^\ufeffRodzaj;/);
    const camt = name.replace(/^mt940/, 'camt.053').replace(/sta$/, 'xml');
    expect((await office.archived()).some((path) => path.endsWith(camt))).toBe(true);
  }
  expect(
    (await office.inbox()).filter((name) => name.startsWith('camt.053') && name.endsWith('.xml')),
  ).toEqual([]);
});

it('finds its own transfer in an MT942, once, with payee, account and title', async () => {
  await office.drop('one.xml', singlePayment('formats'));
  expect(await office.finalStatus('one')).toContain('<GrpSts>ACSC</GrpSts>');
  const found = async () =>
    (await office.inbox())
      .filter((name) => name.endsWith('.mt942'))
      .flatMap((name) => readMessages(textAt(name)).flatMap(({ entries }) => entries))
      .filter((entry) => subfieldsOf(entry, '<').get('63') === 'E-formats');
  await until('the entry', async () => (await found()).length > 0);
  const [entry, ...others] = await found();
  expect(others).toEqual([]);
  expect(entry?.mark).toBe('D');
  const subfields = subfieldsOf(entry ?? never(), '<');
  expect(subfields.get('38')).toBe(CREDITOR);
  expect(joined(subfields, 20, 21, 22, 23, 24, 25)).not.toBe('');
  expect((await office.inbox()).filter((name) => /^camt\.052_.*_history_/.test(name))).toEqual([]);
});

function textAt(name: string): string {
  return new TextDecoder('windows-1250').decode(readFileSync(join(root, 'inbox', name)));
}

function cents(sign: string, amount = ''): bigint {
  return BigInt(`${sign}${amount.replace(',', '')}`);
}

function never(): never {
  throw new Error('There is no entry.');
}
