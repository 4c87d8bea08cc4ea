// A bank that is late beyond all patience, takes repeated ids, denies what it confirmed, or refuses our signature.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { MoodOrder } from '../../src/sandbox/moods.ts';
import { Office, PLN_ACCOUNT } from './support/office.ts';
import { singlePayment } from './support/payment-file.ts';
import { goniec, removeFolder, startBank, temporaryFolder, until, type Bank } from './support/processes.ts';

const LATE_MS = 1_500;
const ANSWER_TIMEOUT = '1s';
const PATIENT = '{ firstAsk: 300ms, askEveryMax: 500ms, inDoubtHoldAfter: 30s }';
const UNKNOWN_IDS_KNOWN = '{ notFound: [E404], arrivalBound: 3s }';
const REPEATED_IDS_KNOWN = '{ duplicate: [E401] }';
const SYSTEMIC_KNOWN = '{ notFound: [E404], systemic: [E303], arrivalBound: 3s }';

const running: { stop(): Promise<unknown> }[] = [];
const folders: string[] = [];

afterAll(async () => {
  await Promise.all(running.map((service) => service.stop()));
  await Promise.all(folders.map(removeFolder));
});

describe.concurrent('A bank that takes repeated ids in silence', () => {
  const moods: readonly (readonly [string, readonly MoodOrder[]])[] = [
    ['loses the answer', [{ mood: 'loses-answer', times: 1 }]],
    [
      'loses the answer and knows the message only later',
      [
        { mood: 'loses-answer', times: 1 },
        { mood: 'not-found-then-found', ms: LATE_MS },
      ],
    ],
    ['answers after we have stopped listening', [{ mood: 'slow', times: 1, ms: LATE_MS }]],
    ['holds the connection without taking anything', [{ mood: 'no-answer', times: 1, taken: false }]],
  ];

  it.each([
    { known: 'nothing is known', profile: undefined },
    { known: 'only unknown ids are known', profile: UNKNOWN_IDS_KNOWN },
  ])('executes nothing twice where $known of it', async ({ profile }) => {
    const { bank, office } = await open(
      profile,
      profile === undefined ? PATIENT.replace('30s', '4s') : PATIENT,
    );
    for (const [index, [what, order]] of moods.entries()) {
      await bank.control.mood({ mood: 'honest' });
      await bank.control.mood({ mood: 'silently-takes-duplicates' });
      for (const mood of order) await bank.control.mood(mood);
      const stem = `silent-${index}`;
      await office.drop(`${stem}.xml`, singlePayment(stem));
      const taken = index < 3;
      if (taken || profile !== undefined) {
        expect(await office.finalStatus(stem), what).toContain('<GrpSts>ACSC</GrpSts>');
        expect(office.executions().get(`E-${stem}`), what).toBe(1);
      } else {
        await until(`${stem} to be held`, async () =>
          (await lastWord(office, stem)).includes('Held by Goniec'),
        );
        expect(await lastWord(office, stem), what).toContain('the answer was lost');
        expect(office.executions().has(`E-${stem}`), what).toBe(false);
      }
    }
  });
});

describe.concurrent('A bank that refuses repeated ids', () => {
  it('and takes a message late settles it once, though it was sent again meanwhile', async () => {
    // Booked so late that the first sending has arrived long before the outcome is final.
    const { bank, office } = await open(REPEATED_IDS_KNOWN, PATIENT, '2000');
    await bank.control.mood({ mood: 'slow', times: 1, ms: 2_000 });
    await office.drop('late.xml', singlePayment('late'));
    expect(await office.finalStatus('late')).toContain('<GrpSts>ACSC</GrpSts>');
    expect(office.executions().get('E-late')).toBe(1);
    expect(office.daemon.output).toContain('submission.cleared-to-resend');
  });
});

describe.concurrent('A bank that denies what it has confirmed', () => {
  it('is not believed: a person is asked to look, with the evidence', async () => {
    const { bank, office } = await open(UNKNOWN_IDS_KNOWN, PATIENT, '2000');
    await bank.control.mood({ mood: 'confirmed-then-denied' });
    await office.drop('denied.xml', singlePayment('denied'));
    await until('the hold', async () => (await lastWord(office, 'denied')).includes('confirmed-then-denied'));
    expect(await lastWord(office, 'denied')).toMatch(/had confirmed message .* now answers E404/);
    expect((await goniec('status', '--config', office.config)).code).toBe(5);
    const note = (await office.archived()).find((path) => path.startsWith(join('archive', 'held')));
    expect(readFileSync(join(office.root, note ?? ''), 'utf8')).toContain('confirmed-then-denied');
    const decide = (as: string): ReturnType<typeof goniec> =>
      goniec(
        'release',
        'denied.xml',
        '--config',
        office.config,
        '--as',
        as,
        '--reason',
        'seen in the e-bank',
      );
    // It may be at the bank: sending it again is not for a person to decide either.
    expect((await decide('resend')).code).toBe(2);
    expect((await decide('settled')).code).toBe(0);
    expect(await office.finalStatus('denied')).toContain('<GrpSts>ACSC</GrpSts>');
    await until('the execution', () => office.executions().get('E-denied') === 1);
  });

  it('is proved wrong by the booked entry on the account', async () => {
    const { bank, office } = await open(undefined, PATIENT, '1000', true);
    await bank.control.mood({ mood: 'confirmed-then-denied' });
    await office.drop('booked.xml', singlePayment('booked', { amount: '47.11' }));
    expect(await office.finalStatus('booked')).toContain('<GrpSts>ACSC</GrpSts>');
    expect(office.daemon.output).toContain('submission.booked');
    expect(office.executions().get('E-booked')).toBe(1);
  });
});

describe.concurrent('A bank that refuses our signature', () => {
  it('gets nothing more until a person resumes it', async () => {
    const { bank, office } = await open(SYSTEMIC_KNOWN, PATIENT);
    await bank.control.mood({ mood: 'refuses', code: 'E303' });
    await office.drop('unsigned.xml', singlePayment('unsigned'));
    expect(await office.finalStatus('unsigned')).toContain('<GrpSts>RJCT</GrpSts>');
    await bank.control.mood({ mood: 'honest' });
    await office.drop('waits.xml', singlePayment('waits'));
    await until('the second to be ready', () =>
      (office.daemon.output.split('bank.paused')[1] ?? '').includes('submission.prepared'),
    );
    const status = await goniec('status', '--config', office.config);
    expect(status.code).toBe(5);
    expect(status.output).toContain('PAUSED');
    expect(office.executions().size).toBe(0);
    await office.daemon.kill();
    await office.daemon.start();
    expect((await goniec('resume', 'Bank', '--config', office.config, '--reason', 'registered')).code).toBe(
      0,
    );
    expect(await office.finalStatus('waits')).toContain('<GrpSts>ACSC</GrpSts>');
    expect(Object.fromEntries(office.executions())).toEqual({ 'E-waits': 1 });
  });
});

async function open(
  profile: string | undefined,
  follow: string,
  bookingDelayMs = '300',
  collect = false,
): Promise<{ bank: Bank; office: Office }> {
  const root = await temporaryFolder();
  folders.push(root);
  const bank = await startBank(root, '--booking-delay', bookingDelayMs);
  const accounts = [{ iban: PLN_ACCOUNT, currency: 'PLN', collect }];
  const line = { bank, name: 'Bank', accounts, follow, answerTimeout: ANSWER_TIMEOUT };
  const office = await Office.open(root, [profile === undefined ? line : { ...line, profile }]);
  running.push(office.daemon, bank.service);
  return { bank, office };
}

/** What the ERP was told last about a file, its reasons in one piece. */
async function lastWord(office: Office, stem: string): Promise<string> {
  const name = (await office.toldAbout(stem)).at(-1);
  return name === undefined ? '' : (await office.read(name)).replace(/<\/AddtlInf>\s*<AddtlInf>/g, ' ');
}
