// Reads a bank's report against our own ids.

import type { StatusReport } from '../bank/channel.ts';
import type { PlannedBlock, PlannedSubmission, StatusRun } from '../domain/order-event.ts';
import { indexesOf } from '../domain/transfer-state.ts';
import type { FileIds } from '../erp/format.ts';

/** The ids of a transfer as the bank knows it: those of the ERP, which are never altered. */
export function nameOf(
  ids: Pick<FileIds, 'transfers'>,
  index: number,
): { instructionId: string | undefined; endToEndId: string } {
  const ours = ids.transfers[index];
  return { instructionId: ours?.instructionId, endToEndId: ours?.endToEndId ?? '' };
}

/**
 * True when the report rejects everything it speaks of. One that calls the whole "partly" rejected does so only when nothing of
 * the message is left out: banks often name nothing but what they reject.
 */
export function isRejectedWhole(report: StatusReport, plan: PlannedSubmission): boolean {
  const { groupStatus, blocks } = report;
  if (groupStatus !== undefined && groupStatus !== 'PART') return groupStatus === 'RJCT';
  const rejects = blocks.length > 0 && blocks.every(isRejectedBlock);
  return rejects && (groupStatus === undefined || plan.blocks.every((block) => isNamed(blocks, block)));
}

/** True when the report rejects all of the message, in one word or transfer by transfer; `runs` are the states it gives them. */
export function rejectsAll(
  report: StatusReport,
  plan: PlannedSubmission,
  runs: readonly StatusRun[],
): boolean {
  const states = new Map(
    runs.flatMap(({ transfers, status }) =>
      [...indexesOf(transfers)].map((index) => [index, status] as const),
    ),
  );
  const isEveryOne = states.size === plan.count && [...states.values()].every((status) => status === 'RJCT');
  return isEveryOne || isRejectedWhole(report, plan);
}

function isRejectedBlock({ status, transfers }: StatusReport['blocks'][number]): boolean {
  if (transfers.length > 0 && status !== 'RJCT') return transfers.every((each) => each.status === 'RJCT');
  return status === 'RJCT';
}

function isNamed(blocks: StatusReport['blocks'], { paymentInformationId, count }: PlannedBlock): boolean {
  const reported = blocks.filter(
    (block) => block.paymentInformationId.trim() === paymentInformationId.trim(),
  );
  if (reported.some(({ status }) => status === 'RJCT')) return true;
  return reported.reduce((sum, { transfers }) => sum + transfers.length, 0) >= count;
}
