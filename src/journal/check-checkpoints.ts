// Checks every checkpoint of a journal: each belongs to its record and to this journal, and none is missing.

import type { Kysely } from 'kysely';
import { lastCheckpoint } from './check-chain.ts';
import { checkpointSeal, CHECKPOINT_INTERVAL, sameBytes } from './hash-chain.ts';
import type { JournalDamage } from './journal.ts';
import type { JournalTables } from './schema.ts';

/** How many checkpoints were checked, those of the records up to `last`; or the first that is wrong. */
export async function checkCheckpoints(
  queries: Kysely<JournalTables>,
  journalId: string,
  last: number,
): Promise<number | JournalDamage> {
  const newest = await lastCheckpoint(queries, journalId);
  if (typeof newest === 'object' && 'reason' in newest) return newest;
  const rows = await queries
    .selectFrom('checkpoint')
    .leftJoin('record', 'record.sequence', 'checkpoint.sequence')
    .select(['checkpoint.sequence', 'checkpoint.hash', 'checkpoint.seal', 'record.hash as recordHash'])
    .where('checkpoint.sequence', '<=', last)
    .orderBy('checkpoint.sequence')
    .execute();
  let expected = CHECKPOINT_INTERVAL;
  for (const { sequence, hash, seal, recordHash } of rows) {
    if (sequence !== expected) break;
    const sealed = sameBytes(seal, checkpointSeal(journalId, { sequence, hash }));
    if (!sealed || recordHash === null || !sameBytes(recordHash, hash))
      return { sequence, reason: 'the checkpoint does not fit its record' };
    expected += CHECKPOINT_INTERVAL;
  }
  const checked = expected / CHECKPOINT_INTERVAL - 1;
  if (rows[checked] !== undefined)
    return { sequence: rows[checked].sequence, reason: 'there is a checkpoint where none belongs' };
  return expected <= last ? { sequence: expected, reason: 'the checkpoint is missing' } : checked;
}
