// Commits in groups: what is appended while a commit is under way goes into the next one together, so that
// many small orders share one flush of the disk.

import { JournalFailure, type JournalRecord } from './journal.ts';
import type { PreparedRecord } from './write-records.ts';

export interface AppendQueue {
  append(records: readonly PreparedRecord[]): Promise<readonly JournalRecord[]>;
  /** Takes nothing more; resolves when nothing is under way. */
  close(): Promise<void>;
}

interface Call {
  readonly records: readonly PreparedRecord[];
  readonly resolve: (written: readonly JournalRecord[]) => void;
  readonly reject: (failure: JournalFailure) => void;
}

/** `commit` writes a group and resolves when it is durable. Its first failure is the queue's last word. */
export function createAppendQueue(
  commit: (records: readonly PreparedRecord[]) => Promise<readonly JournalRecord[]>,
): AppendQueue {
  let waiting: Call[] = [];
  let working: Promise<void> | undefined;
  let failure: JournalFailure | undefined;

  async function work(): Promise<void> {
    // Calls made in the same turn belong to the same group.
    await Promise.resolve();
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        handOut(group, await commit(group.flatMap((call) => call.records)));
      } catch (error) {
        failure = new JournalFailure(`the journal did not write: ${messageOf(error)}`, error);
        for (const call of [...group, ...waiting]) call.reject(failure);
        waiting = [];
      }
    }
    working = undefined;
  }

  return {
    append(records) {
      if (failure !== undefined) return Promise.reject(failure);
      const { promise, resolve, reject } = Promise.withResolvers<readonly JournalRecord[]>();
      waiting.push({ records, resolve, reject });
      working ??= work();
      return promise;
    },
    async close() {
      await working;
      failure ??= new JournalFailure('the journal is closed');
    },
  };
}

/** Every call gets its own records back; they stand together in the order of the calls. */
function handOut(group: readonly Call[], written: readonly JournalRecord[]): void {
  let from = 0;
  for (const call of group) {
    call.resolve(written.slice(from, from + call.records.length));
    from += call.records.length;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
