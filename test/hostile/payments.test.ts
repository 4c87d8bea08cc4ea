// Hostile payment files on the whole way from the outbox to what the ERP, the archive, the log and the terminal show of them.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/order.ts';
import { timeline, timelineText } from '../../src/cli/timeline.ts';
import { flatFields } from '../../src/operations/flat-fields.ts';
import { jsonLine, prettyLine } from '../../src/operations/log-line.ts';
import { parseSmallDocument } from '../../src/xml/small-document.ts';
import { paymentFile } from '../erp/iso20022/payment-file.ts';
import { createOffice, type Office } from '../outbound/support/office.ts';
import { documentCases } from './document-cases.ts';
import { CPU_MAX_MS, cpuMs, DISTURBING, type HostileCase } from './hostile-case.ts';
import { paymentCases } from './payment-cases.ts';

const HEAP_MAX_BYTES = 200e6;

let made = 0;
/** Of ids and an amount that no other case has. */
function soundFile(): string {
  made += 1;
  const transfers = [{ endToEndId: `E${made}`, amount: `${1_000 + made}.00` }];
  return paymentFile({ messageId: `M${made}`, blocks: [{ id: `P${made}`, transfers }] });
}

let office: Office;
beforeAll(async () => {
  office = await createOffice();
});

describe.each([
  ['in form', documentCases(soundFile)],
  ['in content', paymentCases(soundFile)],
] as const)('a file hostile %s', (_, cases) => {
  it.each(cases)('$name: $outcome', async (hostile) => {
    const bytes = Buffer.from(hostile.bytes());
    const heapBefore = process.memoryUsage().heapUsed;
    let order: Order | undefined;
    const spentMs = await cpuMs(async () => (order = await through(hostile, bytes)));
    expect(spentMs).toBeLessThan(CPU_MAX_MS);
    expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(HEAP_MAX_BYTES);
    if (order === undefined) throw new Error('It was not taken over.');
    isAsExpected(hostile, order);
    isShownHarmless(order);
  });
});

async function through(hostile: HostileCase, bytes: Uint8Array): Promise<Order> {
  const id = await office.claim(`${hostile.name}.xml`, bytes);
  // What looks unfinished is given time to become whole.
  await office.clock.advance(61_000);
  await office.work();
  return office.order(id);
}

function isAsExpected({ outcome }: HostileCase, order: Order): void {
  const [end, sum = order.erp?.controlSum] = outcome.split(' ');
  if (end === 'planned') {
    expect(order.faults).toEqual([]);
    expect(order.submissions.map(({ plan }) => plan.controlSum)).toEqual([sum]);
    return;
  }
  expect(order.submissions).toEqual([]);
  expect(order.faults.map(({ rule }) => rule)).toContainEqual(expect.stringContaining(outcome));
  for (const { line, message, remedy, rule } of order.faults) {
    expect(line).toBeGreaterThan(0);
    for (const sentence of [message, remedy, rule]) expect(sentence).not.toBe('');
    expect(message).not.toMatch(/^\s+at |Error:|node:/m);
  }
}

/** Of all that is written about it nothing disturbs who reads it, and nothing is without bounds. */
function isShownHarmless(order: Order): void {
  const told = office.inbox().filter((name) => name.includes(order.id));
  expect(told.length).toBeGreaterThan(0);
  const shown = told.map((name) => office.read(`/erp/inbox/${name}`));
  for (const text of shown) expect(parseSmallDocument(Buffer.from(text))).toHaveProperty('children');
  if (order.submissions.length === 0) for (const text of shown) expect(text).not.toMatch(DISTURBING);
  const kept = office.disk
    .paths()
    .filter((path) => path.includes(order.id) && /(?:summary\.txt|receipt\.json)$/.test(path))
    .map((path) => office.read(path));
  const lines = office.log.splice(0).map(({ event, fields }) => {
    const record = { time: new Date(0), level: 'info' as const, event, fields: flatFields({ ...fields }) };
    return `${jsonLine(record)}\n${prettyLine(record, false)}`;
  });
  const page = timelineText(order, timeline(order, [], '/state/spool'), 'Europe/Warsaw');
  for (const text of [...kept, ...lines, page]) expect(text).not.toMatch(DISTURBING);
  for (const text of [...shown, ...kept, ...lines]) expect(text.length).toBeLessThan(1e6);
  expect([...shown, ...kept].join('\n')).not.toMatch(/\.ts:\d+:\d+/);
}
