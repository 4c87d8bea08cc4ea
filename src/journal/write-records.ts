// Puts records into the journal with everything derived from them, in one transaction.

import type { Kysely, Transaction } from 'kysely';
import { closesStream, keysOf, type JournalKey } from '../domain/journal-index.ts';
import type { JournalEvent } from '../domain/journal-event.ts';
import { chainHash, checkpointSeal, CHECKPOINT_INTERVAL, type ChainEnd } from './hash-chain.ts';
import type { JournalRecord, NewRecord } from './journal.ts';
import type { CheckpointRow, JournalTables, RecordRow, StreamKeyRow, StreamRow } from './schema.ts';

/**
 * A record ready to be written: whatever can go wrong with one event has gone wrong before the transaction.
 */
export interface PreparedRecord {
  readonly stream: string;
  readonly event: JournalEvent;
  readonly body: string;
  readonly keys: readonly JournalKey[];
  readonly closes: boolean;
}

export interface Written {
  readonly end: ChainEnd;
  readonly records: readonly JournalRecord[];
}

/** Rows per INSERT, far below SQLite's limit of parameters. */
const ROWS_PER_INSERT = 200;

export function prepareRecord(record: NewRecord): PreparedRecord {
  const { stream, event } = record;
  if (stream === '') throw new RangeError(`a record of type ${event.type} names no stream`);
  return {
    stream,
    event,
    body: JSON.stringify(event),
    keys: keysOf(stream, event),
    closes: closesStream(event),
  };
}

/** Continues the chain after `end`; when this resolves the transaction is committed and flushed. */
export async function writeRecords(
  queries: Kysely<JournalTables>,
  journalId: string,
  end: ChainEnd,
  at: string,
  prepared: readonly PreparedRecord[],
): Promise<Written> {
  const rows = chainedRows(end, at, prepared);
  const last = rows.at(-1);
  if (last === undefined) return { end, records: [] };
  await queries.transaction().execute(async (transaction) => {
    await inPieces(rows, (piece) => transaction.insertInto('record').values(piece).execute());
    await writeStreams(transaction, streamRows(rows, prepared));
    await inPieces(keyRows(rows, prepared), (piece) =>
      transaction.insertInto('stream_key').values(piece).execute(),
    );
    await inPieces(checkpointRows(journalId, rows), (piece) =>
      transaction.insertInto('checkpoint').values(piece).execute(),
    );
  });
  const records = prepared.map(({ stream, event }, index) => ({
    sequence: end.sequence + 1 + index,
    stream,
    at,
    event,
  }));
  return { end: { sequence: last.sequence, hash: last.hash }, records };
}

function chainedRows(end: ChainEnd, at: string, prepared: readonly PreparedRecord[]): readonly RecordRow[] {
  let { sequence, hash } = end;
  return prepared.map(({ stream, body }) => {
    sequence += 1;
    hash = chainHash(hash, { sequence, stream, at, body });
    return { sequence, stream, at, body, hash };
  });
}

/** One row per stream touched, as if the stream began here; the upsert keeps what is already known. */
function streamRows(rows: readonly RecordRow[], prepared: readonly PreparedRecord[]): readonly StreamRow[] {
  const streams = new Map<string, StreamRow>();
  rows.forEach(({ stream, sequence }, index) => {
    const before = streams.get(stream);
    const closed = before?.closed ?? (prepared[index]?.closes === true ? sequence : null);
    streams.set(stream, { name: stream, opened: before?.opened ?? sequence, last: sequence, closed });
  });
  return [...streams.values()];
}

async function writeStreams(
  transaction: Transaction<JournalTables>,
  rows: readonly StreamRow[],
): Promise<void> {
  await inPieces(rows, (piece) =>
    transaction
      .insertInto('stream')
      .values(piece)
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet((row) => ({
          last: row.ref('excluded.last'),
          closed: row.fn.coalesce('stream.closed', 'excluded.closed'),
        })),
      )
      .execute(),
  );
}

function keyRows(rows: readonly RecordRow[], prepared: readonly PreparedRecord[]): readonly StreamKeyRow[] {
  return rows.flatMap(({ stream, sequence }, index) =>
    (prepared[index]?.keys ?? []).map(({ name, value }) => ({ name, value, stream, sequence })),
  );
}

function checkpointRows(journalId: string, rows: readonly RecordRow[]): readonly CheckpointRow[] {
  return rows
    .filter(({ sequence }) => sequence % CHECKPOINT_INTERVAL === 0)
    .map(({ sequence, hash }) => ({ sequence, hash, seal: checkpointSeal(journalId, { sequence, hash }) }));
}

async function inPieces<Row>(
  rows: readonly Row[],
  insert: (piece: readonly Row[]) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
    await insert(rows.slice(from, from + ROWS_PER_INSERT));
  }
}
