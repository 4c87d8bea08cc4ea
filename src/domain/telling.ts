// What the ERP is told of an order: one status for every transfer, a status for the whole, and when it is time to say so.

import { isOrderFinal, type Order } from './order.ts';
import { isAskedWhileHeld, type Submission } from './submission.ts';
import type { StatusReason } from './order-event.ts';
import { isFinal, type TransferStatus } from './status.ts';
import { indexesOf, toRuns, type TransferState } from './transfer-state.ts';

const PENDING: TransferState = { status: 'PDNG', reasons: [] };

/** What is told of an order beside its own state. */
export interface Situation {
  /** Whether nothing is sent to this bank before a person resumes it. */
  readonly paused: (bank: string) => boolean;
  /** For an order that repeats another: that one, while it is open. */
  readonly first: Order | undefined;
}

/** The state of one transfer as the ERP is to hear it. */
export function toldState(submission: Submission, index: number, bankPaused = false): TransferState {
  const known = submission.states.get(index);
  switch (submission.phase) {
    case 'prepared':
      return known ?? (bankPaused ? { status: 'PDNG', reasons: pauseReasons(submission) } : PENDING);
    case 'planned':
    case 'submitting':
    case 'in-doubt':
    case 'submitted':
    case 'rejected':
    case 'settled':
    case 'partly-settled':
      return known ?? PENDING;
    case 'held':
      return known !== undefined && isFinal(known.status)
        ? known
        : { status: 'PDNG', reasons: holdReasons(submission) };
    case 'refused':
      return { status: 'RJCT', reasons: submission.reasons };
  }
}

const FURTHEST_BACK_FIRST: readonly TransferStatus[] = ['PDNG', 'RCVD', 'ACTC', 'ACCP', 'ACWC', 'ACSP'];

/** GrpSts for the whole: the one status all share, PART for a mixture that holds an end, else what is furthest back. */
export function groupStatus(order: Order): TransferStatus | 'PART' {
  if (order.phase === 'refused') return 'RJCT';
  const seen = statusesSeen(order);
  const [only] = seen;
  if (only === undefined) return 'PDNG';
  if (seen.size === 1) return only;
  if (seen.has('RJCT') || seen.has('ACSC')) return 'PART';
  return FURTHEST_BACK_FIRST.find((status) => seen.has(status)) ?? 'PDNG';
}

/**
 * True as long as all of the order is held, or was dropped, because its MsgId is an earlier order's with other content: told under that
 * id, or with ids of transfers that may be the same, the earlier one would be taken for held or refused, and be paid again.
 */
export function bearsAnothersId({ submissions }: Order): boolean {
  return (
    submissions.length > 0 &&
    submissions.every(
      ({ phase, hold }) => hold?.code === 'same-message-id' && (phase === 'held' || phase === 'refused'),
    )
  );
}

/** True when what is told now is the last word. An order that repeats another has its last word after that one. */
export function isLastWord(order: Order, first: Order | undefined): boolean {
  return isOrderFinal(order) && (first === undefined || first.told?.final === true);
}

/** Whether the ERP must hear something, and from when; undefined when it knows all there is. */
export function needsTelling(
  order: Order,
  nowMs: number,
  tellEveryMs: number,
  { paused, first }: Situation,
): { readonly dueMs: number } | undefined {
  if (order.phase === 'answered' || order.told?.final === true) return undefined;
  if (isLastWord(order, first)) return { dueMs: 0 };
  if (order.submissions.some(({ phase }) => phase === 'planned' || phase === 'submitting')) return undefined;
  if (order.restored && !waitsForPerson(order)) return undefined;
  if (order.told === undefined) return isAboutToBeSent(order, paused) ? undefined : { dueMs: 0 };
  if (order.told.digest === toldDigest(first ?? order, paused)) return undefined;
  const toldMs = Date.parse(order.told.at);
  // A date that was set back must not keep the ERP waiting until it comes again.
  return { dueMs: toldMs > nowMs ? 0 : toldMs + tellEveryMs };
}

/**
 * The ERP may have heard the end of an order before an older journal was put back: until it comes to it again, only that a
 * person must decide is worth a word, once the bank has been asked about all of it.
 */
function waitsForPerson({ submissions }: Order): boolean {
  return submissions.some(({ phase }) => phase === 'held') && !submissions.some(isAskedWhileHeld);
}

/** Nothing is said of what goes out in the next instant; at a paused bank nothing does. */
function isAboutToBeSent(order: Order, paused: Situation['paused']): boolean {
  return (
    order.submissions.length > 0 &&
    order.submissions.every(
      ({ phase, attempts, plan }) => phase === 'prepared' && attempts === 0 && !paused(plan.bank),
    )
  );
}

/** All that would be told of the order's transfers, as a text: what is told is told again only when it differs. */
export function toldDigest(order: Order, paused: Situation['paused']): string {
  return order.submissions
    .map((submission) => partDigest(submission, paused(submission.plan.bank)))
    .join(';');
}

/** Asked for at every step of every open order, so each state of a submission is walked through once. */
const digests = new WeakMap<Submission, Map<boolean, string>>();

function partDigest(submission: Submission, bankPaused: boolean): string {
  const known = digests.get(submission) ?? new Map<boolean, string>();
  digests.set(submission, known);
  let digest = known.get(bankPaused);
  if (digest === undefined) {
    digest = JSON.stringify(toRuns(toldStates(submission, bankPaused)));
    known.set(bankPaused, digest);
  }
  return digest;
}

function* toldStates(
  submission: Submission,
  bankPaused: boolean,
): Generator<readonly [number, TransferState]> {
  for (const { transfers } of submission.plan.blocks)
    for (const index of indexesOf(transfers)) yield [index, toldState(submission, index, bankPaused)];
}

function statusesSeen(order: Order): Set<TransferStatus> {
  const seen = new Set<TransferStatus>();
  for (const submission of order.submissions)
    for (const [, { status }] of toldStates(submission, false)) seen.add(status);
  return seen;
}

export function holdReasons(submission: Submission): readonly StatusReason[] {
  const { hold } = submission;
  if (hold === undefined) return [];
  return [
    { code: undefined, texts: [`Held by Goniec for a person to decide (${hold.code}).`, hold.evidence] },
  ];
}

function pauseReasons({ plan }: Submission): readonly StatusReason[] {
  const text = `The bank ${plan.bank} has refused our signature, certificate or authority. Nothing is sent to it before a person has put that right and has resumed it (goniec resume ${plan.bank}).`;
  return [{ code: undefined, texts: [text] }];
}
