// Reads a bank's report against our own ids.

import type { StatusReport } from '../bank/channel.ts';
import type { FileIds } from '../erp/format.ts';

/** The ids of a transfer as the bank knows it: those of the ERP, which are never altered. */
export function nameOf(
  ids: Pick<FileIds, 'transfers'>,
  index: number,
): { instructionId: string | undefined; endToEndId: string } {
  const ours = ids.transfers[index];
  return { instructionId: ours?.instructionId, endToEndId: ours?.endToEndId ?? '' };
}

/** True when the report rejects everything it speaks of. */
export function isRejectedWhole(report: StatusReport): boolean {
  if (report.groupStatus !== undefined) return report.groupStatus === 'RJCT';
  return (
    report.blocks.length > 0 &&
    report.blocks.every(
      (block) =>
        block.status === 'RJCT' ||
        (block.transfers.length > 0 && block.transfers.every((transfer) => transfer.status === 'RJCT')),
    )
  );
}
