// Two Goniecs where only one may be: on one journal, and on one outbox under two journals, also when both start at one moment.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { KNOWN_PROFILE, Office, PLN_ACCOUNT } from './support/office.ts';
import { singlePayment } from './support/payment-file.ts';
import { goniec, removeFolder, Service, startBank, temporaryFolder, until } from './support/processes.ts';

/** Enough to meet the other one in the middle of its start, on one core or two. */
const RACES = 8;

const folders: string[] = [];
const services: { kill(): Promise<void> }[] = [];

afterEach(async () => {
  for (const service of services.splice(0)) await service.kill();
  for (const folder of folders.splice(0)) await removeFolder(folder);
});

describe('A second Goniec', () => {
  it('on the same journal is refused with the first one named', async () => {
    const office = await open();
    const { code, output } = await goniec('start', '--config', office.config);
    expect(code).toBe(4);
    expect(output).toContain(`is in use by another Goniec (process ${office.daemon.pid ?? 0}, since 20`);
    expect(output).toContain('Stop that one first');
    expect(output).not.toMatch(/^\s+at /m);
  });

  it('starts at once where the first one was killed, whatever its lock says', async () => {
    const office = await open();
    await office.daemon.kill();
    await office.daemon.start();
    await office.drop('after.xml', singlePayment('after'));
    expect(await office.finalStatus('after')).toContain('<GrpSts>ACSC</GrpSts>');
  });

  it('is not kept out by a name plate whose process number now belongs to somebody else', async () => {
    const office = await open();
    await office.daemon.kill();
    const { DatabaseSync } = await import('node:sqlite');
    const lock = (await readdir(join(office.root, 'state'))).find((name) => name.includes('lock')) ?? '';
    const plate = new DatabaseSync(join(office.root, 'state', lock));
    // As after a reboot: this test runs under that number.
    plate.prepare('UPDATE owner SET pid = ?').run(process.pid);
    plate.close();
    await office.daemon.start();
  });

  it('on the same outbox with another state folder is refused, told whose it is, and leaves nothing there', async () => {
    const office = await open();
    const other = await secondConfiguration(office, 'other');
    const { code, output } = await goniec('start', '--config', other);
    expect(code).toBe(4);
    const [own] = await journalFolders(office);
    expect(output).toContain(`belongs to another Goniec: there is the folder ${own ?? '?'}`);
    expect(output).toContain('give this one an outbox of its own');
    expect(await journalFolders(office)).toEqual([own]);
    expect(await office.daemon.stop()).toBe(0);
    await office.daemon.start();
  });

  it('never gets the outbox together with the first, when both start with fresh journals at one moment', async () => {
    const office = await open();
    await office.daemon.stop();
    await removeFolder(join(office.root, 'outbox', '.working'));
    for (let race = 0; race < RACES; race += 1) {
      const pair = await Promise.all(
        ['a', 'b'].map(async (name) => {
          const config = await secondConfiguration(office, `race-${race}-${name}`);
          return new Service(['start', '--config', config], /daemon\.started/);
        }),
      );
      for (const service of pair) {
        services.push(service);
        service.launch();
      }
      const settled = (service: Service): boolean =>
        /daemon\.started|belongs to another Goniec/.test(service.output);
      await until('both to have started or not', () => pair.every(settled));
      const started = pair.filter(({ output }) => output.includes('daemon.started'));
      expect(started.length).toBeLessThanOrEqual(1);
      for (const service of pair) await service.stop();
      // Who was refused has left nothing behind; who ran has his folder.
      const left = await journalFolders(office);
      expect(left).toHaveLength(started.length);
      for (const folder of left) await removeFolder(folder);
    }
  });
});

async function open(): Promise<Office> {
  const root = await temporaryFolder();
  folders.push(root);
  const bank = await startBank(root, '--booking-delay', '300');
  services.push(bank.service);
  const office = await Office.open(root, [
    { bank, name: 'Bank', accounts: [{ iban: PLN_ACCOUNT, currency: 'PLN' }], profile: KNOWN_PROFILE },
  ]);
  services.push(office.daemon);
  return office;
}

/** The same company and bank under a state folder of its own. */
async function secondConfiguration(office: Office, name: string): Promise<string> {
  const path = join(office.root, 'config', `${name}.yaml`);
  const text = await readFile(office.config, 'utf8');
  await writeFile(path, text.replace('state: ../state', `state: ../state-${name}`));
  return path;
}

async function journalFolders(office: Office): Promise<string[]> {
  const parent = join(office.root, 'outbox', '.working');
  return (await readdir(parent)).map((name) => join(parent, name));
}
