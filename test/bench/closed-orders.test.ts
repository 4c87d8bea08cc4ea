import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeClosedOrders } from '../../bench/closed-orders.ts';
import { KEY } from '../../src/domain/journal-index.ts';
import { openJournalForReading } from '../../src/journal/sqlite-journal.ts';
import { readOrder } from '../../src/outbound/order-book.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'goniec-bench-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('a journal filled with closed orders is sound, and each of its orders has come to its end', async () => {
  await writeClosedOrders(folder, 300);
  const journal = await openJournalForReading(folder);
  if ('refused' in journal) throw new Error(journal.sentence);
  expect(await journal.verify()).toBeUndefined();
  const [found] = await journal.keys(KEY.fileName, 'order-299.xml');
  const order = await readOrder(journal, found?.stream.slice('order/'.length) ?? '');
  expect(order).toMatchObject({ phase: 'closed', submissions: [{ phase: 'settled' }] });
  await journal.close();
});
