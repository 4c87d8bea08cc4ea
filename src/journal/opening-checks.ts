// What must hold before a journal is worked with: it is whole since its last checkpoint, and not older than
// its head.

import type { Kysely } from 'kysely';
import { checkChain, lastCheckpoint } from './check-chain.ts';
import { chainStart, sameBytes, type ChainEnd } from './hash-chain.ts';
import type { Head } from './head-file.ts';
import type { JournalRefusal } from './journal.ts';
import { refusals } from './refusals.ts';
import type { JournalTables } from './schema.ts';
import { hashAt } from './verify-journal.ts';

export interface Opening {
  readonly folder: string;
  readonly id: string;
  readonly queries: Kysely<JournalTables>;
  readonly head: Head | 'missing' | 'unreadable';
}

/**
 * The end of the journal, or why it is not trusted. A head behind the journal is in order: the process ended
 * between the commit and the head. The effort does not grow with the journal's age; `verify` is for the whole
 * of it.
 */
export async function checkAtOpening(opening: Opening): Promise<ChainEnd | JournalRefusal> {
  const { folder, id, queries, head } = opening;
  const checkpoint = await lastCheckpoint(queries, id);
  if (typeof checkpoint === 'object' && 'reason' in checkpoint)
    return refusals.chainBroken(folder, checkpoint);
  const last = await lastSequence(queries);
  const headRefusal = await checkHead(opening, last);
  if (headRefusal !== undefined) return headRefusal;
  if (head === 'missing' && last > 0) return refusals.headMissing(folder, last);
  const chain = await checkChain(queries, checkpoint === 'none' ? chainStart(id) : checkpoint);
  return chain.sound ? chain.end : refusals.chainBroken(folder, chain.damage);
}

async function checkHead(
  { folder, id, queries, head }: Opening,
  last: number,
): Promise<JournalRefusal | undefined> {
  if (head === 'missing') return undefined;
  if (head === 'unreadable') return refusals.headUnreadable(folder);
  if (head.journalId !== id) return refusals.otherJournal(folder, id, head.journalId);
  if (last < head.sequence) return refusals.behindHead(folder, last, head.sequence);
  const hash = head.sequence === 0 ? chainStart(id).hash : await hashAt(queries, head.sequence);
  return hash !== undefined && sameBytes(hash, head.hash)
    ? undefined
    : refusals.headDiffers(folder, head.sequence);
}

async function lastSequence(queries: Kysely<JournalTables>): Promise<number> {
  const row = await queries
    .selectFrom('record')
    .select('sequence')
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.sequence ?? 0;
}
