// Makes the bytes of one bank message and fixes them on disk for ever: composed, signed, written, fsynced, then recorded.

import { createHash } from 'node:crypto';
import type { Fault } from '../domain/fault.ts';
import type { Order } from '../domain/order.ts';
import type { Submission } from '../domain/submission.ts';
import { FileFailure, type FileStore } from '../files/file-store.ts';
import type { OutboundContext } from './outbound-context.ts';
import type { Places } from './places.ts';
import { sourceCopy } from './source-copy.ts';

/** After this the message id and every byte of the message stay as they are, whatever happens. */
export async function prepareSubmission(
  context: OutboundContext,
  order: Order,
  submission: Submission,
): Promise<void> {
  const { ports, places, book } = context;
  const { plan } = submission;
  const createdAt = new Date(order.claimedAt);
  const { initiatingPartyName } = ports.terms(plan.bank).rules;
  const cut = ports.format.cut(await sourceOf(context, order), plan, createdAt, { initiatingPartyName });
  const message = {
    messageId: plan.messageId,
    operation: plan.operation,
    signingTime: new Date(ports.clock.now()),
    document: cut.document,
  };
  await ports.files.makeFolder(places.spoolFolder(order.id));
  // A crash before the record leaves a file nobody has promised anything about; it is simply made again.
  const written = await ports.files.write(
    places.preparedFile(order.id, plan.part),
    ports.channel(plan.bank).compose(message),
    { replace: true },
  );
  await book.record(order.id, {
    type: 'submission-prepared',
    part: plan.part,
    sha256: written.sha256,
    sizeBytes: written.sizeBytes,
    edits: cut.edits,
  });
  ports.log.info('submission.prepared', {
    order: order.id,
    message: plan.messageId,
    bank: plan.bank,
    operation: plan.operation,
    transfers: plan.count,
    sizeBytes: written.sizeBytes,
  });
}

/** True when the prepared bytes are on the disk and are the ones that were recorded. */
export async function isIntact(
  { ports, places }: { readonly ports: { readonly files: FileStore }; readonly places: Places },
  order: Order,
  submission: Submission,
): Promise<boolean> {
  const hash = createHash('sha256');
  try {
    for await (const piece of ports.files.read(places.preparedFile(order.id, submission.plan.part)))
      hash.update(piece);
  } catch (failure) {
    if (failure instanceof FileFailure && failure.code === 'missing') return false;
    throw failure;
  }
  return hash.digest('hex') === submission.prepared?.sha256;
}

/** The file as the bank's version of the message has it. */
async function sourceOf(context: OutboundContext, order: Order): Promise<() => AsyncIterable<Uint8Array>> {
  const { ports, places } = context;
  const source = await sourceCopy(ports.files, places, order);
  const converted = places.convertedFile(order.id);
  // The copy was made when the file was checked; it is gone where a backup without the spool was put back.
  if (order.restored && (await ports.files.stat(converted)) === undefined) {
    const faults = await convertSource(context, order, source);
    if (faults.length > 0) throw new Error(`Order ${order.id} can not be brought into the bank's version.`);
  }
  const path = (await ports.files.stat(converted)) === undefined ? source : converted;
  return () => ports.files.read(path);
}

/** Brings a newer version into the one the bank's core takes; gives what that one cannot hold. */
export async function convertSource(
  { ports, places }: OutboundContext,
  order: Order,
  path: string,
): Promise<readonly Fault[]> {
  const { files, format } = ports;
  const conversion = await format.convert(() => files.read(path));
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
