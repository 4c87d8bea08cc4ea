// What a person gets by mail from the real daemon, through a mail server that is away and a daemon that is killed.

import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { headersOf, newIdentity, SmtpServer, textOf } from '../operations/alerts/smtp-server.ts';
import { Office, PLN_ACCOUNT } from './support/office.ts';
import { singlePayment } from './support/payment-file.ts';
import { freePort, goniec, removeFolder, startBank, temporaryFolder, until } from './support/processes.ts';

const folders: string[] = [];
const services: { kill(): Promise<void> }[] = [];
const servers: SmtpServer[] = [];

afterEach(async () => {
  for (const service of services.splice(0)) await service.kill();
  for (const server of servers.splice(0)) await server.stop();
  for (const folder of folders.splice(0)) await removeFolder(folder);
});

it('a held payment is told once, though the mail server was away and the daemon was killed, and once when it is decided', async () => {
  const root = await temporaryFolder();
  folders.push(root);
  const identity = await newIdentity();
  await writeFile(join(root, 'mail-ca.pem'), identity.authority);
  await writeFile(join(root, 'mail-password'), 'right\n');
  const port = await freePort();
  const bank = await startBank(root, '--booking-delay', '300');
  const line = {
    bank,
    name: 'Bank',
    accounts: [{ iban: PLN_ACCOUNT, currency: 'PLN' }],
    follow: '{ firstAsk: 300ms, askEveryMax: 500ms, inDoubtHoldAfter: 3s }',
    answerTimeout: '1s',
  };
  const alerts = `
alerts:
  diskFreeMin: 1MB
  mail:
    to: [treasury@example.com]
    from: goniec@example.com
    host: 127.0.0.1
    port: ${port}
    ca: ../mail-ca.pem
    user: goniec
    password: { file: ../mail-password }
`;
  const office = await Office.open(root, [line], '{}', alerts);
  services.push(office.daemon, bank.service);
  await bank.control.mood({ mood: 'loses-answer', times: 1 });
  await bank.control.mood({ mood: 'not-found-then-found', ms: 3_600_000 });
  await office.drop('wages.xml', singlePayment('wages'));
  await until('the mail to fail', () => office.daemon.output.includes('alert.not-sent'), 40_000);

  const unsent = await goniec('alerts', 'test', '--config', office.config);
  expect(unsent.code).toBe(5);
  expect(unsent.output).toMatch(/^FAILED {3}mail treasury@example\.com: .*ECONNREFUSED/);
  expect((await goniec('check', '--config', office.config)).output).toMatch(
    /PROBLEM {2}alerts, mail treasury/,
  );

  await office.daemon.kill();
  const server = await SmtpServer.start(identity, { password: 'right' }, port);
  servers.push(server);
  expect((await goniec('check', '--config', office.config)).output).toMatch(/ok {7}alerts, mail treasury/);
  expect(server.received).toEqual([]);
  await office.daemon.start();
  await until('the mail', () => server.received.length > 0, 30_000);
  const [held] = server.received;
  if (held === undefined) throw new Error('nothing came');
  if (process.env.SHOW_PAGES) process.stderr.write(`${headersOf(held).join('\n')}\n\n${textOf(held)}`);
  const text = textOf(held);
  expect(headersOf(held).find((header) => header.startsWith('Subject:'))).toMatch(
    /held: wages\.xml, 1 transfer/,
  );
  expect(text).toContain('sum 10.00 from PL60…0001');
  expect(text).not.toContain(PLN_ACCOUNT);
  const command = /goniec release (\S+) --as settled/.exec(text);
  const message = command?.[1] ?? '';

  await goniec(
    'release',
    message,
    '--as',
    'settled',
    '--reason',
    'seen in the e-bank',
    '--config',
    office.config,
  );
  await until('the all-clear', () => server.received.length > 1, 30_000);
  expect(server.received.map((mail) => textOf(mail).split('\r\n')[0])).toEqual([
    expect.stringMatching(/^held: wages\.xml/),
    expect.stringMatching(/^OVER: held: wages\.xml/),
  ]);

  await until('it to be on record', () => office.daemon.output.split('alert.sent').length > 2);
  await office.daemon.kill();
  await office.daemon.start();
  const tested = await goniec('alerts', 'test', '--config', office.config);
  expect([tested.code, tested.output]).toEqual([
    0,
    expect.stringMatching(/^sent {5}mail treasury@example\.com: 250/),
  ]);
  await until('another look', () => office.daemon.output.includes('daemon.started'));
  expect(server.received).toHaveLength(3);
});

it('a start that is refused is told, and that it works again', async () => {
  const root = await temporaryFolder();
  folders.push(root);
  const identity = await newIdentity();
  await writeFile(join(root, 'mail-ca.pem'), identity.authority);
  const server = await SmtpServer.start(identity);
  servers.push(server);
  const bank = await startBank(root);
  const line = { bank, name: 'Bank', accounts: [{ iban: PLN_ACCOUNT, currency: 'PLN' }] };
  const alerts = `
alerts:
  diskFreeMin: 1MB
  mail:
    to: [treasury@example.com]
    from: goniec@example.com
    host: 127.0.0.1
    port: ${server.port}
    ca: ../mail-ca.pem
`;
  const office = await Office.open(root, [line], '{}', alerts);
  services.push(office.daemon, bank.service);
  await office.daemon.kill();
  const head = join(root, 'state', 'journal.head');
  await rename(head, `${head}.away`);
  for (let times = 0; times < 2; times++)
    expect((await goniec('start', '--config', office.config)).code).toBe(4);
  expect(server.received).toHaveLength(1);
  const [stopped] = server.received;
  expect(stopped && textOf(stopped)).toMatch(/^Goniec has stopped: nothing is sent or fetched/);
  await rename(`${head}.away`, head);
  await office.daemon.start();
  await until('the all-clear', () => server.received.length > 1, 30_000);
  expect(server.received.slice(1).map(textOf).join('')).toMatch(/^OVER: Goniec has stopped/);
});
