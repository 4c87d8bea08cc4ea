// Puts everything an order was into one readable folder, then lets go of its working files and closes it.

import { join } from 'node:path';
import { localDateTime } from '../domain/calendar.ts';
import type { Order } from '../domain/order.ts';
import { shownJson } from '../domain/shown-value.ts';
import { FileFailure } from '../files/file-store.ts';
import type { OutboundContext } from './outbound-context.ts';
import { archivedSourceName, safeStem, SOURCE_NAME } from './places.ts';
import { summaryText } from './summary.ts';

/** Copies are written whole and may be written again after a crash; the working files stay until the record is durable. */
export async function archiveOrder(context: OutboundContext, order: Order): Promise<void> {
  const { ports, places, book } = context;
  const folder = archiveFolder(context, order);
  await ports.files.makeFolder(folder);
  const answers = await spooled(context, order);
  // Written beside each other, they share the flushes of the folder.
  const written = await Promise.allSettled([
    archiveSource(context, order, join(folder, archivedSourceName(order.fileName))),
    ...answers.map((entry) =>
      copy(ports.files.copy(join(places.spoolFolder(order.id), entry), join(folder, entry))),
    ),
    write(context, join(folder, 'summary.txt'), summaryText(order, ports.rules.timeZone)),
    write(context, join(folder, 'receipt.json'), receipt(order)),
  ]);
  const failed = written.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  // The receipt must be what the records say: where another lane has recorded something meanwhile, this is done again.
  await book.recordIf(order.id, (present) => present === order, { type: 'order-archived', folder });
}

/** Removes what the archive now holds and closes the order; every removal may be repeated. */
export async function closeOrder(context: OutboundContext, order: Order): Promise<void> {
  const { ports, places, book } = context;
  await ports.files.remove(places.workingFile(order));
  await ports.files.remove(places.spoolFolder(order.id));
  await ports.files.remove(places.heldNote(order));
  await book.record(order.id, { type: 'order-closed' });
  ports.log.info('order.closed', { order: order.id, file: order.fileName, folder: order.archivedIn });
}

/** By the day it was taken over; what Goniec refused lies apart, because somebody has to look at it. */
function archiveFolder(context: OutboundContext, order: Order): string {
  const { archive } = context.places.company(order.company);
  const [year = '', month = '', day = ''] = localDateTime(
    Date.parse(order.claimedAt),
    context.ports.rules.timeZone,
  )
    .slice(0, 10)
    .split('-');
  const name = `${safeStem(order.fileName)}_${order.id}`;
  return order.phase === 'refused'
    ? join(archive, 'refused', year, month, day, name)
    : join(archive, year, month, day, name);
}

async function spooled(context: OutboundContext, order: Order): Promise<string[]> {
  const folder = context.places.spoolFolder(order.id);
  if ((await context.ports.files.stat(folder)) === undefined) return [];
  return (await context.ports.files.list(folder))
    .filter(({ kind, name }) => kind === 'file' && name !== SOURCE_NAME && !name.startsWith('.'))
    .map((entry) => entry.name);
}

async function archiveSource({ ports, places }: OutboundContext, order: Order, to: string): Promise<void> {
  const own = places.sourceFile(order.id);
  if ((await ports.files.stat(own)) !== undefined) return copy(ports.files.copy(own, to));
  // Our copy is gone where a backup without the spool was put back; the ERP's file must not go with it.
  await copy(
    ports.files.write(to, ports.files.read(places.workingFile(order), { lent: true }), { replace: true }),
  );
}

async function write({ ports }: OutboundContext, path: string, text: string): Promise<void> {
  await ports.files.write(path, Buffer.from(text), { replace: true });
}

/** A file that is already gone was copied before a crash. */
async function copy(copying: Promise<unknown>): Promise<void> {
  try {
    await copying;
  } catch (failure) {
    if (!(failure instanceof FileFailure) || failure.code !== 'missing') throw failure;
  }
}

/** The whole order as data, for an auditor's tools. */
function receipt(order: Order): string {
  const submissions = order.submissions.map((submission) => ({
    ...submission,
    states: Object.fromEntries(submission.states),
  }));
  return `${shownJson({ ...order, submissions })}\n`;
}
