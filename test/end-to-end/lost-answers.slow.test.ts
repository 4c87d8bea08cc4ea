// A bank that loses, hides, delays and lies: whatever it does, money moves at most once, and nobody is told otherwise.

import { afterAll, describe, expect, it } from 'vitest';
import { KNOWN_PROFILE, Office, PLN_ACCOUNT, OTHER_PLN_ACCOUNT } from './support/office.ts';
import { singlePayment } from './support/payment-file.ts';
import { removeFolder, startBank, temporaryFolder, until, type Bank } from './support/processes.ts';
import type { MoodOrder } from '../../src/sandbox/moods.ts';

const FOLLOW = '{ firstAsk: 300ms, askEveryMax: 500ms, inDoubtHoldAfter: 3s }';
const LATE_MS = 1_500;

/** What is known of the bank's answers decides how far an unclear submission may be settled without a person. */
const PROFILES = {
  'nothing is known': undefined,
  'unknown ids are known': '{ notFound: [E404], refusal: [E101], arrivalBound: 3s }',
  'repeated ids are refused': '{ duplicate: [E401], refusal: [E101] }',
} as const;

const MOODS: readonly (readonly [string, readonly MoodOrder[]])[] = [
  ['loses-request', [{ mood: 'loses-request', times: 1 }]],
  ['loses-answer', [{ mood: 'loses-answer', times: 1 }]],
  ['fails-before-taking', [{ mood: 'answers-5xx', times: 1, taken: false }]],
  ['fails-after-taking', [{ mood: 'answers-5xx', times: 1, taken: true }]],
  ['never-answers', [{ mood: 'no-answer', times: 1, taken: true }]],
  ['fault-after-taking', [{ mood: 'fault-after-taking', times: 1 }]],
  [
    'late-arrival',
    [
      { mood: 'loses-answer', times: 1 },
      { mood: 'not-found-then-found', ms: LATE_MS },
    ],
  ],
  ['slow', [{ mood: 'slow', times: 1, ms: 500 }]],
  ['refuses', [{ mood: 'refuses', times: 1, code: 'E101' }]],
  ['hides-unknown-ids', [{ mood: 'loses-request', times: 1 }, { mood: 'unknown-ids-unlisted-fault' }]],
];

const folders: string[] = [];
const running: { stop(): Promise<unknown> }[] = [];

afterAll(async () => {
  await Promise.all(running.map((service) => service.stop()));
  await Promise.all(folders.map(removeFolder));
});

describe.concurrent.each(Object.entries(PROFILES))('Where %s', (known, profile) => {
  it('every way of losing an answer ends settled once, rejected, or held for a person', async () => {
    const { bank, office } = await open(profile);
    for (const [name, moods] of MOODS) {
      await bank.control.mood({ mood: 'honest' });
      for (const mood of moods) await bank.control.mood(mood);
      await office.drop(`${name}.xml`, singlePayment(name));
      const outcome = await outcomeOf(office, name);
      const executions = office.executions().get(`E-${name}`) ?? 0;
      expect(executions, `${known}, ${name}`).toBeLessThanOrEqual(1);
      if (outcome === 'settled') expect(executions, `${known}, ${name}`).toBe(1);
      if (outcome === 'rejected') expect(executions, `${known}, ${name}`).toBe(0);
      // With proof from the profile no person is needed where the bank tells the truth about what it knows.
      if (
        known !== 'nothing is known' &&
        name !== 'refuses' &&
        !(known === 'unknown ids are known' && name === 'hides-unknown-ids')
      )
        expect(outcome, `${known}, ${name}`).toBe('settled');
    }
    expect([...office.executions().values()].filter((count) => count > 1)).toEqual([]);
  }, 120_000);
});

describe.concurrent('A bank at its worst', () => {
  it('with nothing known of it executes nothing twice', async () => {
    const { bank, office } = await open(undefined);
    await bank.control.mood({ mood: 'pessimistic' });
    for (const name of ['worst-1', 'worst-2', 'worst-3'])
      await office.drop(`${name}.xml`, singlePayment(name));
    for (const name of ['worst-1', 'worst-2', 'worst-3']) await outcomeOf(office, name);
    expect([...office.executions().values()].filter((count) => count > 1)).toEqual([]);
  });

  it('that is away is waited for, while another bank goes on', async () => {
    const root = await newFolder();
    const down = await startBank(`${root}/down`);
    const up = await startBank(`${root}/up`);
    const office = await Office.open(root, [
      {
        bank: down,
        name: 'Down',
        accounts: [{ iban: PLN_ACCOUNT, currency: 'PLN' }],
        profile: KNOWN_PROFILE,
      },
      {
        bank: up,
        name: 'Up',
        accounts: [{ iban: OTHER_PLN_ACCOUNT, currency: 'PLN', collect: true }],
        profile: KNOWN_PROFILE,
      },
    ]);
    running.push(office.daemon, up.service, down.service);
    await down.service.kill();
    await office.drop('down.xml', singlePayment('down'));
    await until('a first attempt', () => office.daemon.output.includes('submission.not-sent'));
    const elsewhere = singlePayment('up').replace(PLN_ACCOUNT, OTHER_PLN_ACCOUNT);
    await office.drop('up.xml', elsewhere);
    expect(await office.finalStatus('up')).toContain('<GrpSts>ACSC</GrpSts>');
    await until('a statement', async () =>
      (await office.inbox()).some((name) => name.startsWith('camt.053')),
    );
    await down.service.start();
    expect(await office.finalStatus('down')).toContain('<GrpSts>ACSC</GrpSts>');
    expect(office.executions().get('E-down')).toBe(1);
  });

  it('that shows a strange certificate gets no order until it shows its own again', async () => {
    const { bank, office } = await open(KNOWN_PROFILE);
    await bank.control.mood({ mood: 'wrong-certificate' });
    await office.drop('stranger.xml', singlePayment('stranger'));
    await until('a first attempt', () => office.daemon.output.includes('submission.not-sent'));
    expect((await bank.control.state()).messages).toEqual([]);
    await bank.control.mood({ mood: 'honest' });
    expect(await office.finalStatus('stranger')).toContain('<GrpSts>ACSC</GrpSts>');
  });
});

async function open(profile: string | undefined): Promise<{ bank: Bank; office: Office }> {
  const root = await newFolder();
  const bank = await startBank(root, '--booking-delay', '300');
  const line = {
    bank,
    name: 'Bank',
    accounts: [{ iban: PLN_ACCOUNT, currency: 'PLN' }],
    follow: FOLLOW,
    answerTimeout: '2s',
  };
  const office = await Office.open(root, [profile === undefined ? line : { ...line, profile }]);
  running.push(office.daemon, bank.service);
  return { bank, office };
}

async function newFolder(): Promise<string> {
  const folder = await temporaryFolder();
  folders.push(folder);
  return folder;
}

async function outcomeOf(office: Office, stem: string): Promise<'settled' | 'rejected' | 'held'> {
  let outcome: 'settled' | 'rejected' | 'held' | undefined;
  await until(`the outcome of ${stem}`, async () => {
    for (const name of await office.toldAbout(stem)) {
      const text = await office.read(name);
      if (text.includes('Held by Goniec')) outcome = 'held';
      else if (name.endsWith('-final.xml'))
        outcome = text.includes('<GrpSts>ACSC</GrpSts>') ? 'settled' : 'rejected';
    }
    return outcome !== undefined;
  });
  return outcome ?? 'held';
}
