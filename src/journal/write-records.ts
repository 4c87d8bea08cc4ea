// Puts records into the journal with everything derived from them, in one transaction.

import { closesStream, keysOf, type JournalKey } from '../domain/journal-index.ts';
import type { JournalEvent } from '../domain/journal-event.ts';
import { chainHash, checkpointSeal, CHECKPOINT_INTERVAL, type ChainEnd } from './hash-chain.ts';
import type { JournalRecord, NewRecord } from './journal.ts';
import type { CheckpointRow, RecordRow, StreamKeyRow, StreamRow } from './schema.ts';
import type { JournalParts } from './verify-journal.ts';

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

/** Stands in a statement for values that come with each use. */
const NO_BYTES = new Uint8Array();

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

/** Writes records where `end` says that the chain has got to, and commits them; they are durable when the log is flushed. */
export type WriteRecords = (end: ChainEnd, at: string, prepared: readonly PreparedRecord[]) => Written;

/** The statements are prepared once, because a journal writes the same few for ever. */
export function createWriter({ id: journalId, database, queries }: JournalParts): WriteRecords {
  const compiled = {
    record: queries
      .insertInto('record')
      .values({ sequence: 0, stream: '', at: '', body: '', hash: NO_BYTES })
      .compile(),
    stream: queries
      .insertInto('stream')
      .values({ name: '', opened: 0, last: 0, closed: 0 })
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet((row) => ({
          last: row.ref('excluded.last'),
          closed: row.fn.coalesce('stream.closed', 'excluded.closed'),
        })),
      )
      .compile(),
    key: queries.insertInto('stream_key').values({ name: '', value: '', stream: '', sequence: 0 }).compile(),
    checkpoint: queries
      .insertInto('checkpoint')
      .values({ sequence: 0, hash: NO_BYTES, seal: NO_BYTES })
      .compile(),
  };
  const [begin, commit] = [database.prepare('begin'), database.prepare('commit')];
  const insert = {
    record: database.prepare(compiled.record.sql),
    stream: database.prepare(compiled.stream.sql),
    key: database.prepare(compiled.key.sql),
    checkpoint: database.prepare(compiled.checkpoint.sql),
  };
  return (end, at, prepared) => {
    const rows = chainedRows(end, at, prepared);
    const last = rows.at(-1);
    if (last === undefined) return { end, records: [] };
    begin.run();
    try {
      for (const { sequence, stream, at, body, hash } of rows)
        insert.record.run(sequence, stream, at, body, hash);
      for (const { name, opened, last, closed } of streamRows(rows, prepared))
        insert.stream.run(name, opened, last, closed);
      for (const { name, value, stream, sequence } of keyRows(rows, prepared))
        insert.key.run(name, value, stream, sequence);
      for (const { sequence, hash, seal } of checkpointRows(journalId, rows))
        insert.checkpoint.run(sequence, hash, seal);
      commit.run();
    } catch (error) {
      // After an error of the disk SQLite has rolled back by itself.
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
    const records = prepared.map(({ stream, event }, index) => ({
      sequence: end.sequence + 1 + index,
      stream,
      at,
      event,
    }));
    return { end: { sequence: last.sequence, hash: last.hash }, records };
  };
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
