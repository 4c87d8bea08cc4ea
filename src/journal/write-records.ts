// Puts records into the journal with everything derived from them, in one transaction.

import type { CompiledQuery, Kysely } from 'kysely';
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

/** Writes records where `end` says that the chain has got to; when it resolves they are committed and flushed. */
export type WriteRecords = (
  end: ChainEnd,
  at: string,
  prepared: readonly PreparedRecord[],
) => Promise<Written>;

/** The statements are compiled once, because a journal writes the same few for ever. */
export function createWriter(queries: Kysely<JournalTables>, journalId: string): WriteRecords {
  const insert = {
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
  return async (end, at, prepared) => {
    const rows = chainedRows(end, at, prepared);
    const last = rows.at(-1);
    if (last === undefined) return { end, records: [] };
    await queries.transaction().execute(async (transaction) => {
      const write = async (statement: CompiledQuery, values: readonly unknown[]): Promise<void> => {
        await transaction.executeQuery({ ...statement, parameters: values });
      };
      for (const { sequence, stream, at, body, hash } of rows)
        await write(insert.record, [sequence, stream, at, body, hash]);
      for (const { name, opened, last, closed } of streamRows(rows, prepared))
        await write(insert.stream, [name, opened, last, closed]);
      for (const { name, value, stream, sequence } of keyRows(rows, prepared))
        await write(insert.key, [name, value, stream, sequence]);
      for (const { sequence, hash, seal } of checkpointRows(journalId, rows))
        await write(insert.checkpoint, [sequence, hash, seal]);
    });
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
