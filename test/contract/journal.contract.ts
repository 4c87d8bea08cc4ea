// What every Journal promises; run for SQLite on a disk and in a simulation.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KEY } from '../../src/domain/journal-index.ts';
import type { JournalEvent } from '../../src/domain/journal-event.ts';
import {
  JournalFailure,
  type Journal,
  type JournalRecord,
  type NewRecord,
} from '../../src/journal/journal.ts';
import { createTestClock, type TestClock } from '../test-clock.ts';
import { claimed, closed } from './claimed.ts';

export interface JournalUnderTest {
  readonly journal: Journal;
  readonly close: () => Promise<void>;
}

export function journalContract(name: string, open: (clock: TestClock) => Promise<JournalUnderTest>): void {
  describe(`the journal ${name}`, () => {
    let clock: TestClock;
    let under: JournalUnderTest;
    let journal: Journal;

    beforeEach(async () => {
      clock = createTestClock();
      under = await open(clock);
      journal = under.journal;
    });
    afterEach(() => under.close());

    it('is empty at first, and sound', async () => {
      expect(await journal.read('order/A')).toEqual([]);
      expect(await journal.openStreams('')).toEqual([]);
      expect(await journal.recentStreams('', 10)).toEqual([]);
      expect(await journal.keys(KEY.fileName)).toEqual([]);
      expect(await gathered(journal.records(0))).toEqual([]);
      expect(await journal.verify()).toBeUndefined();
    });

    it('has an id', () => {
      expect(journal.id).toMatch(/^[0-9A-Z]{26}$/);
    });

    it('numbers records from 1 and dates them by the clock', async () => {
      const first = await journal.append([claimed('A'), claimed('B')]);
      await clock.advance(1_500);
      const second = await journal.append([closed('A')]);
      expect(first.map((record) => [record.sequence, record.at])).toEqual([
        [1, '2026-03-02T08:00:00.000Z'],
        [2, '2026-03-02T08:00:00.000Z'],
      ]);
      expect(second).toEqual([{ sequence: 3, at: '2026-03-02T08:00:01.500Z', ...closed('A') }]);
    });

    it('reads the records of one stream, oldest first', async () => {
      await journal.append([claimed('A'), claimed('B')]);
      const [last] = await journal.append([closed('A')]);
      const records = await journal.read('order/A');
      expect(records.map((record) => record.sequence)).toEqual([1, 3]);
      expect(records[1]).toEqual(last);
      expect(await journal.read('order')).toEqual([]);
    });

    it('appends nothing without a record', async () => {
      expect(await journal.append([])).toEqual([]);
      expect(await gathered(journal.records(0))).toEqual([]);
    });

    it('keeps the records of concurrent calls together, without gaps', async () => {
      const calls = Array.from({ length: 50 }, (_, call) =>
        journal.append([claimed(`${call}a`), claimed(`${call}b`), claimed(`${call}c`)]),
      );
      const written = await Promise.all(calls);
      for (const records of written) {
        const [first = 0, second, third] = records.map((record) => record.sequence);
        expect([second, third]).toEqual([first + 1, first + 2]);
      }
      const stored = await gathered(journal.records(0));
      expect(stored.map((record) => record.sequence)).toEqual(
        Array.from({ length: 150 }, (_, index) => index + 1),
      );
      expect(stored).toEqual(written.flat().toSorted((a, b) => a.sequence - b.sequence));
      expect(await journal.verify()).toBeUndefined();
    });

    it('finds the streams that are not closed, by prefix, sorted', async () => {
      await journal.append([claimed('C'), claimed('A'), claimed('B'), accountRecord('acme')]);
      await journal.append([closed('B')]);
      expect(await journal.openStreams('order/')).toEqual(['order/A', 'order/C']);
      expect(await journal.openStreams('account/')).toEqual(['account/acme']);
      expect(await journal.openStreams('')).toEqual(['account/acme', 'order/A', 'order/C']);
    });

    it('keeps a stream closed when a record comes late', async () => {
      await journal.append([claimed('A'), closed('A')]);
      await journal.append([claimed('A')]);
      expect(await journal.openStreams('order/')).toEqual([]);
      expect(await journal.verify()).toBeUndefined();
    });

    it('shows the newest streams first, open or closed, at most as many as asked for', async () => {
      await journal.append([claimed('A'), claimed('B'), accountRecord('acme'), claimed('C'), closed('C')]);
      await journal.append([closed('A')]);
      expect(await journal.recentStreams('order/', 2)).toEqual(['order/C', 'order/B']);
      expect(await journal.recentStreams('order/', 10)).toEqual(['order/C', 'order/B', 'order/A']);
    });

    it('finds keys in the order written, all or those of one value', async () => {
      await journal.append([claimed('B', 'x.xml'), claimed('A', 'y.xml')]);
      await journal.append([claimed('C', 'x.xml')]);
      expect(await journal.keys(KEY.fileName)).toEqual([
        { value: 'x.xml', stream: 'order/B' },
        { value: 'y.xml', stream: 'order/A' },
        { value: 'x.xml', stream: 'order/C' },
      ]);
      expect(await journal.keys(KEY.fileName, 'x.xml')).toEqual([
        { value: 'x.xml', stream: 'order/B' },
        { value: 'x.xml', stream: 'order/C' },
      ]);
      expect(await journal.keys(KEY.bytes)).toEqual([]);
    });

    it('walks all records after one', async () => {
      await journal.append([claimed('A'), claimed('B'), claimed('C')]);
      expect((await gathered(journal.records(1))).map((record) => record.sequence)).toEqual([2, 3]);
    });

    it('gives back texts exactly, and what was undefined as absent', async () => {
      const fileName = 'zażółć "\u0000\\ \u{1F4B6}\u2028.xml';
      const event: JournalEvent = { type: 'no-statement', day: '2026-03-01', code: 'E502' };
      await journal.append([claimed('A', fileName), { stream: 'account/x', event }]);
      expect((await journal.read('order/A'))[0]?.event).toMatchObject({ fileName });
      expect(await journal.keys(KEY.fileName, fileName)).toEqual([{ value: fileName, stream: 'order/A' }]);
    });

    it('takes more keys and records at once than fit one statement', async () => {
      const entries = Array.from({ length: 1_234 }, (_, index) => ({
        bookingDay: '2026-03-01',
        rung: 'content',
        value: String(index),
      }));
      const event: JournalEvent = {
        type: 'history-delivered',
        day: '2026-03-01',
        cursor: 1,
        finished: true,
        file: 'h.xml',
        entries,
      };
      await journal.append([{ stream: 'account/x', event }]);
      await journal.append(Array.from({ length: 1_234 }, (_, index) => claimed(String(index))));
      const keys = await journal.keys(KEY.shownEntry('account/x', '2026-03-01'));
      expect(keys.map((key) => key.value)).toEqual(entries.map((entry) => `content:${entry.value}`));
      expect(await journal.openStreams('order/')).toHaveLength(1_234);
      expect(await journal.verify()).toBeUndefined();
    });

    it('rejects a record that cannot be stored without harm to the others', async () => {
      const unstorable = { type: 'order-closed', amount: 1n } as unknown as JournalEvent;
      await expect(journal.append([{ stream: 'order/A', event: unstorable }])).rejects.toThrow(TypeError);
      await expect(journal.append([{ stream: '', event: { type: 'order-closed' } }])).rejects.toThrow(
        RangeError,
      );
      expect(await journal.append([claimed('B')])).toHaveLength(1);
    });

    it('takes no record after it was closed', async () => {
      await journal.close();
      await expect(journal.append([claimed('A')])).rejects.toThrow(JournalFailure);
    });
  });
}

function accountRecord(company: string): NewRecord {
  return { stream: `account/${company}`, event: { type: 'no-statement', day: '2026-03-01', code: 'E502' } };
}

async function gathered(records: AsyncIterable<JournalRecord>): Promise<readonly JournalRecord[]> {
  const all: JournalRecord[] = [];
  for await (const record of records) all.push(record);
  return all;
}
