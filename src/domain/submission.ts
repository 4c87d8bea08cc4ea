// The life of one submission (a bank message): every phase, its legal moves, and what a person may decide when it is held.
//
// | submission phase | may become | by the event |
// | --- | --- | --- |
// | planned | prepared, held, refused | submission-prepared, submission-held, submission-refused |
// | prepared | submitting, held, refused (only if no answer was ever lost) | submission-started, submission-held, submission-refused |
// | planned, prepared after an answer was lost | also submitted, settled, partly-settled | also status-received from a report; prepared also from a booked entry |
// | submitting | submitted, settled, partly-settled, rejected, prepared, in-doubt | status-received, submission-rejected, submission-not-sent, submission-lost |
// | in-doubt | submitted, settled, partly-settled, rejected, prepared, held; itself | status-received, submission-rejected, submission-cleared-to-resend, submission-held, submission-not-found |
// | submitted | settled, partly-settled, rejected, held; itself | status-received, submission-rejected, submission-held |
// | held (remembers from where) | prepared, planned, settled, partly-settled, rejected, refused | submission-released |
// | held because an older journal was put back, while the bank is asked | also as in-doubt, but never prepared by itself | status-received, submission-not-found, submission-held |
// | held while perhaps at the bank | also submitted, settled, partly-settled | also status-received from a booked entry |
// | refused, rejected, settled, partly-settled | final | |

import type {
  Hold,
  KeptAnswer,
  OrderEvent,
  OrderId,
  PlannedSubmission,
  Release,
  StatusReason,
} from './order-event.ts';
import { concluded, phaseByStates } from './conclusion.ts';
import { afterRelease, releaseFault } from './release.ts';
import { businessStatuses, type TransferState } from './transfer-state.ts';

export type SubmissionPhase =
  | 'planned'
  | 'prepared'
  | 'submitting'
  | 'in-doubt'
  | 'submitted'
  | 'held'
  | 'refused'
  | 'rejected'
  | 'settled'
  | 'partly-settled';

/** Where a submission was when it was held: decides what a person may do with it. Prepared to be sent again is still in doubt. */
export type HoldOrigin = 'planned' | 'prepared' | 'in-doubt' | 'submitted';

/** How long the bank has been saying "not found", counted in time during which we were there to hear it. */
export interface Denial {
  readonly observedMs: number;
  readonly count: number;
}

export interface Submission {
  readonly plan: PlannedSubmission;
  readonly phase: SubmissionPhase;
  readonly prepared:
    { readonly sha256: string; readonly sizeBytes: number; readonly edits: readonly string[] } | undefined;
  readonly attempts: number;
  /** When it was last handed to the bank. */
  readonly startedAt: string | undefined;
  /** When it was first handed over of all the times that may have reached the bank: no entry before this books it. */
  readonly sentSince: string | undefined;
  readonly doubtSince: string | undefined;
  readonly denial: Denial | undefined;
  /** True once an answer was lost: whatever the bank says of a later sending, the earlier one may have been taken. */
  readonly lostBefore: boolean;
  /** How often in a row it was cleared to be sent again without a person. */
  readonly resends: number;
  readonly hold: (Hold & { readonly origin: HoldOrigin }) | undefined;
  /** By transfer index; a transfer the bank has not spoken of is absent. */
  readonly states: ReadonlyMap<number, TransferState>;
  /** Why all of it was refused or rejected, where that was said of the whole. */
  readonly reasons: readonly StatusReason[];
  readonly answers: readonly KeptAnswer[];
  readonly release:
    | {
        readonly as: Release;
        readonly who: string;
        readonly reason: string;
        readonly decision: string | undefined;
      }
    | undefined;
}

/** A move the table above does not know: a bug of ours, never a bank's or an ERP's doing. */
export class IllegalMove extends Error {
  constructor(order: OrderId, event: OrderEvent['type'], phase: string) {
    super(`Order ${order}: event ${event} is not possible while ${phase}.`);
    this.name = 'IllegalMove';
  }
}

export function isFinalPhase(phase: SubmissionPhase): boolean {
  return phase === 'refused' || phase === 'rejected' || phase === 'settled' || phase === 'partly-settled';
}

/** True from the first handing over on, unless it was proved that nothing left; whatever has happened since. */
export function mayBeAtBank({ phase, lostBefore, hold }: Submission): boolean {
  if (phase === 'planned' || phase === 'prepared' || phase === 'refused') return lostBefore;
  return phase !== 'held' || hold?.origin === 'in-doubt' || hold?.origin === 'submitted';
}

/** True while the bank is asked about a message although a person is named: an older journal was put back. */
export function isAskedWhileHeld({ phase, hold }: Submission): boolean {
  return phase === 'held' && hold?.code === 'found-after-restore' && hold.origin === 'in-doubt';
}

/** True while nobody knows whether the bank has it and the bank is asked. */
export function isInDoubt(submission: Submission): boolean {
  return submission.phase === 'in-doubt' || isAskedWhileHeld(submission);
}

export type SubmissionEvent = Extract<OrderEvent, { readonly part: number }>;

/** A submission as the plan makes it; held from the start when nothing of the order may be sent. */
export function plannedSubmission(plan: PlannedSubmission, hold: Hold | undefined): Submission {
  return {
    plan,
    phase: hold === undefined ? 'planned' : 'held',
    prepared: undefined,
    attempts: 0,
    startedAt: undefined,
    sentSince: undefined,
    doubtSince: undefined,
    denial: undefined,
    lostBefore: false,
    resends: 0,
    hold: hold === undefined ? undefined : { ...hold, origin: 'planned' },
    states: new Map(),
    reasons: [],
    answers: [],
    release: undefined,
  };
}

/** The submission after one more event; throws IllegalMove for a move the table does not know. */
export function moveSubmission(
  order: OrderId,
  submission: Submission,
  event: SubmissionEvent,
  at: string,
): Submission {
  const from = (...phases: SubmissionPhase[]): void => {
    if (!phases.includes(submission.phase)) throw new IllegalMove(order, event.type, submission.phase);
  };
  switch (event.type) {
    case 'submission-prepared':
      from('planned');
      return {
        ...submission,
        phase: 'prepared',
        prepared: { sha256: event.sha256, sizeBytes: event.sizeBytes, edits: event.edits },
      };
    case 'submission-started':
      from('prepared');
      return {
        ...submission,
        phase: 'submitting',
        attempts: event.attempt,
        startedAt: at,
        // Handings over before this one count only when their answer was lost; else nothing of them had left.
        sentSince: submission.lostBefore ? submission.sentSince : at,
      };
    case 'submission-not-sent':
      from('submitting');
      return { ...submission, phase: 'prepared' };
    case 'submission-lost':
      from('submitting');
      return {
        ...withAnswer(submission, event.answer),
        phase: 'in-doubt',
        lostBefore: true,
        doubtSince: at,
        denial: undefined,
      };
    case 'submission-rejected':
      from('submitting', 'in-doubt', 'submitted');
      return concluded(withAnswer(submission, event.answer), 'RJCT', event.reasons);
    case 'status-received': {
      // A booked entry proves execution also while a person or a resend is waited for.
      if (event.source === 'entry') from('in-doubt', 'submitted', 'held', 'prepared');
      // An answer may come after a person has decided to send it again.
      else if (event.source === 'report' && submission.lostBefore && !isAskedWhileHeld(submission))
        from('submitting', 'in-doubt', 'submitted', 'prepared', 'planned');
      else if (!isAskedWhileHeld(submission)) from('submitting', 'in-doubt', 'submitted');
      // What was never handed over can not have been executed, and would never be sent any more.
      if (!mayBeAtBank(submission)) throw new IllegalMove(order, event.type, 'certainly not at the bank');
      const states = businessStatuses(submission.states, event.runs);
      return {
        ...withAnswer(submission, event.answer),
        states,
        denial: undefined,
        phase: phaseByStates(submission.plan, states),
      };
    }
    case 'submission-not-found':
      if (!isAskedWhileHeld(submission)) from('in-doubt');
      return {
        ...withAnswer(submission, event.answer),
        denial: denialAfter(submission.denial, event.observedMs),
      };
    case 'submission-cleared-to-resend':
      from('in-doubt');
      return {
        ...submission,
        phase: 'prepared',
        resends: submission.resends + 1,
        doubtSince: undefined,
        denial: undefined,
      };
    case 'submission-held':
      if (!isAskedWhileHeld(submission)) from('planned', 'prepared', 'in-doubt', 'submitted');
      return { ...submission, phase: 'held', hold: { ...event.hold, origin: holdOrigin(submission) } };
    case 'submission-refused':
      from('planned', 'prepared');
      if (submission.lostBefore) throw new IllegalMove(order, event.type, 'perhaps at the bank');
      return { ...submission, phase: 'refused', reasons: event.reasons };
    case 'submission-released':
      from('held');
      if (releaseFault(submission, event.as, event.reason) !== undefined)
        throw new IllegalMove(order, event.type, `held from ${submission.hold?.origin ?? '?'}`);
      return afterRelease(submission, event);
  }
}

function withAnswer(submission: Submission, answer: KeptAnswer | undefined): Submission {
  return answer === undefined ? submission : { ...submission, answers: [...submission.answers, answer] };
}

/** What was handed over and not heard of again may be at the bank, also while it waits to be sent again. */
function holdOrigin(submission: Submission): HoldOrigin {
  const { phase, lostBefore } = submission;
  if (isAskedWhileHeld(submission)) return 'in-doubt';
  return lostBefore && (phase === 'prepared' || phase === 'planned') ? 'in-doubt' : (phase as HoldOrigin);
}

function denialAfter(before: Denial | undefined, observedMs: number): Denial {
  if (before === undefined) return { observedMs: 0, count: 1 };
  return { observedMs: before.observedMs + observedMs, count: before.count + 1 };
}
