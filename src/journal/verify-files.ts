// Verifies a journal as it lies on a disk, a working one beside its owner or a backup: what a start would
// refuse, and then the whole of it.

import { openForReading } from './open-for-reading.ts';
import type { JournalPaths } from './folder-volume.ts';
import type { Head } from './head-file.ts';
import type { JournalRefusal } from './journal.ts';
import { checkAtOpening } from './opening-checks.ts';
import { refusalOfError } from './refusal-of-error.ts';
import { refusals } from './refusals.ts';
import { verifyJournal, type Verified } from './verify-journal.ts';

/** The same sentences as at a start; `kind` says what the files are taken for. */
export async function verifyFiles(
  paths: JournalPaths,
  kind: Head['kind'] = 'own',
): Promise<Verified | JournalRefusal> {
  const opened = await openForReading(paths);
  if ('refused' in opened) return opened;
  const { parts, database, head } = opened;
  try {
    // One snapshot for all that follows, whatever the owner appends meanwhile.
    database.exec('BEGIN');
    const expected =
      typeof head === 'object' && head.kind === kind ? { ...head, kind: 'own' as const } : head;
    const end = await checkAtOpening(parts, expected);
    if ('refused' in end) return end;
    const verified = await verifyJournal(parts);
    return 'reason' in verified ? refusals.chainBroken(paths.name, verified) : verified;
  } catch (error) {
    return refusalOfError(paths.name, error);
  } finally {
    database.close();
  }
}
