// One page about an order that a person can read in the archive without any tool.

import { counted } from '../domain/counted.ts';
import { localDateTime } from '../domain/calendar.ts';
import { type Order } from '../domain/order.ts';
import { allowedReleases } from '../domain/release.ts';
import type { Submission } from '../domain/submission.ts';
import { shownLine } from '../domain/shown-value.ts';
import { groupStatus } from '../domain/telling.ts';

/** Plain text, lines of moderate length, times in the named zone. */
export function summaryText(order: Order, timeZone: string): string {
  const at = (instant: string): string =>
    `${localDateTime(Date.parse(instant), timeZone).replace('T', ' ')} (${timeZone})`;
  return `${[
    `File          ${order.fileName}`,
    `Order         ${order.id}`,
    `Company       ${order.company}`,
    `Taken over    ${at(order.claimedAt)}`,
    `Last change   ${at(order.changedAt)}`,
    `Message id    ${order.erp?.messageId ?? 'could not be read'}  (${order.erp?.messageName ?? 'unknown kind'})`,
    `Transfers     ${order.erp?.transferCount ?? 0}, sum of amounts ${order.erp?.controlSum ?? '0'}`,
    `Outcome       ${outcomeOf(order)}`,
    ...(order.stuck === undefined
      ? []
      : [`STUCK         at "${order.stuck.step}", tried again by itself: ${order.stuck.reason}`]),
    '',
    ...order.submissions.flatMap((submission) => submissionLines(submission, at)),
    ...faultLines(order),
    ...order.warnings.map((warning) => `Warning       ${warning}`),
    ...order.notes.map((note) => `Note          ${note}`),
    ...order.answeredFiles.map((file) => `Delivered     ${file}`),
    ...(order.told === undefined ? [] : [`ERP was told  ${order.told.fileName}`]),
  ]
    .map(shownLine)
    .join('\n')}\n`;
}

/** The order's end or present state in a few words. */
export function outcomeOf(order: Order): string {
  switch (order.phase) {
    case 'claimed':
      return 'taken over, not yet read';
    case 'requested':
      return 'request, not yet answered';
    case 'answered':
      return 'request answered';
    case 'refused':
      return `refused by Goniec: ${counted(order.faultCount, 'fault')}, nothing was sent`;
    case 'repeats':
      return `same bytes as order ${order.repeats ?? '?'}: not sent again`;
    case 'planned':
    case 'closed':
      return plannedOutcome(order);
  }
}

function plannedOutcome(order: Order): string {
  if (order.submissions.length === 0) {
    if (order.faultCount > 0)
      return `refused by Goniec: ${counted(order.faultCount, 'fault')}, nothing was sent`;
    if (order.repeats !== undefined) return `same bytes as order ${order.repeats}: not sent again`;
    return 'request answered';
  }
  if (order.submissions.some(({ phase }) => phase === 'held')) return 'HELD: a person must decide';
  const status = groupStatus(order);
  if (status === 'ACSC') return 'settled by the bank';
  if (status === 'PART') return 'partly settled: see each transfer in the status file';
  if (status === 'RJCT')
    return order.submissions.every(({ phase }) => phase === 'refused')
      ? 'refused before it was sent'
      : 'rejected by the bank';
  return `on its way (${status})`;
}

function submissionLines(submission: Submission, at: (instant: string) => string): string[] {
  const { plan, phase, hold, release } = submission;
  const lines = [
    `Bank message ${plan.part}: ${plan.messageId} to ${plan.bank}, ${plan.operation}, ${counted(plan.count, 'transfer')}, sum ${plan.controlSum}`,
    `    state     ${phase}${submission.startedAt === undefined ? '' : `, last handed over ${at(submission.startedAt)} (attempt ${submission.attempts})`}`,
  ];
  for (const edit of submission.prepared?.edits ?? []) lines.push(`    edited    ${edit}`);
  for (const { code, texts } of submission.reasons)
    lines.push(`    reason    ${[code, ...texts].filter((part) => part !== undefined).join(' ')}`);
  if (phase === 'held' && hold !== undefined) {
    lines.push(`    HELD      ${hold.code}: ${hold.evidence}`);
    lines.push(
      `    decide    goniec release ${plan.messageId} --as ${allowedReleases(submission).join('|')} --reason "..."`,
    );
  }
  if (release !== undefined) lines.push(`    decided   ${release.as} by ${release.who}: ${release.reason}`);
  return [...lines, ''];
}

function faultLines(order: Order): string[] {
  return order.faults.map(
    (fault) =>
      `Line ${fault.line}, column ${fault.column}, ${fault.path}: ${fault.message}${fault.value === undefined ? '' : ` Found: ${fault.value}.`} ${fault.remedy} [${fault.rule}]`,
  );
}
