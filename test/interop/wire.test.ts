// Everything that really crosses the wire and everything written for the ERP, judged by programs and schemas of others.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  EUR_ACCOUNT,
  KNOWN_PROFILE,
  Office,
  OTHER_PLN_ACCOUNT,
  PLN_ACCOUNT,
} from '../end-to-end/support/office.ts';
import { paymentFile, singlePayment } from '../end-to-end/support/payment-file.ts';
import {
  goniec,
  removeFolder,
  startBank,
  temporaryFolder,
  until,
  type Bank,
} from '../end-to-end/support/processes.ts';
import { sharedFolder, whyNotHere } from '../iso20022/support/xmllint.ts';
import { listenInFrontOf, type ListeningProxy } from './support/listening-proxy.ts';

const hasXmlsec = spawnSync('xmlsec1', ['--version']).status === 0;
const reason = whyNotHere() ?? (hasXmlsec ? undefined : 'xmlsec1 is not installed');

describe.skipIf(reason !== undefined)(
  `the wire and the inbox${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let root: string;
    let bank: Bank;
    let office: Office;
    let proxy: ListeningProxy;

    beforeAll(async () => {
      root = await temporaryFolder();
      bank = await startBank(root, '--booking-delay', '500');
      proxy = await listenInFrontOf(bank);
      const accounts = [PLN_ACCOUNT, OTHER_PLN_ACCOUNT].map((iban) => ({
        iban,
        currency: 'PLN',
        collect: true,
      }));
      office = await Office.open(root, [
        {
          bank,
          name: 'Bank',
          accounts: [...accounts, { iban: EUR_ACCOUNT, currency: 'EUR' }],
          profile: KNOWN_PROFILE,
          port: proxy.port,
        },
      ]);
      const inside = { id: 'E-in', amount: '2.00', iban: OTHER_PLN_ACCOUNT };
      const rejected = { id: 'E-no', amount: '3.00', text: 'SANDBOX:RJCT' };
      await office.drop(
        'mixed.xml',
        paymentFile('M-mixed', [
          { transfers: [{ id: 'E-out', amount: '1.00' }, inside, rejected] },
          {
            debtor: EUR_ACCOUNT,
            transfers: [{ id: 'E-eu', amount: '4.00', currency: 'EUR', iban: 'DE89370400440532013000' }],
          },
        ]),
      );
      await office.drop('refused.xml', singlePayment('refused', { iban: 'PL55114000029900000000000023' }));
      await office.finalStatus('mixed');
      await office.finalStatus('refused');
      await goniec('fetch', 'balance', '--account', PLN_ACCOUNT, '--config', office.config);
      await until('a PDF', async () => (await office.inbox()).some((name) => name.endsWith('.pdf')));
    }, 120_000);

    afterAll(async () => {
      await office.daemon.stop();
      proxy.close();
      await bank.service.stop();
      await removeFolder(root);
    });

    it('sends only requests that the schemas of the service accept, of every kind', () => {
      const schema = join(sharedFolder, 'protocols', 'cdc-wsdl', 'bnp', 'cdc.001.01.xsd');
      const kinds = new Set<string>();
      const wrappers = proxy.bodies.map(({ soapAction, body }) => {
        kinds.add(/\/(\w+)"$/.exec(soapAction)?.[1] ?? soapAction);
        return /<(?:\w+:)?Body>([\s\S]*)<\/(?:\w+:)?Body>/.exec(body)?.[1] ?? '';
      });
      expect(invalid(schema, wrappers)).toBe('');
      for (const kind of [
        'DomesticTransfer',
        'InternalTransfer',
        'SEPATransfer',
        'GetPaymentStatusReport',
        'GetAccountBalance',
        'GetAccountReport',
        'GetIncrementalAccountReport',
        'GetStatement',
      ])
        expect([...kinds]).toContain(kind);
    });

    it('writes only ISO documents that the published schemas accept', async () => {
      const names = (await office.inbox()).filter((name) => name.endsWith('.xml'));
      for (const message of ['pain.002.001.03', 'camt.052.001.02', 'camt.053.001.02']) {
        const documents = await Promise.all(
          names.filter((name) => name.startsWith(message.slice(0, 8))).map((name) => office.read(name)),
        );
        expect(documents.length, message).toBeGreaterThan(0);
        expect(invalid(join(sharedFolder, 'iso20022-xsd', `${message}.xsd`), documents)).toBe('');
      }
    });

    it('signs orders so that xmlsec1 accepts them, and refuses them when a byte changes', () => {
      const orders = proxy.bodies.filter(({ soapAction }) => soapAction.endsWith('Transfer"'));
      expect(orders.length).toBeGreaterThan(2);
      for (const { body } of orders) {
        const wrapper = /<(?:\w+:)?Body>([\s\S]*)<\/(?:\w+:)?Body>/.exec(body)?.[1] ?? '';
        expect(verifies(wrapper)).toBe(true);
        expect(verifies(wrapper.replace(/(<InstdAmt[^>]*>)(\d)/, '$19'))).toBe(false);
      }
    });

    it('keeps in the archive the very bytes that were sent', async () => {
      const sent = new Set(proxy.bodies.map(({ body }) => body));
      const parts = (await office.archived()).filter((path) => /part-\d+\.xml$/.test(path));
      expect(parts.length).toBeGreaterThan(2);
      for (const part of parts) expect(sent.has(readFileSync(join(root, part), 'utf8')), part).toBe(true);
    });

    /** What xmllint has against these documents; empty when nothing. */
    function invalid(schema: string, documents: readonly string[]): string {
      const files = documents.map((document, index) => {
        const path = join(root, `document-${index}.xml`);
        writeFileSync(path, document);
        return path;
      });
      const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, ...files], {
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      });
      return status === 0
        ? ''
        : stderr
            .split('\n')
            .filter((line) => !line.endsWith(' validates'))
            .join('\n');
    }

    function verifies(wrapper: string): boolean {
      const path = join(root, 'wrapper.xml');
      writeFileSync(path, wrapper);
      const args = [
        '--verify',
        '--enabled-key-data',
        'x509',
        '--trusted-pem',
        join(bank.folder, 'ca.pem'),
        '--id-attr:Id',
        'http://uri.etsi.org/01903/v1.3.2#:SignedProperties',
        path,
      ];
      return spawnSync('xmlsec1', args).status === 0;
    }
  },
);
