// Payment files that nobody here wrote, through the real daemon and the real sandbox bank.

import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KNOWN_PROFILE, Office } from '../end-to-end/support/office.ts';
import { TODAY } from '../end-to-end/support/payment-file.ts';
import { removeFolder, startBank, temporaryFolder, type Bank } from '../end-to-end/support/processes.ts';
import { sharedFolder } from '../iso20022/support/xmllint.ts';

const samples = join(sharedFolder, 'samples', 'pain.001');
const missing = !existsSync(samples);
const DEBTORS = ['NL02ABNA0123456789', 'NL28INGB0000000001', 'DE87200500001234567890'];
/** The faults these files really have, by the rules that name them. */
const FAULTY: Readonly<Record<string, readonly string[]>> = {
  bankstatementparser: ['rule.count', 'rule.control-sum', 'rule.repeated-id'],
  'moov-international-usd': ['rule.iban'],
  'moov-sepa': ['rule.iban'],
  'multiple-pmtinf': ['rule.iban', 'rule.count', 'rule.repeated-id'],
  'pain001-v09': ['rule.count'],
};

describe.skipIf(missing)(
  `sample files of others${missing ? ' (skipped: there is no ../shared)' : ''}`,
  () => {
    let root: string;
    let bank: Bank;
    let office: Office;

    beforeAll(async () => {
      root = await temporaryFolder();
      const seeds = DEBTORS.map((iban) => ({
        iban,
        currency: 'EUR',
        owner: 'Debtor',
        openingBalance: '100000.00',
      }));
      await writeFile(join(root, 'accounts.json'), JSON.stringify(seeds));
      bank = await startBank(root, '--booking-delay', '500', '--accounts', join(root, 'accounts.json'));
      const accounts = DEBTORS.map((iban) => ({ iban, currency: 'EUR' }));
      const rules = '{ textCharacters: any, endToEndIdPattern: any, endToEndIdMaxLength: 35 }';
      office = await Office.open(root, [
        { bank, name: 'Bank', dialect: 'ing', accounts, profile: KNOWN_PROFILE, rules },
      ]);
    });

    afterAll(async () => {
      await office.daemon.stop();
      await bank.service.stop();
      await removeFolder(root);
    });

    it.each(['abn-nl', 'ing-nl', 'sepa-king'])('%s, for execution today, ends settled', async (name) => {
      const file = sample(name).replace(/<ReqdExctnDt>[^<]+</g, `<ReqdExctnDt>${TODAY}<`);
      await office.drop(`${name}.xml`, file);
      const status = await office.finalStatus(name);
      expect(status).toContain('<GrpSts>ACSC</GrpSts>');
      for (const [, id] of file.matchAll(/<EndToEndId>([^<]+)</g))
        expect(office.executions().get(id ?? ''), id).toBe(1);
    });

    it.each(Object.keys(FAULTY))(
      '%s is refused for the faults it really has, each with its line',
      async (name) => {
        await office.drop(`${name}.xml`, sample(name));
        const status = (await office.finalStatus(name)).replace(/<\/AddtlInf>\s*<AddtlInf>/g, '');
        expect(status).toContain('<GrpSts>RJCT</GrpSts>');
        for (const rule of FAULTY[name] ?? [])
          expect(status).toMatch(new RegExp(`Line \\d+, [^<]*\\(${rule}\\)`));
      },
    );

    function sample(name: string): string {
      return readFileSync(join(samples, `${name}.xml`), 'utf8');
    }
  },
);
