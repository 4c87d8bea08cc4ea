// The journal as the command line reads it beside a running daemon.

import type { Settings } from '../config/settings.ts';
import { JournalFailure, type ReadOnlyJournal } from '../journal/journal.ts';
import { openJournalForReading } from '../journal/sqlite-journal.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { complain } from './terminal.ts';

/** Runs `use` on the journal; tells why when it can not be read. */
export async function withJournal(
  settings: Settings,
  use: (journal: ReadOnlyJournal) => Promise<ExitCode>,
): Promise<ExitCode> {
  const journal = await openJournalForReading(settings.state);
  if ('refused' in journal) {
    complain(journal.sentence);
    return EXIT.startRefused;
  }
  try {
    return await use(journal);
  } catch (failure) {
    if (!(failure instanceof JournalFailure)) throw failure;
    complain(failure.message);
    return EXIT.startRefused;
  } finally {
    await journal.close();
  }
}
