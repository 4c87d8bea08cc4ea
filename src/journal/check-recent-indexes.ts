// Checks what a start relies on about the newest records: that the derived tables fit them, and that SQLite's own indexes list
// them. A disk that lost a write leaves a page as it was: an order would not be met, a duplicate not be known.

import type { JournalKey } from '../domain/journal-index.ts';
import { checkIndexesOf } from './check-indexes.ts';
import type { JournalDamage } from './journal.ts';
import type { SqlDatabase } from './journal-volume.ts';
import type { JournalParts } from './verify-journal.ts';

/** In time that grows with the number of records from `first` to `last`. What lies before them is for `verify`. */
export async function checkRecentIndexes(
  parts: JournalParts,
  first: number,
  last: number,
): Promise<JournalDamage | undefined> {
  const indexes = await checkIndexesOf(parts, first, last);
  return 'reason' in indexes ? indexes : checkListed(parts.database, first, last);
}

interface StoredRecord {
  readonly sequence: number;
  readonly stream: string;
  readonly opened: number;
  readonly closed: number | null;
}

/** `INDEXED BY` makes SQLite answer from that index or not at all. */
function checkListed(database: SqlDatabase, first: number, last: number): JournalDamage | undefined {
  const inStream = database.prepare(
    'SELECT 1 FROM record INDEXED BY record_stream WHERE stream = ? AND sequence = ?',
  );
  const asOpen = database.prepare(
    'SELECT 1 FROM stream INDEXED BY stream_open WHERE name = ? AND closed IS NULL',
  );
  const asOpened = database.prepare(
    'SELECT 1 FROM stream INDEXED BY stream_opened WHERE opened = ? AND name = ?',
  );
  const byValue = database.prepare(
    'SELECT 1 FROM stream_key INDEXED BY stream_key_value WHERE name = ? AND value = ? AND sequence = ?',
  );
  const records = database
    .prepare(
      `SELECT r.sequence, r.stream, s.opened, s.closed FROM record r JOIN stream s ON s.name = r.stream
       WHERE r.sequence BETWEEN ? AND ?`,
    )
    .all(first, last) as unknown as readonly StoredRecord[];
  for (const { sequence, stream, opened, closed } of records) {
    const isListed =
      inStream.get(stream, sequence) !== undefined &&
      asOpened.get(opened, stream) !== undefined &&
      (asOpen.get(stream) !== undefined) === (closed === null);
    if (!isListed) return { sequence, reason: 'the record is not listed as it should be in its stream' };
  }
  const keys = database
    .prepare('SELECT name, value, sequence FROM stream_key WHERE sequence BETWEEN ? AND ?')
    .all(first, last) as unknown as readonly (JournalKey & { readonly sequence: number })[];
  const lost = keys.find(({ name, value, sequence }) => byValue.get(name, value, sequence) === undefined);
  return lost && { sequence: lost.sequence, reason: 'a key of the record is not listed' };
}
