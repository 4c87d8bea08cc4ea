// A daemon that is told to stop: what it is sending is finished or broken off at a known point, within the configured time, and
// the next start goes on to exactly one execution.

import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { KNOWN_PROFILE, Office, PLN_ACCOUNT } from './support/office.ts';
import { paymentFile, singlePayment } from './support/payment-file.ts';
import { removeFolder, startBank, temporaryFolder, until, type Bank } from './support/processes.ts';

/** What the product promises beyond the configured time. */
const SPARE_MS = 2_000;

const folders: string[] = [];
const services: { kill(): Promise<void> }[] = [];

afterEach(async () => {
  for (const service of services.splice(0)) await service.kill();
  for (const folder of folders.splice(0)) await removeFolder(folder);
});

describe('A daemon that is told to stop', () => {
  it('while idle, ends at once', async () => {
    const { office } = await open('10s');
    const { code, tookMs } = await stop(office);
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(SPARE_MS);
    expect(office.daemon.output).toContain('daemon.stopped');
  });

  it('while the bank is slow but in time, finishes what it sends and sends nothing more', async () => {
    const { bank, office } = await open('10s');
    await bank.control.mood({ mood: 'slow', times: 2, ms: 1_500 });
    await office.drop('first.xml', singlePayment('first'));
    await until('the first to be sent', () => office.daemon.output.includes('submission.started'));
    await office.drop('second.xml', singlePayment('second'));
    const { code } = await stop(office);
    expect(code).toBe(0);
    expect(office.daemon.output).toContain('submission.answered');
    expect(office.daemon.output).not.toContain('submission.lost');
    expect(office.daemon.output.match(/submission\.started/g)).toHaveLength(1);
    await office.daemon.start();
    for (const name of ['first', 'second'])
      expect(await office.finalStatus(name)).toContain('<GrpSts>ACSC</GrpSts>');
    expect([...office.executions().values()]).toEqual([1, 1]);
  });

  it('while the bank hangs in the middle of a send, breaks it off at the limit as lost and says which', async () => {
    const { bank, office } = await open('1s');
    await bank.control.mood({ mood: 'slow', ms: 15_000 });
    await office.drop('hanging.xml', singlePayment('hanging'));
    await until('it to be sent', () => office.daemon.output.includes('submission.started'));
    const { code, tookMs } = await stop(office);
    expect(code).toBe(0);
    expect(tookMs).toBeGreaterThan(900);
    expect(tookMs).toBeLessThan(1_000 + SPARE_MS);
    const { output } = office.daemon;
    await bank.control.mood({ mood: 'honest' });
    await office.daemon.start();
    expect(await office.finalStatus('hanging')).toContain('<GrpSts>ACSC</GrpSts>');
    expect(office.executions().get('E-hanging')).toBe(1);
    // A query that goes before the order may be what hung; then nothing had left and nothing is in doubt.
    if (!output.includes('submission.not-sent')) {
      expect(output).toMatch(/submission\.lost.*Goniec was stopped before the answer had come/);
      expect(output).toMatch(/daemon\.stopped-while-sending.*hanging\.xml/);
    }
  });

  it('twice, does not wait for the bank any longer', async () => {
    const { bank, office } = await open('1m');
    await bank.control.mood({ mood: 'slow', ms: 15_000 });
    await office.drop('twice.xml', singlePayment('twice'));
    await until('it to be sent', () => office.daemon.output.includes('submission.started'));
    office.daemon.signal('SIGTERM');
    await until('it to be stopping', () => office.daemon.output.includes('daemon.stopping'));
    const { code, tookMs } = await stop(office, 'SIGINT');
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(SPARE_MS);
  });

  it('while checking a file of 150,000 transfers, ends in time and checks it anew after the next start', async () => {
    const { office } = await open('100ms');
    const transfers = Array.from({ length: 150_000 }, (_, index) => ({ id: `B${index}`, amount: '1.00' }));
    await office.drop('big.xml', paymentFile('BIG', [{ transfers }]));
    await until('it to be claimed', () => office.daemon.output.includes('order.claimed'));
    const { code, tookMs } = await stop(office);
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(100 + SPARE_MS);
    expect(office.daemon.output).not.toContain('order.planned');
    await office.daemon.start();
    await until('it to be planned', () => /order\.planned.*transfers=150000/.test(office.daemon.output));
    expect(office.daemon.output).not.toContain('order.claimed');
  });

  it('while starting, ends in time and starts whole the next time', async () => {
    const { office } = await open('5s');
    await office.daemon.stop();
    for (const waitMs of [20, 200, 300, 400, 500, 700]) {
      office.daemon.launch();
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      const { tookMs, code } = await stop(office);
      // Before the first line of Goniec has run there is nothing to finish, and the signal itself ends the process.
      expect([0, null]).toContain(code);
      expect(tookMs).toBeLessThan(SPARE_MS);
    }
    await office.daemon.start();
    await office.drop('after.xml', singlePayment('after'));
    expect(await office.finalStatus('after')).toContain('<GrpSts>ACSC</GrpSts>');
  });
});

async function open(stopWithin: string): Promise<{ bank: Bank; office: Office }> {
  const root = await temporaryFolder();
  folders.push(root);
  const bank = await startBank(root, '--booking-delay', '300');
  services.push(bank.service);
  const office = await Office.open(root, [
    { bank, name: 'Bank', accounts: [{ iban: PLN_ACCOUNT, currency: 'PLN' }], profile: KNOWN_PROFILE },
  ]);
  services.push(office.daemon);
  await office.daemon.stop();
  const text = await readFile(office.config, 'utf8');
  await writeFile(office.config, text.replace('stopWithin: 5s', `stopWithin: ${stopWithin}`));
  await office.daemon.start();
  return { bank, office };
}

async function stop(
  office: Office,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<{ code: number | null; tookMs: number }> {
  const startedMs = performance.now();
  office.daemon.signal(signal);
  const code = await office.daemon.ended();
  return { code, tookMs: performance.now() - startedMs };
}
