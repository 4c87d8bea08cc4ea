// The life of an order as a person reads it: one line for each record, with the document it speaks of.

import { counted } from '../domain/counted.ts';
import { join } from 'node:path';
import { localDateTime } from '../domain/calendar.ts';
import type { OrderEvent, StatusReason, StatusRun } from '../domain/order-event.ts';
import type { Order } from '../domain/order.ts';
import { indexesOf } from '../domain/transfer-state.ts';
import type { JournalRecord } from '../journal/journal.ts';
import { visibleWhole } from '../operations/visible-text.ts';
import { archivedSourceName, SOURCE_NAME } from '../outbound/places.ts';

export interface Moment {
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly sequence: number;
  readonly event: string;
  /** The bank message it is about, from 1; undefined = the order as a whole. */
  readonly part: number | undefined;
  readonly what: string;
  /** Absolute path of the file that shows it. */
  readonly document: string | undefined;
}

/** Documents lie beside the journal, under `spoolFolder`, while the order is open, and in the archive afterwards. */
export function timeline(order: Order, records: readonly JournalRecord[], spoolFolder: string): Moment[] {
  const archive = order.phase === 'closed' ? order.archivedIn : undefined;
  const folder = archive ?? join(spoolFolder, order.id);
  const source = archive === undefined ? SOURCE_NAME : archivedSourceName(order.fileName);
  return records.map(({ at, sequence, event }) => {
    const name = documentOf(event as OrderEvent, source);
    return {
      at,
      sequence,
      event: event.type,
      part: 'part' in event ? event.part : undefined,
      what: visibleWhole(sentence(event as OrderEvent)),
      document: name === undefined ? undefined : join(folder, name),
    };
  });
}

/** Lines for a page; the message is named only where there are several. */
export function timelineText(order: Order, moments: readonly Moment[], timeZone: string): string {
  const several = order.submissions.length > 1;
  return moments
    .flatMap(({ at, part, what, document }) => {
      const about = several && part !== undefined ? `message ${part}: ` : '';
      const line = `${localDateTime(Date.parse(at), timeZone).replace('T', ' ')}  ${about}${what}`;
      return document === undefined ? [line] : [line, `${' '.repeat(21)}see ${document}`];
    })
    .join('\n');
}

function sentence(event: OrderEvent): string {
  switch (event.type) {
    case 'order-claimed':
      return `taken over from the outbox as ${event.fileName}, ${event.sizeBytes} bytes`;
    case 'order-refused':
      return `refused by Goniec, nothing was sent: ${counted(event.faultCount, 'fault')}, first: ${event.faults[0]?.message ?? ''}`;
    case 'order-repeats':
      return `the same bytes as order ${event.of}: not sent again`;
    case 'order-planned':
      return `checked and planned: ${counted(event.erp.transferCount, 'transfer')}, sum ${event.erp.controlSum}, in ${counted(event.submissions.length, 'bank message')}${event.hold === undefined ? '' : `; HELD before anything is sent (${event.hold.code}): ${event.hold.evidence}`}`;
    case 'order-restored':
      return `an older journal was put back; what may have been sent since is HELD (${event.hold.code}): ${event.hold.evidence}`;
    case 'order-recovered':
      return `an older journal was put back; the end was taken from the receipt in ${event.folder}`;
    case 'order-stuck':
      return event.reason === undefined
        ? `step "${event.step}" has succeeded after all`
        : `step "${event.step}" fails again and again: ${event.reason}`;
    case 'submission-prepared':
      return `composed and fixed, ${event.sizeBytes} bytes, SHA-256 ${event.sha256}`;
    case 'submission-started':
      return `handed to the bank, attempt ${event.attempt}`;
    case 'submission-not-sent':
      return `proved that nothing had left: ${event.cause}`;
    case 'submission-lost':
      return `in doubt, the answer was lost: ${event.cause}`;
    case 'submission-rejected':
      return `rejected by the bank: ${reasonsText(event.reasons)}`;
    case 'status-received':
      return `${SAID[event.source]}: ${runsText(event.runs)}`;
    case 'submission-not-found':
      return `asked, and the bank answers ${event.code}: it does not know the message${event.observedMs > 0 ? ` (${seconds(event.observedMs)} s after the answer before)` : ''}`;
    case 'submission-cleared-to-resend':
      return `the same bytes may go out again: ${event.because}`;
    case 'submission-held':
      return `HELD (${event.hold.code}): ${event.hold.evidence}`;
    case 'submission-refused':
      return `refused before it was sent: ${reasonsText(event.reasons)}`;
    case 'submission-released':
      return `${event.who} decided "${event.as}": ${event.reason}`;
    case 'request-accepted':
      return `a request for account data: ${event.requests.map(({ kind, account }) => `${kind} of ${account}`).join(', ')}`;
    case 'request-answered':
      return `answered: ${[...event.files, ...event.notes].join(', ')}`;
    case 'order-told':
      return `the ERP was told${event.final ? ' the end' : ''}: ${event.fileName}`;
    case 'order-archived':
      return `archived in ${event.folder}`;
    case 'order-closed':
      return 'closed';
  }
}

const SAID: Readonly<Record<'answer' | 'report' | 'entry', string>> = {
  answer: 'the bank answered',
  report: 'asked, and the bank reports',
  entry: 'booked on the account',
};

/** The name of the file, in the order's folder, that shows what an event says. */
function documentOf(event: OrderEvent, source: string): string | undefined {
  switch (event.type) {
    case 'order-planned':
    case 'order-refused':
      return source;
    case 'submission-prepared':
      return `part-${event.part.toString().padStart(3, '0')}.xml`;
    case 'submission-lost':
    case 'submission-rejected':
    case 'status-received':
    case 'submission-not-found':
      return event.answer?.name;
    default:
      return undefined;
  }
}

function runsText(runs: readonly StatusRun[]): string {
  if (runs.length === 0) return 'it has the message';
  return runs
    .map(({ transfers, status, reasons }) => {
      const count = [...indexesOf(transfers)].length;
      return `${status} for ${counted(count, 'transfer')}${reasons.length === 0 ? '' : ` (${reasonsText(reasons)})`}`;
    })
    .join(', ');
}

function reasonsText(reasons: readonly StatusReason[]): string {
  return reasons
    .map(({ code, texts }) => [code, ...texts].filter((text) => text !== undefined).join(' '))
    .join('; ');
}

/** For people: whole seconds. */
export function seconds(ms: number): number {
  return Math.round(ms / 1_000);
}
