// A share that is away, as a mount point without its share is: waited for and said once, while the other company works on; and a
// configuration that no longer fits what is open.

import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { KNOWN_PROFILE, Office, OTHER_PLN_ACCOUNT, PLN_ACCOUNT } from './support/office.ts';
import { singlePayment } from './support/payment-file.ts';
import { goniec, removeFolder, startBank, temporaryFolder, until, type Bank } from './support/processes.ts';

const folders: string[] = [];
const services: { kill(): Promise<void> }[] = [];

afterEach(async () => {
  for (const service of services.splice(0)) await service.kill();
  for (const folder of folders.splice(0)) await removeFolder(folder);
});

describe('A share that is away', () => {
  it('at the start or later is waited for, never filled in its place, while another company works on', async () => {
    const { office, bank, share } = await open();
    await bank.control.mood({ mood: 'slow', times: 2, ms: 1_500 });
    await dropFar(office, 'first');
    await until('the first to be sent', () => office.daemon.output.includes('submission.started'));
    await unmount(share);
    // What the bank answers meanwhile waits to be told, and the other company does not wait.
    await until('the share to be missed', () => office.daemon.output.includes('folder.away'));
    await office.drop('near.xml', singlePayment('near'));
    expect(await office.finalStatus('near')).toContain('<GrpSts>ACSC</GrpSts>');
    await missedOnce(office, 'inbox');
    expect(await filesBelow(share)).toEqual([]);
    const { code, output } = await goniec('status', '--config', office.config);
    expect(code).toBe(5);
    expect(output).toMatch(/GONE +The outbox of Far, .*share\/outbox, is not there/);

    await office.daemon.stop();
    await office.daemon.start();
    await office.drop('near-2.xml', singlePayment('near-2'));
    expect(await office.finalStatus('near-2')).toContain('<GrpSts>ACSC</GrpSts>');
    expect(await filesBelow(share)).toEqual([]);

    await mount(share);
    await dropFar(office, 'second');
    for (const name of ['first', 'second'])
      await until(`the end of ${name}`, async () =>
        (await readdir(join(share, 'inbox'))).some(
          (file) => file.includes(`_${name}_`) && file.includes('final'),
        ),
      );
    expect(office.daemon.output.match(/folder\.back/g)?.length).toBeGreaterThan(0);
    for (const name of ['first', 'second', 'near', 'near-2'])
      expect(office.executions().get(`E-${name}`)).toBe(1);
    expect((await goniec('status', '--config', office.config)).code).toBe(0);
  });
});

describe('A configuration that lacks what open orders need', () => {
  it.each([
    ['a bank', /name: Bank\n/g, 'name: Bench\n', /bank: Bank\n/g, 'bank: Bench\n', 'the bank "Bank"'],
    ['a company', /name: Far,/g, 'name: Close,', /company: Far\n/g, 'company: Close\n', 'the company "Far"'],
    [
      'an account',
      OTHER_PLN_ACCOUNT,
      'PL06160014620000000000000003',
      /$^/g,
      '',
      `the account ${OTHER_PLN_ACCOUNT} of "Far"`,
    ],
    ['an outbox', /share\/outbox/g, 'other/outbox', /$^/g, '', 'The outbox of Far was '],
  ] as const)(
    'such as %s is refused at the start with the orders named',
    async (_what, from, to, from2, to2, said) => {
      const { office, bank } = await open();
      await bank.service.kill();
      await dropFar(office, 'open');
      await until('it to wait for the bank', () => office.daemon.output.includes('submission.not-sent'));
      await office.daemon.stop();
      const text = await readFile(office.config, 'utf8');
      await writeFile(office.config, text.replace(from, to).replace(from2, to2));
      const { code, output } = await goniec('start', '--config', office.config);
      expect(output).toContain(said);
      expect(output).toMatch(/1 order \(open\.xml \w{26}\) is/);
      expect(code).toBe(4);
      await writeFile(office.config, text);
      await office.daemon.start();
    },
  );
});

describe('A mistake at the start', () => {
  it.each([
    [
      'an outbox that can not be made',
      (text: string) => text.replace('../share/outbox', '/dev/null/outbox'),
      'runs',
    ],
    ['a state folder that is a file', (text: string) => text.replace('../state', '../config/goniec.yaml'), 4],
    [
      'a log folder that is a file',
      (text: string) =>
        text.replace('{ level: debug }', '{ level: debug, folder: ../config/goniec.yaml/log }'),
      'runs',
    ],
    ['a key that is not there', (text: string) => text.replace('signing.key', 'nothing.key'), 3],
    ['a configuration that is no YAML', () => 'a: [', 3],
  ] as const)('such as %s is told in a sentence, without a stack', async (_what, change, ends) => {
    const { office } = await open();
    await office.daemon.stop();
    const text = await readFile(office.config, 'utf8');
    await writeFile(office.config, change(text));
    if (ends === 'runs') {
      await office.daemon.start();
      await office.daemon.stop();
      expect(office.daemon.output).not.toMatch(/^\s+at .*:\d+:\d+/m);
    } else {
      const { code, output } = await goniec('start', '--config', office.config);
      expect(output).not.toMatch(/^\s+at .*:\d+:\d+/m);
      expect(output.trim().split('\n').length).toBeLessThan(5);
      expect(code).toBe(ends);
    }
  });
});

/** Two companies at one bank; the folders of the second one lie on a share. */
async function open(): Promise<{ office: Office; bank: Bank; share: string }> {
  const root = await temporaryFolder();
  folders.push(root);
  const bank = await startBank(root, '--booking-delay', '300');
  services.push(bank.service);
  const accounts = [PLN_ACCOUNT, OTHER_PLN_ACCOUNT].map((iban) => ({ iban, currency: 'PLN' }));
  const office = await Office.open(root, [{ bank, name: 'Bank', accounts, profile: KNOWN_PROFILE }]);
  services.push(office.daemon);
  await office.daemon.stop();
  const text = await readFile(office.config, 'utf8');
  const far =
    '  - { name: Far, outbox: ../share/outbox, inbox: ../share/inbox, archive: ../share/archive }\n';
  await writeFile(
    office.config,
    text
      .replace('banks:\n', `${far}banks:\n`)
      .replace(
        `iban: ${OTHER_PLN_ACCOUNT}\n    company: Test`,
        `iban: ${OTHER_PLN_ACCOUNT}\n    company: Far`,
      ),
  );
  await office.daemon.start();
  return { office, bank, share: join(root, 'share') };
}

async function dropFar(office: Office, id: string): Promise<void> {
  const path = join(office.root, 'share', 'outbox', `${id}.xml`);
  await writeFile(`${path}.tmp`, singlePayment(id).replace(PLN_ACCOUNT, OTHER_PLN_ACCOUNT));
  await rename(`${path}.tmp`, path);
}

/** The mount points stay, empty and writable. */
async function unmount(share: string): Promise<void> {
  await rename(share, `${share}-itself`);
  for (const folder of ['outbox', 'inbox', 'archive']) await mkdir(join(share, folder), { recursive: true });
}

async function mount(share: string): Promise<void> {
  await rm(share, { recursive: true });
  await rename(`${share}-itself`, share);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() || entry.name.startsWith('.')).map(({ name }) => name);
}

async function missedOnce(office: Office, folder: string): Promise<void> {
  // Long enough for many tries.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const lines = office.daemon.output.split('\n').filter((line) => line.includes('folder.away'));
  expect(
    lines.filter((line) => line.includes(`share/${folder},`) || line.includes(`share/${folder} `)).length,
  ).toBeLessThan(2);
  expect(lines.length).toBeLessThanOrEqual(3);
}
