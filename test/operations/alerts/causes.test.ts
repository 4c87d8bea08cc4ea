import { describe, expect, it } from 'vitest';
import { causesOf } from '../../../src/operations/alerts/causes.ts';
import type { Facts } from '../../../src/operations/alerts/facts.ts';
import { english } from '../../../src/operations/alerts/wording-en.ts';
import { EVERYTHING, HELD, IBAN, QUIET } from './sample-facts.ts';

const TERMS = {
  nowMs: Date.UTC(2026, 10, 24, 8),
  diskFreeMinBytes: 1_000_000_000,
  commandTail: ' --config c.yaml',
};

function keys(facts: Facts, nowMs = TERMS.nowMs): string[] {
  return causesOf(facts, { ...TERMS, nowMs }, english).causes.map(({ key }) => key);
}

describe('The causes', () => {
  it('are none on a quiet day', () => {
    expect(keys(QUIET)).toEqual([]);
  });

  it('are one for each thing that needs a person', () => {
    expect(keys(EVERYTHING)).toEqual([
      'order-held 01M83TY1DM041061050R3GG28A',
      'order-stuck 01M8',
      'bank-paused South',
      'bank-unreachable North',
      `statement-overdue ${IBAN}`,
      `statement-flagged ${IBAN}`,
      `money-contradiction ${IBAN}`,
      'certificate-ends North authorization 2026-12-20T00:00:00.000Z',
      'disk-filling /srv/state',
      'folder-away /srv/erp/outbox',
      'clock-behind machine',
    ]);
  });

  it('are one for a file, however many of its messages are held, and a message held again is news', () => {
    const of = (...held: Facts['held']): readonly string[] =>
      causesOf({ ...QUIET, held }, TERMS, english).causes.flatMap(({ items }) => items);
    const again = { ...HELD, since: '2026-11-24T07:40:00.000Z' };
    expect(keys({ ...QUIET, held: [HELD, { ...HELD, message: 'G002' }] })).toHaveLength(1);
    expect(of(again)).not.toEqual(of(HELD));
  });

  it.each([
    [61, []],
    [60, ['60']],
    [31, ['60']],
    [29.5, ['60', '30']],
    [7, ['60', '30', '14', '7']],
    [0.5, ['60', '30', '14', '7', '1']],
    [-1, ['60', '30', '14', '7', '1', '0']],
  ])('speak of a certificate %d days before its end at these marks: %j', (days, marks) => {
    const validTo = new Date(TERMS.nowMs + days * 86_400_000).toISOString();
    const facts: Facts = { ...QUIET, certificates: [{ bank: 'North', role: 'communication', validTo }] };
    expect(causesOf(facts, TERMS, english).causes.flatMap(({ items }) => items)).toEqual(marks);
  });

  it('say of what they do not know that they do not know it', () => {
    const unknown = { banks: ['North'], ibans: [IBAN], disks: ['/srv/state'], folders: ['/srv/erp/outbox'] };
    const { isUnsure } = causesOf(
      { ...QUIET, contacts: [], accounts: [], disks: [], unknown },
      TERMS,
      english,
    );
    for (const { key } of causesOf(EVERYTHING, TERMS, english).causes)
      expect([key, isUnsure(key)]).toEqual([
        key,
        /^(bank-unreachable|statement-|money-|disk-|folder-)/.test(key),
      ]);
    expect(isUnsure('bank-unreachable Bank that is configured no more')).toBe(false);
  });

  it('never hold a whole account number', () => {
    const { causes } = causesOf(EVERYTHING, TERMS, english);
    const words = JSON.stringify(causes.map((cause) => cause.words));
    expect(words.replaceAll(' ', '')).not.toContain(IBAN.slice(2));
    expect(words).toContain('PL60…0001');
  });

  it('repeat the configuration in the commands', () => {
    const { causes } = causesOf(EVERYTHING, TERMS, english);
    const commands = causes.flatMap(({ words }) => words.todo.filter((line) => line.includes('goniec ')));
    expect(commands.filter((line) => line.startsWith('    goniec resume'))).toEqual([
      '    goniec resume South --reason "..." --config c.yaml',
    ]);
  });
});
