// Hands prepared bytes to the bank, once, and records what is known afterwards; what is not known stays in doubt.

import type { Order } from '../domain/order.ts';
import type { Submission } from '../domain/submission.ts';
import { keeperFor, type OutboundContext } from './outbound-context.ts';
import { recordOutcome } from './submission-outcome.ts';
import { isIntact } from './prepare.ts';

export async function submitSubmission(
  context: OutboundContext,
  order: Order,
  submission: Submission,
): Promise<void> {
  const { ports, book, places } = context;
  const { part, bank, messageId, operation } = submission.plan;
  if (!(await isIntact(context, order, submission))) {
    const evidence = `The prepared message ${messageId} in the spool no longer has the bytes that were recorded. It was not sent. The disk may be damaged, or somebody changed the file.`;
    await book.record(order.id, { type: 'submission-held', part, hold: { code: 'our-fault', evidence } });
    ports.log.error('submission.held', { order: order.id, message: messageId, code: 'our-fault', evidence });
    return;
  }
  const attempt = submission.attempts + 1;
  // From this record on the message may be at the bank, whatever we hear or do not hear.
  await book.record(order.id, { type: 'submission-started', part, attempt });
  ports.log.info('submission.started', { order: order.id, message: messageId, bank, attempt });
  const path = places.preparedFile(order.id, part);
  const message = {
    messageId,
    operation,
    sizeBytes: submission.prepared?.sizeBytes ?? 0,
    bytes: () => ports.files.read(path),
  };
  const outcome = await ports.channel(bank).submit(message, keeperFor(context, order.id, part));
  await recordOutcome(context, order, submission, outcome);
}

/** A crash came between handing over and hearing: nobody knows, so the bank will be asked. */
export async function declareLost(
  context: OutboundContext,
  order: Order,
  submission: Submission,
): Promise<void> {
  const cause = 'Goniec stopped while the message was being sent.';
  await context.book.record(order.id, { type: 'submission-lost', part: submission.plan.part, cause });
  context.ports.log.warn('submission.lost', { order: order.id, message: submission.plan.messageId, cause });
}
