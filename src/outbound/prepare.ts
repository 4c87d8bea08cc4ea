// Makes the bytes of one bank message and fixes them on disk for ever: composed, signed, written, fsynced, then recorded.

import { createHash } from 'node:crypto';
import type { Order } from '../domain/order.ts';
import type { Submission } from '../domain/submission.ts';
import type { OutboundContext } from './outbound-context.ts';

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

/** True when the prepared bytes on disk are the ones that were recorded. */
export async function isIntact(
  context: OutboundContext,
  order: Order,
  submission: Submission,
): Promise<boolean> {
  const hash = createHash('sha256');
  for await (const piece of context.ports.files.read(
    context.places.preparedFile(order.id, submission.plan.part),
  ))
    hash.update(piece);
  return hash.digest('hex') === submission.prepared?.sha256;
}

/** The file as the bank's version of the message has it. */
async function sourceOf(context: OutboundContext, order: Order): Promise<() => AsyncIterable<Uint8Array>> {
  const { files } = context.ports;
  const converted = context.places.convertedFile(order.id);
  const path = (await files.stat(converted)) === undefined ? context.places.sourceFile(order.id) : converted;
  return () => files.read(path);
}
