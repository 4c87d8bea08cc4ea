// What an error of the disk or of SQLite means for whoever wanted the journal.

import { JournalFailure, type JournalRefusal } from './journal.ts';
import { refusals } from './refusals.ts';
import { SQLITE, sqliteErrorCode } from './sqlite-database.ts';

/** Errors of the disk and of SQLite are the operator's to mend; anything else is a bug and is thrown on. */
export function refusalOfError(place: string, error: unknown): JournalRefusal {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  return isDamage(error) ? refusals.damaged(place, error.message) : refusals.unusable(place, error.message);
}

/** The failure of a question to an open journal; a bug stays what it is. */
export function failureOfReading(error: unknown): unknown {
  if (!(error instanceof Error) || sqliteErrorCode(error) === undefined) return error;
  const hint = isDamage(error) ? '; "goniec journal verify" says what is damaged' : '';
  return new JournalFailure(`the journal could not be read: ${error.message}${hint}`, error);
}

/** SQLite found the file itself damaged. */
export function isDamage(error: Error): boolean {
  const code = sqliteErrorCode(error);
  return code === SQLITE.corrupt || code === SQLITE.notADatabase;
}
