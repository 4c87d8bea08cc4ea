// Counts the transfers of a document while it goes by: which of them are in the plan of a part, and whether they are all there.

import { addDecimals, compareDecimals, parseDecimal, ZERO, type Decimal } from '../../domain/decimal.ts';
import type { PlannedBlock, PlannedSubmission } from '../../domain/order-event.ts';

export class PlannedTransfers {
  readonly #planned: ReadonlyMap<number, PlannedBlock>;
  #block = -1;
  #transfer = -1;
  /** The block that is open; undefined outside of one and in one that is not in the plan. */
  #open: PlannedBlock | undefined;
  #run = 0;
  #count = 0;
  #sum: Decimal = ZERO;
  #blocksDone = 0;

  constructor(submission: PlannedSubmission) {
    this.#planned = new Map(submission.blocks.map((block) => [block.block, block]));
  }

  /** Goes on to the next block: what is planned of it. */
  nextBlock(): PlannedBlock | undefined {
    this.#block++;
    this.#open = this.#planned.get(this.#block);
    this.#run = 0;
    this.#count = 0;
    this.#sum = ZERO;
    return this.#open;
  }

  /** Goes on to the next transfer: whether it is planned. */
  next(): boolean {
    this.#transfer++;
    if (this.#open === undefined) return false;
    const { transfers } = this.#open;
    while ((transfers[this.#run]?.[1] ?? Infinity) < this.#transfer) this.#run++;
    return (transfers[this.#run]?.[0] ?? Infinity) <= this.#transfer;
  }

  /** The amount of a planned transfer. */
  add(amount: Decimal): void {
    this.#count++;
    this.#sum = addDecimals(this.#sum, amount);
  }

  /** True after the last planned block. Throws an Error when the transfers of this one are not those of the plan. */
  endBlock(): boolean {
    if (this.#open === undefined) return false;
    const { paymentInformationId, count, controlSum } = this.#open;
    const sum = parseDecimal(controlSum);
    if (this.#count !== count || sum === undefined || compareDecimals(sum, this.#sum) !== 0) {
      throw new Error(
        `A block does not hold the transfers that were planned from it as ${paymentInformationId}: the file has changed.`,
      );
    }
    this.#open = undefined;
    this.#blocksDone++;
    return this.#blocksDone === this.#planned.size;
  }
}
