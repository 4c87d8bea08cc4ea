// Everything a person needs to decide about a held bank message: what it is, why it is held, what happened, and what may be done.

import { counted } from '../domain/counted.ts';
import { localDateTime } from '../domain/calendar.ts';
import type { HoldCode, Release } from '../domain/order-event.ts';
import type { Order } from '../domain/order.ts';
import { allowedReleases } from '../domain/release.ts';
import { isAskedWhileHeld, type HoldOrigin, type Submission } from '../domain/submission.ts';
import type { JournalRecord } from '../journal/journal.ts';
import { visibleWhole } from '../operations/visible-text.ts';
import { seconds, timeline, type Moment } from './timeline.ts';

export interface Choice {
  readonly as: Release;
  /** When this is the right decision. */
  readonly when: string;
  /** To be copied; the reason is to be filled in. */
  readonly command: string;
}

export interface HeldMessage {
  readonly order: string;
  readonly file: string;
  readonly company: string;
  readonly message: string;
  readonly part: number;
  readonly bank: string;
  readonly operation: string;
  readonly transfers: number;
  readonly sum: string;
  readonly debtorAccounts: readonly string[];
  /** ISO 8601 in UTC. */
  readonly since: string;
  readonly origin: HoldOrigin;
  readonly code: HoldCode;
  readonly why: string;
  readonly evidence: string;
  readonly notFoundForMs: number | undefined;
  /** The bank is asked on while a person is waited for. */
  readonly stillAsked: boolean;
  /** What happened to this message, oldest first. */
  readonly history: readonly Moment[];
  readonly choices: readonly Choice[];
  /** The command that shows everything about the order. */
  readonly more: string;
}

/** The held messages of one order, in their order; `config` is repeated in the commands, where it was given. */
export function heldMessages(
  order: Order,
  records: readonly JournalRecord[],
  from: { readonly spoolFolder: string; readonly config: string | undefined },
): HeldMessage[] {
  const moments = timeline(order, records, from.spoolFolder);
  return order.submissions.flatMap((submission) => {
    const { plan, phase, hold, denial } = submission;
    if (phase !== 'held' || hold === undefined) return [];
    const history = moments.filter(({ part, event }) => part === plan.part && SHOWN.has(event));
    return [
      {
        order: order.id,
        file: visibleWhole(order.fileName),
        company: order.company,
        message: plan.messageId,
        part: plan.part,
        bank: plan.bank,
        operation: plan.operation,
        transfers: plan.count,
        sum: plan.controlSum,
        debtorAccounts: [...new Set(plan.blocks.flatMap(({ debtorAccount }) => debtorAccount ?? []))],
        since: heldSince(records, plan.part) ?? order.changedAt,
        origin: hold.origin,
        code: hold.code,
        why: WHY[hold.code],
        evidence: visibleWhole(hold.evidence),
        notFoundForMs: denial?.observedMs,
        stillAsked: isAskedWhileHeld(submission),
        history,
        choices: choicesOf(submission, from.config),
        more: `goniec show ${order.id}${configOption(from.config)}`,
      },
    ];
  });
}

/** A paragraph of the status page. */
export function heldText(held: HeldMessage, timeZone: string): string {
  const at = (instant: string): string => localDateTime(Date.parse(instant), timeZone).replace('T', ' ');
  const from = held.debtorAccounts.length === 0 ? '' : ` from ${held.debtorAccounts.join(', ')}`;
  const line = (name: string, text: string): string => wrapped(`        ${name.padEnd(9)}`, text);
  const silence =
    held.notFoundForMs === undefined || held.notFoundForMs === 0
      ? []
      : [line('absent', `the bank has said so over ${seconds(held.notFoundForMs)} s of our watching`)];
  const happened = collapsed(held.history).flatMap(({ at: instant, what, document }, index) => [
    line(index === 0 ? 'happened' : '', `${at(instant)}  ${what}`),
    ...(document === undefined ? [] : [`${' '.repeat(38)}see ${document}`]),
  ]);
  return [
    `HELD    ${held.file}: ${counted(held.transfers, 'transfer')}, sum ${held.sum}${from}, since ${at(held.since)} (${timeZone})`,
    line('message', `${held.message} to ${held.bank} (${held.operation}), order ${held.order}`),
    line('why', `${held.why} (${held.code})`),
    line('evidence', held.evidence),
    ...happened,
    ...silence,
    ...(held.stillAsked ? [line('asking', 'The bank is asked on; this may end by itself.')] : []),
    ...held.choices.flatMap(({ when, command }, index) => [
      line(index === 0 ? 'decide' : '', `${when}:`),
      `${' '.repeat(19)}${command}`,
    ]),
    line('more', held.more),
  ].join('\n');
}

const SHOWN: ReadonlySet<string> = new Set([
  'submission-started',
  'submission-not-sent',
  'submission-lost',
  'submission-rejected',
  'status-received',
  'submission-not-found',
  'submission-cleared-to-resend',
  'submission-released',
]);

const WHY: Readonly<Record<HoldCode, string>> = {
  'same-message-id': 'Another file has used this MsgId with other content. Nothing was sent.',
  'same-payments': 'The same payments were already in an earlier file. Nothing was sent.',
  'repeated-ids':
    'It repeats ids of an earlier file, and the configuration holds such files. Nothing was sent.',
  'needs-approval': 'The rules of the company want a person to see it first. Nothing was sent.',
  'in-doubt-unanswered': 'It may be at the bank, and the bank has not said what became of it.',
  'confirmed-then-denied': 'The bank has contradicted what it had said of it.',
  'same-id-other-content': 'The bank says that it had this message id before we first used it.',
  'not-final-in-time': 'The bank has it, but has not come to an end with it in time.',
  'our-fault': 'Goniec met a fault of its own or a damaged file.',
  'execution-date-passed': 'Its execution date has passed while it waited.',
  'found-after-restore': 'An older journal was put back, and it may have been sent since.',
};

const WHEN: Readonly<Record<HoldOrigin, Partial<Readonly<Record<Release, string>>>>> = {
  planned: {
    resend: 'it is to be sent now, for the first time',
    dropped: 'it is not to be sent; the ERP is told that it was refused',
  },
  prepared: {
    resend: 'it is to be sent now, for the first time',
    dropped: 'it is not to be sent; the ERP is told that it was refused',
  },
  'in-doubt': {
    resend:
      'the bank has confirmed that it does not have it and never will; the same bytes go out again, and if the bank has them after all they may be paid twice',
    settled: 'the e-bank or a statement shows that all of it was executed; say where you saw it',
    rejected: 'the bank has refused all of it, or will never execute it; say who told you',
  },
  submitted: {
    settled: 'the e-bank or a statement shows that all of it was executed; say where you saw it',
    rejected: 'the bank has rejected what is still open; say who told you',
  },
};

/** What moves no money stands first. */
const LEAST_DANGER_FIRST: readonly Release[] = ['settled', 'rejected', 'dropped', 'resend'];

function configOption(config: string | undefined): string {
  return config === undefined ? '' : ` --config ${config}`;
}

function choicesOf(submission: Submission, config: string | undefined): Choice[] {
  const origin = submission.hold?.origin;
  if (origin === undefined) return [];
  return LEAST_DANGER_FIRST.filter((as) => allowedReleases(submission).includes(as)).map((as) => ({
    as,
    when: WHEN[origin][as] ?? '',
    command: `goniec release ${submission.plan.messageId} --as ${as} --reason "..."${configOption(config)}`,
  }));
}

/** When it was last held: by itself, or with the order. */
function heldSince(records: readonly JournalRecord[], part: number): string | undefined {
  return records.findLast(
    ({ event }) =>
      (event.type === 'submission-held' && event.part === part) ||
      event.type === 'order-planned' ||
      event.type === 'order-restored',
  )?.at;
}

/** A bank may be asked for days: of answers in a row that say the same only the first and the last are shown. */
function collapsed(history: readonly Moment[]): Moment[] {
  return history.flatMap((moment, index) => {
    const [before, after] = [history[index - 1], history[index + 1]];
    const isRun = (other: Moment | undefined): boolean =>
      moment.event === 'submission-not-found' && other?.event === moment.event;
    if (isRun(before) && isRun(after)) return [];
    if (!isRun(before) || isRun(after)) return [moment];
    let first = index;
    while (isRun(history[first - 1])) first -= 1;
    return [{ ...moment, what: `${moment.what}; ${index - first + 1} times in all` }];
  });
}

const LINE_MAX = 118;

/** Broken at spaces; what follows stands below the text. */
function wrapped(start: string, text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && start.length + line.length + word.length >= LINE_MAX) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line]
    .map((one, index) => (index === 0 ? start : ' '.repeat(start.length)) + one)
    .join('\n');
}
