// An older journal was put back, and a person says so. What was open in it may have been sent since: it is held and the bank is
// asked. What has come to its end since lies in the archive and is taken over from there, so that it is known again.

import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { evolveAccount, NEW_ACCOUNT, type AccountRecord } from '../domain/account-life.ts';
import { dayAt } from '../domain/calendar.ts';
import { ulidTimeMs } from '../domain/identifiers.ts';
import type { Order } from '../domain/order.ts';
import { isOrderFinal } from '../domain/order.ts';
import type { OrderEvent, RecoveredOrder } from '../domain/order-event.ts';
import { RESTORES } from '../domain/restore-event.ts';
import type { FileStore } from '../files/file-store.ts';
import type { Journal, NewRecord, ReadOnlyJournal } from '../journal/journal.ts';
import { awayReason, foldersAway } from './company-folders.ts';
import { readOrder } from './order-book.ts';
import type { CompanyFolders } from './outbound-ports.ts';
import { forgetNote } from './outbox-witness.ts';
import { placesOf, type Places } from './places.ts';
import { isIntact } from './prepare.ts';
import { archivedSince, readReceipt } from './receipt.ts';

export interface RestoreParts {
  readonly journal: Journal;
  readonly files: FileStore;
  readonly clock: Clock;
  readonly companies: readonly CompanyFolders[];
  readonly spoolFolder: string;
  readonly decisionsFolder: string;
  readonly timeZone: string;
}

export interface RestoreRefusal {
  readonly kind: 'refused';
  readonly reason: string;
}

export interface Restored {
  readonly kind: 'restored';
  /** The last record of the journal that was put back. */
  readonly lastSequence: number;
  readonly lastAt: string;
  /** Orders that may have gone further. */
  readonly held: readonly Order[];
  /** Orders whose end was found in the archive. */
  readonly recovered: readonly RecoveredOrder[];
  /** Decisions of people that lay in the restored folder and may have been carried out already. */
  readonly decisionsRemoved: number;
}

/**
 * Puts the restore on record, with all that follows from it for the orders, in one unit: a crash leaves all of it or none,
 * and it may be done again. Files that the journal does not know are met by the scan of the outbox, as ever.
 */
export async function recordRestore(
  parts: RestoreParts,
  { who, reason }: { readonly who: string; readonly reason: string },
): Promise<Restored | RestoreRefusal> {
  const { journal } = parts;
  const away = await folderAway(parts);
  if (away !== undefined) return { kind: 'refused', reason: away };
  const places = placesOf(parts);
  const { lastSequence, lastAt } = await lastRecord(journal);
  const open = await openOrders(journal);
  const ended = await endedSince(parts, lastAt, open);
  const held = open.filter((order) => !ended.has(order.id) && mayHaveGoneFurther(order));
  for (const order of open) if (!ended.has(order.id)) await bringSource(parts, places, order);
  const evidence = `An older journal was put back (${who}: ${reason}); its last record is of ${lastAt}. This message had no end then and may have been sent since: it is not sent by itself any more. The bank is asked about its id; if the bank knows it, it is followed as ever, else a person decides.`;
  const records: NewRecord[] = [
    { stream: RESTORES, event: { type: 'journal-restored', who, reason, lastSequence, lastAt } },
    ...[...ended].map(([id, order]) => record(id, { type: 'order-recovered', ...order })),
  ];
  for (const order of held) {
    records.push(
      record(order.id, {
        type: 'order-restored',
        hold: { code: 'found-after-restore', evidence },
        tellFrom: firstUnusedTelling(order.id, parts.clock.now()),
        bytesGone: await bytesGone(parts, places, order),
      }),
    );
  }
  records.push(...(await droppedAnswers(journal)));
  // What people had decided may have been carried out since; carried out again it would send again.
  const decisionsRemoved = await removeDecisions(parts);
  // From this record on nothing that was open goes out by itself.
  await journal.append(records);
  // The outboxes have seen the newer journal; until this is done the start refuses, and this is run again.
  for (const company of parts.companies) await forgetNote(parts, company);
  return { kind: 'restored', lastSequence, lastAt, held, recovered: [...ended.values()], decisionsRemoved };
}

/**
 * Far above the number of any telling there can have been: more than one for each second since the file was taken over, whichever
 * way the clock was put right since.
 */
export function firstUnusedTelling(orderId: string, nowMs: number): number {
  return 100 + Math.floor(Math.abs(nowMs - ulidTimeMs(orderId)) / 1_000);
}

/** When an older journal was last put back; before all time when it never was. */
export async function lastRestoreMs(journal: Pick<ReadOnlyJournal, 'last'>): Promise<number> {
  const last = await journal.last(RESTORES);
  return last === undefined ? -Infinity : Date.parse(last.at);
}

/** Without the archive it can not be seen what has come to its end; a share that is not mounted must not pass for an empty one. */
async function folderAway({ journal, files, companies }: RestoreParts): Promise<string | undefined> {
  for (const company of companies) {
    const [marked] = await foldersAway(journal, files, company);
    if (marked !== undefined) return awayReason(marked);
    for (const path of [company.outbox, company.archive])
      if ((await files.stat(path)) === undefined)
        return `The folder ${path} of ${company.name} is not there. What was sent since the backup is looked up in it: make it reachable, then run this again.`;
  }
  return undefined;
}

async function lastRecord(journal: Journal): Promise<{ lastSequence: number; lastAt: string }> {
  const last = await journal.last();
  return last === undefined
    ? { lastSequence: 0, lastAt: new Date(ulidTimeMs(journal.id)).toISOString() }
    : { lastSequence: last.sequence, lastAt: last.at };
}

async function openOrders(journal: Journal): Promise<Order[]> {
  const orders: Order[] = [];
  for (const stream of await journal.openStreams('order/')) {
    const order = await readOrder(journal, stream.slice('order/'.length));
    if (order !== undefined) orders.push(order);
  }
  return orders;
}

/** Orders that the archive has at their end and the journal has not: those open in it, and those it never heard of. */
async function endedSince(
  { journal, files, companies, timeZone }: RestoreParts,
  lastAt: string,
  open: readonly Order[],
): Promise<Map<string, RecoveredOrder>> {
  const openIds = new Set(open.map(({ id }) => id));
  const since = open.reduce((first, { claimedAt }) => (claimedAt < first ? claimedAt : first), lastAt);
  const found = new Map<string, RecoveredOrder>();
  for (const { name, archive } of companies) {
    for (const [id, folder] of await archivedSince(files, archive, dayAt(Date.parse(since), timeZone))) {
      if (!openIds.has(id) && (await journal.read(`order/${id}`)).length > 0) continue;
      const receipt = await readReceipt(files, folder, id, name);
      if (receipt !== undefined) found.set(id, receipt);
    }
  }
  return found;
}

/** What is at its end is told and archived as it would have been; a repeat may have told something else meanwhile. */
function mayHaveGoneFurther(order: Order): boolean {
  if (order.phase === 'repeats') return order.told?.final !== true;
  return order.phase !== 'requested' && !isOrderFinal(order);
}

async function bytesGone(parts: RestoreParts, places: Places, order: Order): Promise<number[]> {
  const gone: number[] = [];
  for (const submission of order.submissions) {
    if (submission.prepared === undefined) continue;
    if (!(await isIntact({ ports: parts, places }, order, submission))) gone.push(submission.plan.part);
  }
  return gone;
}

/** A backup of the journal alone is without the spool; what the ERP wrote is still in the working folder. */
async function bringSource({ files }: RestoreParts, places: Places, order: Order): Promise<void> {
  const source = places.sourceFile(order.id);
  const working = places.workingFile(order);
  if ((await files.stat(source)) !== undefined || (await files.stat(working)) === undefined) return;
  await files.makeFolder(places.spoolFolder(order.id));
  await files.write(source, files.read(working, { lent: true }));
}

/** Answers of the bank that waited to be delivered were delivered since, or are asked for again. */
async function droppedAnswers(journal: Journal): Promise<NewRecord[]> {
  const dropped: NewRecord[] = [];
  for (const stream of await journal.openStreams('account/')) {
    let state = NEW_ACCOUNT;
    for (const record of await journal.read(stream)) state = evolveAccount(state, record as AccountRecord);
    if (state.pending !== undefined)
      dropped.push({
        stream,
        event: { type: 'answer-dropped', reason: 'An older journal was put back; the bank is asked again.' },
      });
  }
  return dropped;
}

async function removeDecisions({ files, decisionsFolder }: RestoreParts): Promise<number> {
  if ((await files.stat(decisionsFolder)) === undefined) return 0;
  const decisions = (await files.list(decisionsFolder)).filter(({ kind }) => kind === 'file');
  for (const { name } of decisions) await files.remove(join(decisionsFolder, name));
  return decisions.length;
}

function record(id: string, event: OrderEvent): NewRecord {
  return { stream: `order/${id}`, event };
}
