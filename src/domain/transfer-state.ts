// What the bank has said of single transfers, and how newer words change older ones.

import type { IndexRuns, StatusReason, StatusRun } from './order-event.ts';
import { isFinal, type TransferStatus } from './status.ts';

export interface TransferState {
  readonly status: TransferStatus;
  readonly reasons: readonly StatusReason[];
}

/** The states after a report. A final status stays: a later word that is not final takes nothing back. */
export function businessStatuses(
  before: ReadonlyMap<number, TransferState>,
  runs: readonly StatusRun[],
): ReadonlyMap<number, TransferState> {
  const after = new Map(before);
  for (const run of runs) {
    const state: TransferState = { status: run.status, reasons: run.reasons };
    for (const index of indexesOf(run.transfers)) {
      const known = after.get(index);
      if (known === undefined || !isFinal(known.status)) after.set(index, state);
    }
  }
  return after;
}

/** Transfers that were final and of which the bank now says the opposite. */
export function contradictions(
  before: ReadonlyMap<number, TransferState>,
  runs: readonly StatusRun[],
): readonly number[] {
  const found: number[] = [];
  for (const run of runs) {
    if (!isFinal(run.status)) continue;
    for (const index of indexesOf(run.transfers)) {
      const known = before.get(index);
      if (known !== undefined && isFinal(known.status) && known.status !== run.status) found.push(index);
    }
  }
  return found;
}

/** True when a report says something that is not known yet. */
export function saysMore(before: ReadonlyMap<number, TransferState>, runs: readonly StatusRun[]): boolean {
  for (const run of runs) {
    for (const index of indexesOf(run.transfers)) {
      const known = before.get(index);
      if (known === undefined) return true;
      if (
        !isFinal(known.status) &&
        (known.status !== run.status || JSON.stringify(known.reasons) !== JSON.stringify(run.reasons))
      )
        return true;
    }
  }
  return false;
}

/** All indexes of the runs, in order. */
export function* indexesOf(runs: IndexRuns): Generator<number> {
  for (const [from, to] of runs) for (let index = from; index <= to; index += 1) yield index;
}

/** The runs with one more index at the end; indexes come in rising order. */
export function extendRuns(runs: [number, number][], index: number): void {
  const last = runs.at(-1);
  if (last?.[1] === index - 1) last[1] = index;
  else runs.push([index, index]);
}

/** Groups per-transfer states into runs of alike ones. */
export function toRuns(states: Iterable<readonly [number, TransferState]>): StatusRun[] {
  const groups = new Map<string, { runs: [number, number][]; state: TransferState }>();
  for (const [index, state] of states) {
    const key = JSON.stringify(state);
    const group = groups.get(key) ?? { runs: [], state };
    groups.set(key, group);
    extendRuns(group.runs, index);
  }
  return [...groups.values()].map(({ runs, state }) => ({
    transfers: runs,
    status: state.status,
    reasons: state.reasons,
  }));
}
