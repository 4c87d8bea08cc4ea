// What is checked after a crash, when the database's log holds what was not merged into it: as much as that log can tell of,
// so that the effort does not grow with the journal's age. Why that is enough is said in docs/journal.md.

import { checkChain } from './check-chain.ts';
import { checkCheckpoints } from './check-checkpoints.ts';
import { checkRecentIndexes } from './check-recent-indexes.ts';
import { chainStart, checkpointBefore, type ChainEnd } from './hash-chain.ts';
import type { JournalDamage } from './journal.ts';
import { hashAt, type JournalParts } from './verify-journal.ts';

/**
 * Checks every checkpoint, and all about the records that the database file by itself, ending at `mergedThrough`, does not
 * hold, with those since the checkpoint before them.
 */
export async function checkRecent(
  parts: JournalParts,
  end: ChainEnd,
  mergedThrough: number,
): Promise<JournalDamage | undefined> {
  const checkpoints = await checkCheckpoints(parts.queries, parts.id, end.sequence);
  if (typeof checkpoints === 'object') return checkpoints;
  const sequence = checkpointBefore(mergedThrough);
  const hash = sequence === 0 ? chainStart(parts.id).hash : await hashAt(parts.queries, sequence);
  if (hash === undefined) return { sequence, reason: 'the record is missing' };
  const chain = await checkChain(parts.queries, { sequence, hash });
  if (!chain.sound) return chain.damage;
  return checkRecentIndexes(parts, sequence + 1, end.sequence);
}
