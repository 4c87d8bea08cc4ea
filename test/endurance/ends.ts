// The end of each dropped file, as the ERP heard it: one word, and what it was told of every transfer.

import { stemOf, type Dropped } from './erp.ts';
import type { Evidence } from './evidence.ts';
import type { StatusFile } from './status-file.ts';

export interface End {
  readonly dropped: Dropped;
  /** All status files about it, in the order of their numbers. */
  readonly told: readonly StatusFile[];
  readonly word:
    'settled' | 'rejected' | 'partly-settled' | 'refused' | 'repeats' | 'waits' | 'open' | 'unclear';
}

export function endsOf(evidence: Evidence): End[] {
  const byStem = Map.groupBy(
    evidence.sightings.flatMap(({ status }) => (status === undefined ? [] : [status])),
    ({ stem }) => stem,
  );
  const refused = new Set(evidence.archive.filter((order) => order.refused).map(({ order }) => order));
  return evidence.dropped.map((dropped) => {
    const found = byStem.get(stemOf(dropped.file.name)) ?? [];
    const told = found.toSorted((a, b) => a.number - b.number);
    return {
      dropped,
      told,
      word: wordOf(
        evidence,
        dropped,
        told.find(({ final }) => final),
        refused,
      ),
    };
  });
}

function wordOf(
  evidence: Evidence,
  { file }: Dropped,
  final: StatusFile | undefined,
  refused: ReadonlySet<string>,
): End['word'] {
  if (final === undefined) return evidence.outbox.includes(file.name) ? 'waits' : 'open';
  if (final.repeats) return 'repeats';
  if (final.groupStatus === 'ACSC') return 'settled';
  if (final.groupStatus === 'PART') return 'partly-settled';
  if (final.groupStatus !== 'RJCT') return 'unclear';
  return refused.has(final.order) ? 'refused' : 'rejected';
}
