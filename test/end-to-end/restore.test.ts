// A state folder is lost and an older one put back, with real processes: nothing that was sent since goes out again, and what
// the bank knows is followed to its end.

import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { KNOWN_PROFILE, Office, PLN_ACCOUNT } from './support/office.ts';
import { paymentFile, singlePayment } from './support/payment-file.ts';
import { goniec, removeFolder, startBank, temporaryFolder, until, type Bank } from './support/processes.ts';

const folders: string[] = [];
const running: { stop(): Promise<unknown> }[] = [];

afterAll(async () => {
  await Promise.all(running.map((service) => service.stop()));
  await Promise.all(folders.map(removeFolder));
});

describe.concurrent('A state folder that was put back', { timeout: 240_000 }, () => {
  it('from a backup of the running journal is answered for, and nothing goes out twice', async () => {
    const { bank, office } = await open();
    const { daemon, root, config } = office;
    await office.drop('before.xml', singlePayment('before'));
    await office.finalStatus('before');
    await until('it to be closed', () => daemon.output.includes('order.closed'));
    const backup = join(root, 'backup.sqlite');
    expect((await goniec('journal', 'backup', backup, '--config', config)).code).toBe(0);

    // Since the backup: one order comes to its end, one is lost on the way back, one never reaches the bank.
    await office.drop('after.xml', singlePayment('after'));
    await office.finalStatus('after');
    await bank.control.mood({ mood: 'loses-answer', times: 1 });
    await office.drop('lost.xml', singlePayment('lost'));
    await until(
      'the sending',
      () => daemon.output.includes('submission.started') && sent(office, 'lost') === 1,
    );
    await daemon.kill();
    await rename(join(root, 'state'), join(root, 'state-lost'));

    await cp(backup, join(root, 'state', 'journal.sqlite'));
    await cp(`${backup}.head`, join(root, 'state', 'journal.head'));
    const refused = await goniec('start', '--config', config);
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain('goniec journal restored');

    const restored = await goniec(
      ...['journal', 'restored', '--config', config, '--who', 'Anna', '--reason', 'the disk was lost'],
    );
    expect(restored).toMatchObject({ code: 0 });
    // The lost one may have come to its end before the kill.
    expect(restored.output).toMatch(/taken over from there: [12]$/m);

    await daemon.start();
    expect(await office.finalStatus('lost')).toContain('<GrpSts>ACSC</GrpSts>');
    // What ended after the backup is known again: its bytes are no new order.
    await office.drop('again.xml', singlePayment('after'));
    expect(await office.finalStatus('again')).toContain('was not sent again');
    await office.drop('new.xml', singlePayment('new'));
    expect(await office.finalStatus('new')).toContain('<GrpSts>ACSC</GrpSts>');
    expect([...office.executions()].toSorted()).toEqual(
      ['after', 'before', 'lost', 'new'].map((id) => [`E-${id}`, 1]),
    );
    expect((await goniec('journal', 'verify', '--config', config)).code).toBe(0);
  });

  it('as a copy of the stopped folder holds what was open in it, and a person decides', async () => {
    const { bank, office } = await open();
    const { daemon, root, config } = office;
    await bank.service.kill();
    const two = ['one', 'two'].map((id) => ({ id: `E-${id}`, amount: '1.00' }));
    await office.drop('waits.xml', paymentFile('M-waits', [{ transfers: two }]));
    await until('an attempt', () => daemon.output.includes('submission.not-sent'));
    await daemon.stop();
    await cp(join(root, 'state'), join(root, 'copy'), { recursive: true });

    await bank.service.start();
    await daemon.start();
    expect(await office.finalStatus('waits')).toContain('<GrpSts>ACSC</GrpSts>');
    await daemon.stop();
    await rm(join(root, 'state'), { recursive: true });
    await cp(join(root, 'copy'), join(root, 'state'), { recursive: true });
    // The archive is the one place that knows better than the copy: while it is away nothing is decided without it.
    await rename(join(root, 'archive'), join(root, 'archive-away'));
    const refused = await goniec('journal', 'restored', '--config', config, '--reason', 'the disk was lost');
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain(join(root, 'archive'));
    await mkdir(join(root, 'archive', '.goniec'), { recursive: true });

    await goniecRestored(config);
    await daemon.start();
    expect(await office.finalStatus('waits')).toContain('<GrpSts>ACSC</GrpSts>');
    expect([...office.executions().values()]).toEqual([1, 1]);
  });

  it('with files the journal does not know and the bank does not have waits for a person', async () => {
    const { bank, office } = await open();
    const { daemon, root, config } = office;
    await daemon.stop();
    await cp(join(root, 'state'), join(root, 'copy'), { recursive: true });
    await daemon.start();
    await bank.service.kill();
    await office.drop('never.xml', singlePayment('never'));
    await until('an attempt', () => daemon.output.includes('submission.not-sent'));
    await daemon.kill();
    await rm(join(root, 'state'), { recursive: true });
    await cp(join(root, 'copy'), join(root, 'state'), { recursive: true });
    await bank.service.start();

    await goniecRestored(config);
    await daemon.start();
    await until('the person', async () => (await heldText(office)).includes('does not have message'));
    expect(office.executions().size).toBe(0);
    const order = (await office.working())[0]?.split('/').at(-1)?.slice(0, 26) ?? '';
    const dropped = await goniec(...decision(order, 'dropped', config));
    expect(dropped.output).toContain('only resend or settled or rejected is possible');
    expect((await goniec(...decision(order, 'resend', config))).code).toBe(0);
    expect(await office.finalStatus('never')).toContain('<GrpSts>ACSC</GrpSts>');
    expect(sent(office, 'never')).toBe(1);
  });
});

async function goniecRestored(config: string): Promise<void> {
  const { code, output } = await goniec(
    ...['journal', 'restored', '--config', config, '--who', 'Anna', '--reason', 'the disk was lost'],
  );
  expect(code, output).toBe(0);
}

function decision(order: string, as: string, config: string): string[] {
  return ['release', order, '--as', as, '--config', config, '--who', 'Anna', '--reason', 'not in the e-bank'];
}

function sent(office: Office, id: string): number {
  return office.executions().get(`E-${id}`) ?? 0;
}

async function heldText(office: Office): Promise<string> {
  const notes = (await office.archived()).filter((path) => path.includes('held'));
  return (await Promise.all(notes.map((path) => office.readAt(path)))).join('\n');
}

async function open(): Promise<{ bank: Bank; office: Office }> {
  const root = await temporaryFolder();
  folders.push(root);
  const bank = await startBank(root, '--booking-delay', '300');
  const office = await Office.open(root, [
    {
      bank,
      name: 'Bank',
      accounts: [{ iban: PLN_ACCOUNT, currency: 'PLN' }],
      profile: KNOWN_PROFILE,
    },
  ]);
  running.push(office.daemon, bank.service);
  return { bank, office };
}
