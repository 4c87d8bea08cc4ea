// Why a file that can be paid waits for a person before anything of it is sent: of several reasons the gravest.

import { addDecimals, compareDecimals, formatDecimal, parseDecimal, ZERO } from '../domain/decimal.ts';
import type { Order } from '../domain/order.ts';
import type { Hold, PlannedSubmission } from '../domain/order-event.ts';
import type { OutboundRules } from './outbound-ports.ts';
import type { Reading } from './read-payments.ts';

export interface Findings {
  readonly order: Order;
  readonly reading: Reading;
  readonly submissions: readonly PlannedSubmission[];
  /** It is like an earlier file. */
  readonly alike: Hold | undefined;
  /** Sentences about ids that earlier files have used. */
  readonly repeated: readonly string[];
  readonly rules: Pick<OutboundRules, 'repeatedIds'>;
  /** Why the company wants a person to see it. */
  readonly approval: readonly string[];
}

/** undefined for a file that may go as it is. */
export function planHold(findings: Findings): Hold | undefined {
  const { order, reading, submissions, alike, repeated, rules, approval } = findings;
  const hold =
    restoredHold(order, alike) ??
    unplannedHold(reading, submissions) ??
    alike ??
    (repeated.length > 0 && rules.repeatedIds === 'hold'
      ? { code: 'repeated-ids' as const, evidence: repeated.join(' ') }
      : undefined);
  return withApproval(hold, approval);
}

/** A file that was in our folder long before this journal knew of it, or was open in one that was put back. */
function restoredHold(order: Order, alike: Hold | undefined): Hold | undefined {
  if (!order.restored) return undefined;
  const also = alike === undefined ? '' : ` Also: ${alike.evidence}`;
  const evidence = `The file had been taken over before an older journal was put back, and may have been sent since. Its plan was made anew under the same ids; if accounts or limits were changed in the configuration since, its messages may have been cut in another way. The bank is asked about their ids; nothing is sent unless a person releases it.${also}`;
  return { code: 'found-after-restore', evidence };
}

/** Every transfer that was counted is in the plan; anything else would be a fault of ours, and money left behind. */
function unplannedHold({ rules }: Reading, submissions: readonly PlannedSubmission[]): Hold | undefined {
  const count = submissions.reduce((sum, submission) => sum + submission.count, 0);
  const sum = submissions.reduce(
    (total, { controlSum }) => addDecimals(total, parseDecimal(controlSum) ?? ZERO),
    ZERO,
  );
  if (count === rules.count && compareDecimals(sum, rules.sum) === 0) return undefined;
  const evidence = `Goniec met a fault of its own: the file holds ${rules.count} transfers of ${formatDecimal(rules.sum)}, its plan ${count} of ${formatDecimal(sum)}. Nothing was sent. Please report it.`;
  return { code: 'our-fault', evidence };
}

/** A file that is held anyway is not released in ignorance of what its company's rules say of it. */
function withApproval(hold: Hold | undefined, reasons: readonly string[]): Hold | undefined {
  if (reasons.length === 0) return hold;
  const why = reasons.join(' ');
  return hold === undefined
    ? { code: 'needs-approval', evidence: why }
    : { code: hold.code, evidence: `${hold.evidence} Also: ${why}` };
}
