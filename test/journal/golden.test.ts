// Records as released versions have written them, one file for each version: they are read for ever, with the
// meaning they had. Lines are never changed; a new event type gets lines in the file of the next version.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AccountEvent } from '../../src/domain/account-event.ts';
import { evolveAccount, NEW_ACCOUNT, type AccountState } from '../../src/domain/account-life.ts';
import type { JournalEvent } from '../../src/domain/journal-event.ts';
import { closesStream, keysOf } from '../../src/domain/journal-index.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { replayOrder, type Order } from '../../src/domain/order.ts';
import { firstBroken, readExport, type ExportedRecord } from './recompute-chain.ts';

const GOLDEN = join(import.meta.dirname, 'golden');
const VERSIONS = readdirSync(GOLDEN).flatMap((name) => /^(\d+\.\d+)\.ndjson$/.exec(name)?.[1] ?? []);

/** The compiler sees to it that no type is left out here, and the test that each has a line. */
const TYPES: Readonly<Record<JournalEvent['type'], true>> = {
  'order-claimed': true,
  'order-refused': true,
  'order-repeats': true,
  'order-planned': true,
  'order-restored': true,
  'order-recovered': true,
  'order-stuck': true,
  'submission-prepared': true,
  'submission-started': true,
  'submission-not-sent': true,
  'submission-lost': true,
  'submission-rejected': true,
  'status-received': true,
  'submission-not-found': true,
  'submission-cleared-to-resend': true,
  'submission-held': true,
  'submission-refused': true,
  'submission-released': true,
  'request-accepted': true,
  'request-answered': true,
  'order-told': true,
  'order-archived': true,
  'order-closed': true,
  'answer-kept': true,
  'answer-dropped': true,
  'balances-delivered': true,
  'history-delivered': true,
  'delivery-advanced': true,
  'entries-shown': true,
  'transfers-booked': true,
  'statement-delivered': true,
  'statement-document-delivered': true,
  'no-statement': true,
  'bank-paused': true,
  'bank-resumed': true,
  'folders-marked': true,
  'orders-announced': true,
  'journal-restored': true,
};

/** What the orders of each version come to, oldest first. */
const ORDERS: Readonly<Record<string, readonly string[]>> = {
  '0.1': [
    'closed settled',
    'closed',
    'closed',
    'planned refused',
    'planned rejected refused',
    'planned settled',
    'answered',
  ],
  '0.2': ['planned held', 'closed settled'],
  '0.3': [],
};

it('a record of every type there is, and of none that there is not', () => {
  const written = VERSIONS.flatMap((version) => recordsOf(version).map(({ body }) => eventOf(body).type));
  expect([...new Set(written)].sort()).toEqual(Object.keys(TYPES).sort());
});

describe.each(VERSIONS)('records of version %s', (version) => {
  it('have the hashes they had', () => {
    expect(firstBroken(readExport(textOf(`${version}.ndjson`)))).toBeUndefined();
  });

  it('are written the same way when read and written again', () => {
    for (const { body } of recordsOf(version)) expect(JSON.stringify(JSON.parse(body))).toBe(body);
  });

  it('have the keys they had, and close the streams they closed', () => {
    const now = recordsOf(version).map(({ sequence, stream, body }) =>
      JSON.stringify({
        sequence,
        closes: closesStream(eventOf(body)),
        keys: keysOf(stream, eventOf(body)),
      }),
    );
    expect(now).toEqual(textOf(`${version}.keys.ndjson`).trimEnd().split('\n'));
  });

  it('come to the same orders', () => {
    const orders = streamsOf(version, 'order/').map(([stream, records]) =>
      replayOrder(
        stream.slice('order/'.length),
        records.map(({ at, body }) => ({ at, event: eventOf(body) as OrderEvent })),
      ),
    );
    expect(orders.map(inWords)).toEqual(ORDERS[version]);
  });

  it('come to the same accounts', () => {
    for (const [, records] of streamsOf(version, 'account/')) {
      let state: AccountState = NEW_ACCOUNT;
      for (const { at, body, sequence } of records)
        state = evolveAccount(state, { at, sequence, event: eventOf(body) as AccountEvent });
      if (version !== '0.1') continue;
      expect(state).toMatchObject({
        pending: undefined,
        historyThrough: '2026-11-22',
        cursor: { day: '2026-11-23', number: 4 },
      });
      const known = [...state.statements.values()].map(({ day, outcome, document }) => [
        day,
        outcome,
        document,
      ]);
      expect(known).toEqual([
        ['2026-11-20', 'delivered', true],
        ['2026-11-21', 'none', false],
      ]);
    }
  });
});

function textOf(name: string): string {
  return readFileSync(join(GOLDEN, name), 'utf8');
}

function recordsOf(version: string): readonly ExportedRecord[] {
  return readExport(textOf(`${version}.ndjson`)).records;
}

function streamsOf(version: string, prefix: string): [string, ExportedRecord[]][] {
  const all = recordsOf(version).filter(({ stream }) => stream.startsWith(prefix));
  return [...Map.groupBy(all, ({ stream }) => stream)];
}

function eventOf(body: string): JournalEvent {
  return JSON.parse(body) as JournalEvent;
}

function inWords(order: Order | undefined): string {
  return [order?.phase, ...(order?.submissions ?? []).map(({ phase }) => phase)].join(' ');
}
