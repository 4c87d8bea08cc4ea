// An administrator's first day: init, the bank's certificates for our requests, check, start, and a payment that settles.

import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readLedger } from '../../src/sandbox/read-ledger.ts';
import { EUR_ACCOUNT, PLN_ACCOUNT } from './support/office.ts';
import { singlePayment } from './support/payment-file.ts';
import {
  goniec,
  removeFolder,
  Service,
  startBank,
  temporaryFolder,
  until,
  type Bank,
} from './support/processes.ts';

let root: string;
let bank: Bank | undefined;
let daemon: Service | undefined;
afterEach(async () => {
  await daemon?.stop();
  await bank?.service.stop();
  await removeFolder(root);
});

test('an installation that init has made pays, once the bank has answered its requests', async () => {
  root = await temporaryFolder();
  bank = await startBank(root);
  const home = join(root, 'home');
  const config = join(home, 'config', 'goniec.yaml');
  const made = await goniec(
    ...['init', home, '--company', 'Nowa Firma', '--dialect', 'bnp', '--signing', 'goniec'],
    ...[
      '--url',
      `https://localhost:${bank.port}/bnpp-cdc/cdc00101`,
      '--bank-ca',
      join(bank.folder, 'ca.pem'),
    ],
    ...['--account', PLN_ACCOUNT, '--account', `${EUR_ACCOUNT}:EUR`],
  );
  expect(made.code, made.output).toBe(0);
  const early = await goniec('check', '--config', config);
  expect(early.code).toBe(5);
  expect(early.output.match(/is not there yet/g)).toHaveLength(2);
  expect((await goniec('start', '--config', config)).code).toBe(3);

  const keys = join(home, 'config', 'keys');
  for (const purpose of ['communication', 'authorization']) {
    const [request, out] = [join(keys, `${purpose}.csr`), join(keys, `${purpose}.pem`)];
    const certified = await goniec(
      'sandbox',
      'certify',
      request,
      '--as',
      purpose,
      '--out',
      out,
      '--folder',
      bank.folder,
    );
    expect(certified.code, certified.output).toBe(0);
  }
  await bank.service.stop();
  await bank.service.start();
  const ready = await goniec('check', '--config', config);
  expect(ready.output).toContain('Everything is ready.');

  // A person who does not want to wait: outcomes are asked for after 30 seconds otherwise.
  await writeFile(
    config,
    (await readFile(config, 'utf8')).replace(/^ {4}profile:/m, '    follow: { firstAsk: 1s }\n$&'),
  );
  daemon = new Service(['start', '--config', config], /daemon\.started/);
  await daemon.start();
  await writeFile(join(home, 'outbox', 'first.xml.tmp'), singlePayment('first'));
  await rename(join(home, 'outbox', 'first.xml.tmp'), join(home, 'outbox', 'first.xml'));
  const ledger = (): string[] =>
    readLedger(bank?.folder ?? '').executions.map(({ endToEndId }) => endToEndId);
  await until('the payment to be told as settled', async () =>
    (await readdir(join(home, 'inbox'))).some((name) => name.endsWith('-final.xml')),
  );
  const story = await goniec('show', 'first.xml', '--config', config);
  expect(story.output).toContain('settled');
  expect(ledger()).toEqual(['E-first']);
}, 180_000);
