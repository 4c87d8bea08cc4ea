// Turns what a bank reports, in the bank's own ids, into states of our transfers.

import type { StatusReason, StatusRun, PlannedSubmission } from './order-event.ts';
import { transferStatus } from './status.ts';
import { indexesOf, toRuns, type TransferState } from './transfer-state.ts';

/** The ids under which the bank knows a transfer. */
export interface TransferName {
  readonly instructionId: string | undefined;
  readonly endToEndId: string;
}

export interface ReportedTransfer {
  readonly instructionId: string | undefined;
  readonly endToEndId: string | undefined;
  readonly status: string | undefined;
  readonly reasons: readonly StatusReason[];
}

export interface ReportedBlock {
  readonly paymentInformationId: string;
  readonly status: string | undefined;
  readonly reasons: readonly StatusReason[];
  readonly transfers: readonly ReportedTransfer[];
}

export interface Report {
  readonly groupStatus: string | undefined;
  readonly groupReasons: readonly StatusReason[];
  readonly blocks: readonly ReportedBlock[];
}

/**
 * States by transfer index. The closest word counts: a transfer's own, else its block's, else the group's, which stand for
 * all that are not named. A transfer is found by its EndToEndId and InstrId within its block, equal ids in file order.
 * What can not be told apart, and what a code we do not know was said of, gets no state: a wrong RJCT would be paid again.
 */
export function statesFrom(
  report: Report,
  plan: PlannedSubmission,
  nameOf: (index: number) => TransferName,
): StatusRun[] {
  const states = new Map<number, TransferState>();
  const group = closest(report.groupStatus, report.groupReasons, undefined);
  for (const planned of plan.blocks) {
    const indexes = [...indexesOf(planned.transfers)];
    const id = planned.paymentInformationId.trim();
    const reported = report.blocks.filter((block) => block.paymentInformationId.trim() === id);
    const unnamed = unnamedState(reported, group);
    if (unnamed !== undefined) for (const index of indexes) states.set(index, unnamed);
    for (const [index, state] of namedStates(reported, group, unnamed, new NamedTransfers(indexes, nameOf))) {
      if (state === undefined) states.delete(index);
      else states.set(index, state);
    }
  }
  return toRuns([...states].sort(([a], [b]) => a - b));
}

/** What a level says, or the one above it where it says nothing; reasons come down to where the same is said without any. */
function closest(
  code: string | undefined,
  reasons: readonly StatusReason[],
  above: TransferState | undefined,
): TransferState | undefined {
  const status = code === undefined ? above?.status : transferStatus(code);
  if (status === undefined) return undefined;
  return { status, reasons: reasons.length === 0 && above?.status === status ? above.reasons : reasons };
}

/** The state of transfers a report does not name. Some banks repeat a block for each transfer: then only what all say holds. */
function unnamedState(
  reported: readonly ReportedBlock[],
  group: TransferState | undefined,
): TransferState | undefined {
  const told = reported.map((block) => closest(block.status, block.reasons, group));
  if (told.length === 0) return group;
  const [first] = told;
  return told.every((state) => state?.status === first?.status) ? first : undefined;
}

/** Each named transfer with what is said of it; undefined where that is not known. */
function* namedStates(
  reported: readonly ReportedBlock[],
  group: TransferState | undefined,
  unnamed: TransferState | undefined,
  transfers: NamedTransfers,
): Generator<readonly [number, TransferState | undefined]> {
  const told = new Map<NameKey, (TransferState | undefined)[]>();
  for (const block of reported) {
    const above = closest(block.status, block.reasons, group);
    for (const transfer of block.transfers) {
      const key = transfers.keyOf(transfer);
      if (key === undefined) continue;
      const state = closest(transfer.status, transfer.reasons, above);
      const alike = told.get(key);
      if (alike === undefined) told.set(key, [state]);
      else alike.push(state);
    }
  }
  // The most exact names first, so that a vague one can not take what an exact one means.
  for (const [key, states] of [...told].sort(([a], [b]) => a.vagueness - b.vagueness)) {
    const candidates = transfers.take(key);
    if (states.length >= candidates.length) {
      yield* candidates.map((index, position) => [index, states[position]] as const);
    } else if (states.some((state) => state?.status !== unnamed?.status)) {
      // Fewer are told than bear this name, and nothing says which of them is meant.
      yield* candidates.map((index) => [index, undefined] as const);
    }
  }
}

/** One way in which a report may name a transfer, and all transfers it fits. */
interface NameKey {
  readonly vagueness: number;
  readonly indexes: number[];
}

/** The transfers of one block by their names, found without walking all of them. */
class NamedTransfers {
  readonly #keys = new Map<string, NameKey>();
  readonly #taken = new Set<number>();

  constructor(indexes: readonly number[], nameOf: (index: number) => TransferName) {
    for (const index of indexes) {
      const { instructionId, endToEndId } = nameOf(index);
      this.#add(2, keyText('any', endToEndId), index);
      if (instructionId === undefined) this.#add(1, keyText('bare', endToEndId), index);
      else {
        this.#add(0, keyText('both', endToEndId, instructionId), index);
        this.#add(1, keyText('instruction', instructionId), index);
      }
    }
  }

  /** An InstrId that is not ours names nothing, unless we gave none: the bank may have made one. */
  keyOf({ instructionId, endToEndId }: ReportedTransfer): NameKey | undefined {
    if (endToEndId === undefined) return this.#keys.get(keyText('instruction', instructionId ?? ''));
    if (instructionId === undefined) return this.#keys.get(keyText('any', endToEndId));
    return (
      this.#keys.get(keyText('both', endToEndId, instructionId)) ??
      this.#keys.get(keyText('bare', endToEndId))
    );
  }

  /** The transfers of this name, in file order, that no more exact name has taken. */
  take(key: NameKey): number[] {
    const free = key.indexes.filter((index) => !this.#taken.has(index));
    for (const index of free) this.#taken.add(index);
    return free;
  }

  #add(vagueness: number, text: string, index: number): void {
    const key = this.#keys.get(text);
    if (key === undefined) this.#keys.set(text, { vagueness, indexes: [index] });
    else key.indexes.push(index);
  }
}

/** Banks trim what they repeat. */
function keyText(kind: string, ...ids: readonly string[]): string {
  return JSON.stringify([kind, ...ids.map((id) => id.trim())]);
}
