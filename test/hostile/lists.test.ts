// Hostile Elixir-O lists on the whole way from the outbox to what the ERP and the archive show of them.

import { beforeAll, describe, expect, it } from 'vitest';
import { bankTerms } from '../domain/sketches.ts';
import { createOffice, type Office } from '../outbound/support/office.ts';
import { CPU_MAX_MS, cpuMs, DISTURBING } from './hostile-case.ts';
import { LIST_CASES } from './list-cases.ts';

const HEAP_MAX_BYTES = 200e6;

let office: Office;
beforeAll(async () => {
  office = await createOffice(bankTerms(), {
    forms: { elixirO: { encoding: 'utf-8', complete: 'rename', splitPayment: 'title', language: 'en' } },
  });
});

describe('a hostile list', () => {
  it.each(LIST_CASES)('$name: $outcome', async ({ name, bytes, outcome }) => {
    const content = Buffer.from(bytes());
    const heapBefore = process.memoryUsage().heapUsed;
    let id = '';
    const spentMs = await cpuMs(async () => {
      id = await office.claim(`${name}.pli`, content);
      // What looks unfinished is given time to become whole.
      await office.clock.advance(61_000);
      await office.work();
    });
    expect(spentMs).toBeLessThan(CPU_MAX_MS);
    expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(HEAP_MAX_BYTES);
    const order = await office.order(id);
    const [end, sum] = outcome.split(' ');
    if (end === 'planned') {
      expect(order.faults).toEqual([]);
      expect(order.submissions.map(({ plan }) => plan.controlSum)).toEqual([sum]);
    } else {
      expect(order.submissions).toEqual([]);
      expect(order.faults.map(({ rule }) => rule)).toContain(outcome);
    }
    const told = office.inbox().filter((file) => file.includes(id));
    expect(told.map((file) => file.slice(0, 6)).sort()).toEqual(['pain.0', 'status']);
    for (const file of told) {
      const text = office.read(`/erp/inbox/${file}`);
      expect(text.length).toBeLessThan(1e6);
      expect(text.replaceAll('\r\n', '\n').replace(/^\ufeff/, '')).not.toMatch(DISTURBING);
    }
  });
});
