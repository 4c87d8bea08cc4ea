// The checks of the endurance runs can go red: each is given a world in which one thing is wrong.

import { describe, expect, it } from 'vitest';
import type { Sighting } from './erp.ts';
import type { Evidence } from './evidence.ts';
import { moneyViolations } from './money-checks.ts';
import { placeViolations } from './place-checks.ts';
import { ACCOUNT, historyOf, orderOf, soundEvidence } from './sound-evidence.ts';
import type { StatusFile } from './status-file.ts';

type Break = (sound: Evidence) => Partial<Evidence>;

const MOVED = {
  kind: 'transfer',
  debtor: ACCOUNT,
  creditor: 'PL1',
  amountCents: 1000n,
  endToEndId: 'E-p1-0',
} as const;

const MONEY: readonly (readonly [string, string, Break])[] = [
  ['a payment executed twice', 'double: E-p1-0', (sound) => booked(sound, MOVED, MOVED)],
  [
    'a payment told as settled that never moved',
    'money: E-p1-0 of one.xml was told ACSC',
    (sound) => booked(sound),
  ],
  [
    'a payment told as rejected that moved',
    'money: E-p2-0 of no.xml was told RJCT',
    (sound) => booked(sound, MOVED, { ...MOVED, endToEndId: 'E-p2-0', amountCents: 2000n }),
  ],
  [
    'a payment of a refused file that moved',
    'money: bad.xml refused but was paid',
    (sound) => booked(sound, MOVED, { ...MOVED, endToEndId: 'E-p3-0', amountCents: 3000n }),
  ],
  [
    'another amount',
    'money: E-p1-0 was executed with 1001',
    (sound) => booked(sound, { ...MOVED, amountCents: 1001n }),
  ],
  ['another account', 'money: E-p1-0 was taken from', (sound) => booked(sound, { ...MOVED, debtor: 'PL2' })],
  [
    'a payment nobody asked for',
    'money: E-p9-0 was executed',
    (sound) => booked(sound, MOVED, { ...MOVED, endToEndId: 'E-p9-0' }),
  ],
  [
    'a sum that is not what was told',
    'money: 1001 cents left',
    (sound) => booked(sound, { ...MOVED, amountCents: 1001n }),
  ],
  [
    'an end that is no end',
    'money: E-p1-0 of one.xml was told ACSP',
    (sound) => told(sound, 'one', [['E-p1-0', 'ACSP']]),
  ],
  [
    'an entry shown twice',
    'history: E-p1-0',
    (sound) => ({ sightings: [...sound.sightings, historyOf('2', ['E-p1-0'])] }),
  ],
  [
    'an entry that was never shown',
    'history: E-p1-0',
    (sound) => ({ sightings: sound.sightings.filter(({ shownPayments }) => shownPayments.length === 0) }),
  ],
];

const PLACES: readonly (readonly [string, string, Break])[] = [
  ['a file without an end', 'end: one.xml was told 0 ends', (sound) => without(sound, 'one')],
  [
    'two ends',
    'end: one.xml was told 2 ends',
    (sound) => alsoTold(sound, 'one', { number: 2, messageId: 'x' }),
  ],
  [
    'news after the end',
    'end: something was told about one.xml',
    (sound) => alsoTold(sound, 'one', { number: 2, messageId: 'x', final: false }),
  ],
  [
    'two orders of one file',
    'end: one.xml became more than one order',
    (sound) => alsoTold(sound, 'one', { order: orderOf('two'), number: 0, messageId: 'x', final: false }),
  ],
  [
    'two status files under one id',
    'end: two status files about one.xml',
    (sound) => alsoTold(sound, 'one', { number: 0, final: false }),
  ],
  [
    'another outcome than planned',
    'outcome: 1 files were rejected',
    (sound) => groupTold(sound, 'one', 'RJCT'),
  ],
  [
    'a rejected file that settles',
    'outcome: no.xml (rejected) ended settled',
    (sound) => groupTold(sound, 'no', 'ACSC'),
  ],
  [
    'the same bytes carried out twice',
    'repeats: the same bytes',
    (sound) => change(sound, 'again', { repeats: false }),
  ],
  ['the same bytes never carried out', 'repeats: none', (sound) => change(sound, 'one', { repeats: true })],
  [
    'a half-written file in the inbox',
    'inbox: pain.002_one-final.xml was not whole',
    (sound) => ({
      sightings: sound.sightings.map((one) =>
        one.name === 'pain.002_one-final.xml' ? { ...one, whole: false } : one,
      ),
    }),
  ],
  [
    'a repeat with other bytes',
    'inbox: pain.002_one-final.xml came back',
    (sound) => ({
      sightings: sound.sightings.map((one) =>
        one.name === 'pain.002_one-final.xml' ? { ...one, sha256: ['a', 'b'] } : one,
      ),
    }),
  ],
  ['a part file left in the inbox', 'inbox: .x.goniec-part was left', () => ({ inbox: ['.x.goniec-part'] })],
  ['a file in the inbox nobody saw', 'inbox: odd.xml was never seen', () => ({ inbox: ['odd.xml'] })],
  ['an order missing in the archive', 'archive: one.xml', (sound) => ({ archive: sound.archive.slice(1) })],
  [
    'an order twice in the archive',
    'archive: one.xml (settled) lies there 2',
    (sound) => ({ archive: [...sound.archive, ...sound.archive.slice(0, 1)] }),
  ],
  [
    'other bytes in the archive',
    'archive: 2026/01/15/one',
    (sound) => ({
      archive: sound.archive.map((one) => ({
        ...one,
        sources: one.sources.map((source) => ({ ...source, sha256: `${source.sha256}!` })),
      })),
    }),
  ],
  [
    'an archive without its receipt',
    'archive: 2026/01/15/one',
    (sound) => ({ archive: sound.archive.map((one) => ({ ...one, names: ['summary.txt'] })) }),
  ],
  [
    'an unfinished file in the archive',
    'archive: a/.b is unfinished',
    () => ({ unfinishedArchive: ['a/.b'] }),
  ],
  [
    'a file left in the outbox',
    'outbox: .working/x/y.xml',
    () => ({ outbox: ['cut.xml', '.working/x/y.xml'] }),
  ],
  ['a spool that was not cleared', 'spool: X/source', () => ({ spool: ['X/source'] })],
  [
    'an order that stays open',
    'status: one.xml is open (planned: held our-fault)',
    (sound) => ({
      status: {
        ...sound.status,
        open: [
          {
            id: 'X',
            fileName: 'one.xml',
            phase: 'planned',
            submissions: [
              { messageId: 'M', bank: 'B', phase: 'held', hold: { code: 'our-fault', evidence: '' } },
            ],
          },
        ],
      },
    }),
  ],
  [
    'a paused bank',
    'status: bank B is paused',
    (sound) => ({ status: { ...sound.status, paused: [{ bank: 'B' }] } }),
  ],
  ['a damaged journal', 'journal: record 7', () => ({ journalDamage: 'record 7: cut off' })],
  ['a daemon that ended by itself', 'run: it ended', () => ({ surprises: ['it ended'] })],
];

describe('The checks of an endurance run', () => {
  it('find nothing wrong in a sound world', () => {
    expect([...moneyViolations(soundEvidence()), ...placeViolations(soundEvidence())]).toEqual([]);
  });

  it('take the same bytes for a new order after the bank rejected the first one as a whole', () => {
    const sound = soundEvidence();
    const sightings = sound.sightings.map((one) =>
      one.status?.stem === 'one'
        ? rejected(one, one.status)
        : one.status?.stem === 'again'
          ? { ...one, status: { ...one.status, repeats: false } }
          : one,
    );
    const evidence = { ...sound, sightings, refusalsOrdered: 1 };
    expect([...moneyViolations(evidence), ...placeViolations(evidence)]).toEqual([]);
  });

  it.each(MONEY)('see %s', (_, sentence, broken) => {
    const sound = soundEvidence();
    expect(moneyViolations({ ...sound, ...broken(sound) }).join('\n')).toContain(sentence);
  });

  it.each(PLACES)('see %s', (_, sentence, broken) => {
    const sound = soundEvidence();
    expect(placeViolations({ ...sound, ...broken(sound) }).join('\n')).toContain(sentence);
  });
});

function booked(
  sound: Evidence,
  ...movements: readonly Evidence['banks'][number]['book']['movements'][number][]
): Partial<Evidence> {
  return { banks: sound.banks.map((bank) => ({ ...bank, book: { ...bank.book, movements } })) };
}

function change(sound: Evidence, stem: string, changed: Partial<StatusFile>): Partial<Evidence> {
  return {
    sightings: sound.sightings.map((one) =>
      one.status?.stem === stem ? { ...one, status: { ...one.status, ...changed } } : one,
    ),
  };
}

function told(
  sound: Evidence,
  stem: string,
  transfers: readonly (readonly [string, string])[],
): Partial<Evidence> {
  return change(sound, stem, {
    transfers: transfers.map(([endToEndId, status]) => ({ endToEndId, status })),
  });
}

function groupTold(sound: Evidence, stem: string, groupStatus: string): Partial<Evidence> {
  return change(sound, stem, { groupStatus });
}

function without(sound: Evidence, stem: string): Partial<Evidence> {
  return { sightings: sound.sightings.filter(({ status }) => status?.stem !== stem) };
}

function alsoTold(sound: Evidence, stem: string, changed: Partial<StatusFile>): Partial<Evidence> {
  const one = sound.sightings.find(({ status }) => status?.stem === stem);
  if (one?.status === undefined) throw new Error(`Nothing was told about ${stem}.`);
  return {
    sightings: [
      ...sound.sightings,
      { ...one, name: `more-${one.name}`, status: { ...one.status, ...changed } },
    ],
  };
}

function rejected(sighting: Sighting, status: StatusFile): Sighting {
  const transfers = status.transfers.map((transfer) => ({ ...transfer, status: 'RJCT' }));
  return { ...sighting, status: { ...status, groupStatus: 'RJCT', transfers } };
}
