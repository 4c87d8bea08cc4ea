// What every format does with a statement: lines of text for its head, for each entry, and for its end.

import type { StatementEntry, StatementHead } from './statement.ts';

/** What can not be said is told to the findings, and what the lines are then does not matter. */
export interface Composer {
  begin(head: StatementHead): readonly string[];
  entry(entry: StatementEntry): readonly string[];
  end(): readonly string[];
}
