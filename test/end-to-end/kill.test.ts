// The daemon is killed at every moment of an order's life, and started again: the bank has executed once, the ERP has one
// final answer, every file is in its place, every entry was shown once.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KNOWN_PROFILE, Office, PLN_ACCOUNT } from './support/office.ts';
import { paymentFile } from './support/payment-file.ts';
import { removeFolder, startBank, temporaryFolder, until, type Bank } from './support/processes.ts';

/** Log lines that stand right after (or before) an instant that commits something. */
const MOMENTS: readonly (readonly [string, RegExp])[] = [
  ['claimed', /order\.claimed/],
  ['planned', /order\.planned/],
  ['prepared', /submission\.prepared/],
  ['started', /submission\.started/],
  ['answered', /submission\.answered/],
  ['status', /submission\.status/],
  ['told', /order\.told .*final=false/],
  ['told-last', /order\.told .*final=true/],
  ['closed', /order\.closed/],
  ['history', /history\.delivered/],
];

let root: string;
let bank: Bank;
let office: Office;
const dropped: { readonly stem: string; readonly amount: string }[] = [];

beforeAll(async () => {
  root = await temporaryFolder();
  bank = await startBank(root, '--booking-delay', '400');
  office = await Office.open(root, [
    {
      bank,
      name: 'Bank',
      accounts: [{ iban: PLN_ACCOUNT, currency: 'PLN', collect: true }],
      profile: KNOWN_PROFILE,
    },
  ]);
});

afterAll(async () => {
  await office.daemon.stop();
  await bank.service.stop();
  await removeFolder(root);
});

describe('A daemon killed', () => {
  for (const [name, pattern] of MOMENTS) {
    it(`at the moment "${name}" goes on after its restart as if nothing had been`, async () => {
      const gone = office.daemon.killAt(pattern);
      const stem = await drop(name);
      await gone;
      await office.daemon.start();
      await settledOnce(stem);
    });
  }

  it('while the bank holds its answer asks, and pays once', async () => {
    await bank.control.mood({ mood: 'slow', times: 1, ms: 700, on: ['order'] });
    const gone = office.daemon.killAt(/submission\.started/);
    const stem = await drop('slow');
    await gone;
    await office.daemon.start();
    await settledOnce(stem);
  });

  it('again and again while files keep coming loses none and pays none twice', async () => {
    const stems: string[] = [];
    for (let round = 0; round < 6; round += 1) {
      stems.push(await drop(`again-${round}-a`), await drop(`again-${round}-b`));
      await new Promise((resolve) => setTimeout(resolve, 60 + 130 * round));
      await office.daemon.kill();
      if (round === 3) {
        await bank.service.kill();
        await bank.service.start();
      }
      await office.daemon.start();
    }
    for (const stem of stems) await settledOnce(stem);
  });

  it('leaves every file in its place and shows every entry once', async () => {
    await until(
      'everything to be closed',
      async () => (await office.working()).length === 0 && (await office.spooled()).length === 0,
    );
    const shown = async (amount: string): Promise<number> => {
      const names = (await office.inbox()).filter((name) => name.includes('_history_'));
      const texts = await Promise.all(names.map((name) => office.read(name)));
      return texts.reduce((count, text) => count + text.split(`>${amount}</Amt>`).length - 1, 0);
    };
    for (const { amount } of dropped)
      await until(`the entry of ${amount}`, async () => (await shown(amount)) > 0);
    for (const { stem, amount } of dropped) {
      expect(await shown(amount), amount).toBe(1);
      const sources = (await office.archived()).filter((path) => path.endsWith(`erp_${stem}.xml`));
      expect(sources, stem).toHaveLength(1);
    }
    await office.daemon.stop();
    const unfinished = readdirSync(join(root, 'inbox')).filter(
      (name) => name.startsWith('.') && name !== '.goniec',
    );
    expect(unfinished).toEqual([]);
  });
});

async function drop(name: string): Promise<string> {
  const stem = `kill-${name}`;
  const amount = `1${dropped.length.toString().padStart(2, '0')}.37`;
  dropped.push({ stem, amount });
  await office.drop(
    `${stem}.xml`,
    paymentFile(`M-${stem}`, [{ transfers: [{ id: `E-${stem}`.slice(0, 32), amount }] }]),
  );
  return stem;
}

async function settledOnce(stem: string): Promise<void> {
  expect(await office.finalStatus(stem)).toContain('<GrpSts>ACSC</GrpSts>');
  expect(office.executions().get(`E-${stem}`.slice(0, 32))).toBe(1);
  expect((await office.toldAbout(stem)).filter((name) => name.endsWith('-final.xml'))).toHaveLength(1);
}
