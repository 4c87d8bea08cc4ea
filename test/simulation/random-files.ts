// What an ERP drops in a random world: payments of many shapes, the same again, files that are none, requests; at once or slowly.

import { createIso20022Format } from '../../src/erp/iso20022/iso20022-format.ts';
import { addDays, dayAt, isBusinessDay } from '../../src/domain/calendar.ts';
import { paymentFile, type TransferSketch } from '../erp/iso20022/payment-file.ts';
import { REJECTED_PREFIX } from './bank-moods.ts';
import type { Chance } from './chance.ts';
import { drop, MINUTE_MS, SECOND_MS, transfer, type Event } from './scenario-parts.ts';
import { ACCOUNT, OTHER_ACCOUNT, TIME_ZONE } from './scenario.ts';

export interface RandomFiles {
  readonly events: readonly Event[];
  readonly outcomes: Readonly<Record<string, readonly string[]>>;
}

const FORMAT = createIso20022Format({ timeZone: TIME_ZONE });
const DROPPED_WITHIN_MS = 6 * MINUTE_MS;
/** How a payment file may end where anything may go wrong; whether it is the right end, the bank's ledger says. */
const ANY_END = ['ACSC', 'PART', 'RJCT', 'held'];

export function randomFiles(chance: Chance, startMs: number): RandomFiles {
  const count = chance.percent(5) ? chance.between(15, 40) : chance.between(3, 8);
  const events: Event[] = [];
  const outcomes: Record<string, readonly string[]> = {};
  const sent: string[] = [];
  for (let index = 1; index <= count; index += 1) {
    const name = `f${index}.xml`;
    const { content, ends } = randomFile(chance, index, sent, startMs);
    outcomes[name] = ends;
    const atMs = chance.below(DROPPED_WITHIN_MS);
    const isSlow = content.startsWith('<') && chance.percent(30);
    events.push(...(isSlow ? grows(chance, name, content, atMs) : [drop(name, content, atMs)]));
  }
  return { events, outcomes };
}

type RandomFile = { readonly content: string; readonly ends: readonly string[] };

function randomFile(chance: Chance, index: number, sent: string[], startMs: number): RandomFile {
  if (chance.percent(6)) return { content: `no payment file ${index}`, ends: ['RJCT', 'repeats'] };
  if (chance.percent(6)) return { content: request(chance, index, startMs), ends: ['answered'] };
  if (sent.length > 0 && chance.percent(10))
    return { content: chance.pick(sent), ends: [...ANY_END, 'repeats'] };
  // Without blocks of its own MsgId the file before it lends its own: same id, other content.
  const messageId = sent.length > 0 && chance.percent(6) ? `M${index - 1}` : `M${index}`;
  const transfers = Array.from({ length: chance.pick([1, 1, 1, 2, 3, 5]) }, (_, at) =>
    transfer(
      `${chance.percent(5) ? REJECTED_PREFIX : ''}E${index}x${at}`,
      `${chance.between(1, 900)}.${chance.between(10, 99)}`,
    ),
  );
  if (chance.percent(6))
    return { content: dated(messageId, [transfer('BAD', '-1.00')], startMs), ends: ['RJCT', 'held'] };
  const content = dated(messageId, transfers, startMs);
  const debited = chance.percent(25) ? content.replaceAll(ACCOUNT, OTHER_ACCOUNT) : content;
  sent.push(debited);
  return { content: debited, ends: [...ANY_END, 'repeats'] };
}

/** Of today, to be executed on a business day soon. */
function dated(messageId: string, transfers: readonly TransferSketch[], startMs: number): string {
  const today = dayAt(startMs, TIME_ZONE);
  let day = addDays(today, 4);
  while (!isBusinessDay(day)) day = addDays(day, 1);
  return paymentFile({ messageId, blocks: [{ id: `${messageId}-B1`, transfers }] })
    .replaceAll('2026-11-24', day)
    .replaceAll('2026-11-23', today);
}

function request(chance: Chance, index: number, startMs: number): string {
  const kind = chance.pick(['balance', 'history', 'statement'] as const);
  const day = kind === 'balance' ? undefined : addDays(dayAt(startMs, TIME_ZONE), -1);
  const bytes = FORMAT.composeRequest({
    messageId: `R${index}`,
    createdAt: new Date(startMs),
    account: ACCOUNT,
    kind,
    from: day,
    to: day,
  });
  return Buffer.from(bytes).toString('utf8');
}

/** In a few steps, with pauses in which the file looks as if it were done, but for its end. */
function grows(chance: Chance, name: string, content: string, atMs: number): Event[] {
  const events: Event[] = [{ atMs, act: ({ erp }) => erp.begin(name, content) }];
  let at = atMs;
  let size = 1;
  for (let steps = chance.between(1, 4); steps > 0; steps -= 1) {
    at += chance.between(100, 40 * SECOND_MS);
    size = chance.between(size, content.length - 12);
    const sizeBytes = size;
    events.push({ atMs: at, act: ({ erp }) => erp.grow(name, sizeBytes) });
  }
  at += chance.between(100, 40 * SECOND_MS);
  return [...events, { atMs: at, act: ({ erp }) => erp.grow(name, Infinity) }];
}
