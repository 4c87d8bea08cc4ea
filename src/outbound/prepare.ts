// Makes the bytes of bank messages and fixes them on disk for ever: composed, signed, written, fsynced, then recorded.

import { createHash } from 'node:crypto';
import type { Fault } from '../domain/fault.ts';
import type { Order } from '../domain/order.ts';
import type { OrderEvent, PlannedSubmission } from '../domain/order-event.ts';
import type { Submission } from '../domain/submission.ts';
import type { PaymentLayout } from '../erp/format.ts';
import { FileFailure, type FileStore } from '../files/file-store.ts';
import type { OutboundContext } from './outbound-context.ts';
import type { Places } from './places.ts';
import { sourceCopy } from './source-copy.ts';
import { SourceRanges } from './source-ranges.ts';

/** Parts recorded in one append, and parts made at the same time, so that one is signed while another is flushed. */
const RECORDED_TOGETHER = 32;
const MADE_AT_ONCE = 4;

/**
 * Prepares a submission, and those planned after it as far as one step goes. After this their message ids and every byte of
 * the messages stay as they are, whatever happens. One that fails keeps none of the others from being recorded; the failure
 * is thrown when it is the first, so that it is met again as the first of a later step.
 */
export async function prepareSubmissions(
  context: OutboundContext,
  order: Order,
  first: Submission,
): Promise<void> {
  const planned = order.submissions.filter(({ phase }) => phase === 'planned');
  const at = planned.indexOf(first);
  const wanted = planned.slice(at, at + RECORDED_TOGETHER);
  const source = await sourceOf(context, order);
  await context.ports.files.makeFolder(context.places.spoolFolder(order.id));
  const made: PromiseSettledResult<Prepared>[] = [];
  for (let from = 0; from < wanted.length; from += MADE_AT_ONCE) {
    const several = wanted.slice(from, from + MADE_AT_ONCE);
    const results = await Promise.allSettled(several.map(({ plan }) => make(context, order, plan, source)));
    made.push(...results);
    if (results.some(({ status }) => status === 'rejected')) break;
  }
  const ready = made.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  // From this record on these bytes and no others are sent.
  if (ready.length > 0) await context.book.record(order.id, ...ready.map(({ event }) => event));
  for (const { fields } of ready) context.ports.log.info('submission.prepared', fields);
  const [ofFirst] = made;
  if (ofFirst?.status === 'rejected') throw ofFirst.reason;
  if (ready.length === planned.length) context.layouts.forget(order.id);
}

interface Prepared {
  readonly event: Extract<OrderEvent, { readonly type: 'submission-prepared' }>;
  readonly fields: Readonly<Record<string, unknown>>;
}

interface PreparableSource {
  readonly ranges: SourceRanges;
  readonly layout: PaymentLayout;
}

async function make(
  { ports, places }: OutboundContext,
  order: Order,
  plan: PlannedSubmission,
  source: PreparableSource,
): Promise<Prepared> {
  const { initiatingPartyName } = ports.terms(plan.bank).rules;
  const ranges = source.ranges.read(source.layout.rangesOf(plan));
  const cut = ports.format.cutRanges(ranges, plan, new Date(order.claimedAt), {
    initiatingPartyName,
  });
  const message = {
    messageId: plan.messageId,
    operation: plan.operation,
    signingTime: new Date(ports.clock.now()),
    document: cut.document,
  };
  // A crash before the record leaves a file nobody has promised anything about; it is simply made again.
  const { sha256, sizeBytes } = await ports.files.write(
    places.preparedFile(order.id, plan.part),
    ports.channel(plan.bank).compose(message),
    { replace: true },
  );
  const translated = ports.format.conversionEdits(order.erp?.messageName);
  const { part, messageId, bank, operation, count } = plan;
  return {
    event: { type: 'submission-prepared', part, sha256, sizeBytes, edits: [...translated, ...cut.edits] },
    fields: { order: order.id, message: messageId, bank, operation, transfers: count, sizeBytes },
  };
}

/** True when the prepared bytes are on the disk and are the ones that were recorded. */
export async function isIntact(
  { ports, places }: { readonly ports: { readonly files: FileStore }; readonly places: Places },
  order: Order,
  submission: Submission,
): Promise<boolean> {
  const hash = createHash('sha256');
  try {
    for await (const piece of ports.files.read(places.preparedFile(order.id, submission.plan.part), {
      lent: true,
    }))
      hash.update(piece);
  } catch (failure) {
    if (failure instanceof FileFailure && failure.code === 'missing') return false;
    throw failure;
  }
  return hash.digest('hex') === submission.prepared?.sha256;
}

/** The file as the bank's version of the message has it, with the places of its pieces. */
async function sourceOf(context: OutboundContext, order: Order): Promise<PreparableSource> {
  const { ports, places, layouts } = context;
  const source = await sourceCopy(ports.files, places, order);
  const converted = places.convertedFile(order.id);
  // Made when the file was checked, where it was needed; it is gone where a backup without the spool was put back.
  if ((await ports.files.stat(converted)) === undefined) {
    const faults = await convertSource(context, order, source);
    if (faults.length > 0) throw new Error(`Order ${order.id} can not be brought into the bank's version.`);
  }
  const path = (await ports.files.stat(converted)) === undefined ? source : converted;
  // Known from the check, unless there was a restart in between.
  const layout =
    layouts.get(order.id) ?? (await ports.format.layout(() => ports.files.read(path, { lent: true })));
  layouts.note(order.id, layout);
  return { ranges: new SourceRanges(ports.files, path), layout };
}

/** Brings a newer version into the one the bank's core takes; gives what that one cannot hold. */
export async function convertSource(
  { ports, places }: OutboundContext,
  order: Order,
  path: string,
): Promise<readonly Fault[]> {
  const { files, format } = ports;
  const forms = places.company(order.company);
  const conversion = await format.convert(() => files.read(path, { lent: true }), forms);
  switch (conversion.kind) {
    case 'as-is':
      return [];
    case 'impossible':
      return conversion.faults;
    case 'converted':
      await files.makeFolder(places.spoolFolder(order.id));
      await files.write(places.convertedFile(order.id), conversion.bytes, { replace: true });
      return [];
  }
}
