// Checks every checkpoint of a journal: each belongs to its record and to this journal, and none is missing.

import type { Kysely } from 'kysely';
import { lastCheckpoint } from './check-chain.ts';
import { checkpointSeal, CHECKPOINT_INTERVAL, sameBytes } from './hash-chain.ts';
import type { JournalDamage } from './journal.ts';
import type { JournalTables } from './schema.ts';

/** A journal of many years has thousands. */
const CHECKPOINTS_PER_READ = 500;

/** How many checkpoints were checked, those of the records up to `last`; or the first that is wrong. */
export async function checkCheckpoints(
  queries: Kysely<JournalTables>,
  journalId: string,
  last: number,
): Promise<number | JournalDamage> {
  const newest = await lastCheckpoint(queries, journalId);
  if (typeof newest === 'object' && 'reason' in newest) return newest;
  let expected = CHECKPOINT_INTERVAL;
  for (let from = 0; from < last; from += CHECKPOINT_INTERVAL * CHECKPOINTS_PER_READ) {
    const rows = await queries
      .selectFrom('checkpoint')
      .leftJoin('record', 'record.sequence', 'checkpoint.sequence')
      .select(['checkpoint.sequence', 'checkpoint.hash', 'checkpoint.seal', 'record.hash as recordHash'])
      .where('checkpoint.sequence', '>', from)
      .where('checkpoint.sequence', '<=', Math.min(last, from + CHECKPOINT_INTERVAL * CHECKPOINTS_PER_READ))
      .orderBy('checkpoint.sequence')
      .execute();
    for (const { sequence, hash, seal, recordHash } of rows) {
      if (sequence > expected) return { sequence: expected, reason: 'the checkpoint is missing' };
      if (sequence < expected) return { sequence, reason: 'there is a checkpoint where none belongs' };
      const sealed = sameBytes(seal, checkpointSeal(journalId, { sequence, hash }));
      if (!sealed || recordHash === null || !sameBytes(recordHash, hash))
        return { sequence, reason: 'the checkpoint does not fit its record' };
      expected += CHECKPOINT_INTERVAL;
    }
  }
  const checked = expected / CHECKPOINT_INTERVAL - 1;
  return expected <= last ? { sequence: expected, reason: 'the checkpoint is missing' } : checked;
}
