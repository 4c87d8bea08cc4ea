// Hands prepared bytes to the bank, once, and records what is known afterwards; what is not known stays in doubt.

import { addDays, dayAt } from '../domain/calendar.ts';
import type { Order } from '../domain/order.ts';
import type { Hold, PlannedSubmission } from '../domain/order-event.ts';
import type { Submission } from '../domain/submission.ts';
import { keeperFor, type OutboundContext } from './outbound-context.ts';
import { stillIn } from './order-book.ts';
import { recordOutcome } from './submission-outcome.ts';
import { isIntact } from './prepare.ts';

/** The banks to which a plan is about to be sent may be connected to while it is recorded and its messages are signed. */
export function makeBanksReady(
  { ports, paused, stop }: OutboundContext,
  planned: readonly PlannedSubmission[],
): void {
  if (stop.aborted) return;
  for (const bank of new Set(planned.map((plan) => plan.bank)))
    if (!paused.has(bank)) ports.channel(bank).makeReady();
}

export async function submitSubmission(
  context: OutboundContext,
  order: Order,
  submission: Submission,
): Promise<void> {
  const { ports, book, places } = context;
  const { part, bank, messageId, operation } = submission.plan;
  if (!(await isIntact(context, order, submission))) {
    const evidence = `The prepared message ${messageId} in the spool no longer has the bytes that were recorded. It was not sent. The disk may be damaged, or somebody changed the file.`;
    await book.recordIf(order.id, stillIn(part, 'prepared'), {
      type: 'submission-held',
      part,
      hold: { code: 'our-fault', evidence },
    });
    ports.log.error('submission.held', { order: order.id, message: messageId, code: 'our-fault', evidence });
    return;
  }
  const late = passedDate(context, submission);
  if (late !== undefined) {
    await book.recordIf(order.id, stillIn(part, 'prepared'), { type: 'submission-held', part, hold: late });
    ports.log.error('submission.held', { order: order.id, message: messageId, ...late });
    return;
  }
  if (context.stop.aborted) return;
  const attempt = submission.attempts + 1;
  // From this record on the message may be at the bank, whatever we hear or do not hear.
  const started = { type: 'submission-started', part, attempt } as const;
  // A booked entry, or an answer, may have settled it while its bytes were looked at.
  if ((await book.recordIf(order.id, stillIn(part, 'prepared'), started)) === undefined) return;
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

/**
 * A message that waited for a person, a paused bank or a connection may have waited too long. What may be at the bank already
 * is left to the bank: only the same bytes may go there again.
 */
function passedDate({ ports }: OutboundContext, { plan, lostBefore }: Submission): Hold | undefined {
  if (lostBefore) return undefined;
  const { timeZone, pastAllowedDays } = ports.rules;
  const today = dayAt(ports.clock.now(), timeZone);
  const [day] = plan.blocks.map(({ executionDate }) => executionDate).sort();
  if (day === undefined || day >= addDays(today, -pastAllowedDays)) return undefined;
  const evidence = `Message ${plan.messageId} was to be executed on ${day}, which has gone by, and was never sent. Drop it and let the ERP send its payments again with a new date; or, where the bank takes dates gone by, allow them in the configuration (executionDate.pastAllowedDays) and release it.`;
  return { code: 'execution-date-passed', evidence };
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
