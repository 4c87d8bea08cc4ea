import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatDecimal } from '../../src/domain/decimal.ts';
import { bookDue } from '../../src/sandbox/booking.ts';
import { Ledger } from '../../src/sandbox/ledger.ts';
import type { LedgerEvent, TakenEvent } from '../../src/sandbox/ledger-event.ts';
import { readLedger } from '../../src/sandbox/read-ledger.ts';
import { seedEvents } from '../../src/sandbox/seed.ts';
import { DEFAULT_SETTINGS } from '../../src/sandbox/settings.ts';
import { ACCOUNT, ELSEWHERE } from './support/documents.ts';

const NOW = Date.UTC(2026, 2, 2, 8);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'goniec-ledger-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const path = (): string => join(folder, 'ledger.ndjson');
const party = (account: string): { account: string; name: string; address: string[] } => ({
  account,
  name: 'N',
  address: [],
});

function taken(ids: readonly string[]): TakenEvent {
  const transfers = ids.map((endToEndId) => ({
    instructionId: undefined,
    endToEndId,
    amount: '10.00',
    currency: 'PLN',
    debtor: party(ACCOUNT),
    creditor: party(ELSEWHERE),
    remittance: '',
    course: 'ordinary' as const,
    reject: undefined,
  }));
  return {
    type: 'taken',
    at: NOW,
    customer: 'c',
    messageId: 'M1',
    operation: 'DomesticTransfer',
    approved: true,
    delayMs: 1000,
    declaredCount: '1',
    controlSum: undefined,
    reject: undefined,
    blocks: [{ paymentInformationId: 'P', notBefore: 0, transfers }],
  };
}

function opened(): Ledger {
  const ledger = Ledger.open(folder);
  if (ledger.isEmpty) ledger.record(seedEvents({ ...DEFAULT_SETTINGS, historyDays: 0 }, NOW));
  return ledger;
}

test('wherever a kill cuts the file, every transfer is executed exactly once in the end', async () => {
  const ledger = opened();
  const openedBytes = readFileSync(path()).length;
  ledger.record([taken(['E1', 'E2', 'E3'])]);
  const takenBytes = readFileSync(path()).length;
  bookDue(ledger, NOW + 1000);
  await ledger.close();
  const whole = readFileSync(path());
  for (let cut = openedBytes; cut <= whole.length; cut += 7) {
    writeFileSync(path(), whole.subarray(0, cut));
    const before = readLedger(folder).executions.length;
    const again = opened();
    bookDue(again, NOW + 2000);
    expect(readLedger(folder).executions.map((one) => one.endToEndId)).toEqual(
      cut < takenBytes ? [] : ['E1', 'E2', 'E3'],
    );
    expect(before).toBeLessThanOrEqual(3);
    expect(formatDecimal(again.accounts.get(ACCOUNT)?.booked ?? { coefficient: 0n, scale: 0 })).toBe(
      cut < takenBytes ? '100000.00' : '99970.00',
    );
    await again.close();
  }
});

test('a torn last line is passed over by a reader and cut off by the bank', async () => {
  await opened().close();
  const sound = readFileSync(path(), 'utf8');
  appendFileSync(path(), '{"type":"taken","at":17');
  expect(readLedger(folder).messages).toEqual([]);
  expect(readFileSync(path(), 'utf8')).not.toBe(sound);
  await opened().close();
  expect(readFileSync(path(), 'utf8')).toBe(sound);
});

test('a damaged line in the middle stops the start', async () => {
  await opened().close();
  const sound = readFileSync(path(), 'utf8');
  writeFileSync(path(), `{"type":\n${sound}`);
  expect(() => Ledger.open(folder)).toThrow('Line 1');
});

test('a transfer that was booked cannot be booked again', async () => {
  const ledger = opened();
  ledger.record([taken(['E1'])]);
  bookDue(ledger, NOW + 1000);
  bookDue(ledger, NOW + 5000);
  expect(readLedger(folder).executions).toHaveLength(1);
  const lines = readFileSync(path(), 'utf8').trimEnd().split('\n');
  const booked = JSON.parse(lines.at(-1) ?? '') as LedgerEvent;
  expect(() => {
    ledger.record([booked]);
  }).toThrow('not open');
  await ledger.close();
});

test('those who wait while the disk is busy share its next flush, and none is told before it', async () => {
  const ledger = opened();
  const told: string[] = [];
  const first = ledger.durable().then(() => told.push('first'));
  ledger.record([taken(['E1'])]);
  const others = ['second', 'third'].map((name) => ledger.durable().then(() => told.push(name)));
  await first;
  expect(told).toEqual(['first']);
  await Promise.all(others);
  expect(told).toEqual(['first', 'second', 'third']);
  await ledger.close();
});

test('a closed ledger takes nothing', async () => {
  const ledger = opened();
  await ledger.close();
  expect(() => {
    ledger.record([taken(['E1'])]);
  }).toThrow('closed');
});

test('the seed is the same for the same day, and money in is money out', () => {
  const events = seedEvents(DEFAULT_SETTINGS, NOW);
  expect(events).toEqual(seedEvents(DEFAULT_SETTINGS, NOW + 3_600_000));
  const bookings = events.filter((event) => event.type === 'booked');
  expect(bookings.length).toBeGreaterThan(20);
  for (const booking of bookings) expect(booking.debtor.account).not.toBe(booking.creditor.account);
});
