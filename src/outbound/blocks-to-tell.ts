// What is told of each transfer of an order, in the ids of the ERP: found one after the other, because there may be a hundred
// thousand, and nobody has to hold what is said of all of them.

import type { Order } from '../domain/order.ts';
import type { Submission } from '../domain/submission.ts';
import { toldState, type Situation } from '../domain/telling.ts';
import type { TransferState } from '../domain/transfer-state.ts';
import type { FileIds, StatusToTell, TransferToTell } from '../erp/format.ts';

/** The same each time they are gone through: of the order as it is now. */
export function blocksToTell(
  order: Order,
  ids: FileIds,
  paused: Situation['paused'],
): StatusToTell['blocks'] {
  const stateOf = statesOf(order, paused);
  const { transfers } = ids;
  // Transfers stand in the order of the file, so those of a block follow each other.
  const firsts = new Map<number, number>();
  transfers.forEach(({ block }, at) => {
    if (!firsts.has(block)) firsts.set(block, at);
  });
  return ids.blocks.map(({ paymentInformationId }, block) => ({
    paymentInformationId,
    transfers: {
      *[Symbol.iterator](): Generator<TransferToTell> {
        let at = firsts.get(block) ?? transfers.length;
        for (let one = transfers[at]; one?.block === block; one = transfers[++at])
          yield {
            instructionId: one.instructionId ?? lineId(one.line),
            endToEndId: one.endToEndId,
            ...stateOf(one.index),
          };
      },
    },
  }));
}

/** How a program finds an order again that has no other name; it is told to the ERP and never sent to the bank. */
function lineId(line: number | undefined): string | undefined {
  return line === undefined ? undefined : `LINE-${line}`;
}

const PENDING: TransferState = { status: 'PDNG', reasons: [] };

/** Transfers that follow each other in the file and in one message. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly submission: Submission;
  readonly bankPaused: boolean;
}

function statesOf(order: Order, paused: Situation['paused']): (index: number) => TransferState {
  const runs = order.submissions.flatMap((submission): Run[] => {
    const bankPaused = paused(submission.plan.bank);
    return submission.plan.blocks.flatMap(({ transfers }) =>
      transfers.map(([from, to]) => ({ from, to, submission, bankPaused })),
    );
  });
  runs.sort((a, b) => a.from - b.from);
  return (index) => {
    const run = lastFrom(runs, index);
    return run === undefined || index > run.to ? PENDING : toldState(run.submission, index, run.bankPaused);
  };
}

/** The last run that begins at this index or before it. */
function lastFrom(runs: readonly Run[], index: number): Run | undefined {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.from ?? Infinity) <= index) low = middle + 1;
    else high = middle;
  }
  return runs[low - 1];
}
