// A journal in memory for simulations: what was committed outlives its process, and a crash can fall between
// the commit and the answer.

import type { Clock } from '../../src/clock.ts';
import { closesStream, keysOf } from '../../src/domain/journal-index.ts';
import type { JournalEvent } from '../../src/domain/journal-event.ts';
import {
  JournalFailure,
  type Journal,
  type JournalRecord,
  type NewRecord,
} from '../../src/journal/journal.ts';
import { createEffects, SimulatedCrash, type Effects } from '../files/simulated-effects.ts';

interface StoredRecord extends Omit<JournalRecord, 'event'> {
  readonly body: string;
}

export interface MemoryJournalDisk {
  /** The journal as one life of a process uses it. */
  open(clock: Clock, effects?: Effects): Journal;
  /** All that stands, for checkers. */
  records(): readonly JournalRecord[];
}

export function createMemoryJournalDisk(id = '00000000000000000000000001'): MemoryJournalDisk {
  const stored: StoredRecord[] = [];
  return {
    open: (clock, effects = createEffects()) => openOn(id, stored, clock, effects),
    records: () => stored.map(asRecord),
  };
}

function openOn(id: string, stored: StoredRecord[], clock: Clock, effects: Effects): Journal {
  let failure: Error | undefined;

  function all(): readonly JournalRecord[] {
    effects.requireAlive();
    return stored.map(asRecord);
  }

  function streams(prefix: string): readonly string[] {
    return [...new Set(all().map(({ stream }) => stream))].filter((stream) => stream.startsWith(prefix));
  }

  function commit(records: readonly NewRecord[], bodies: readonly string[]): readonly JournalRecord[] {
    const at = new Date(clock.now()).toISOString();
    const first = stored.length + 1;
    effects.perform('commit records', () => {
      records.forEach(({ stream }, index) => {
        stored.push({ sequence: first + index, stream, at, body: bodies[index] ?? '' });
      });
    });
    effects.perform('flush head', () => undefined);
    return records.map(({ stream, event }, index) => ({ sequence: first + index, stream, at, event }));
  }

  return {
    id,
    async append(records) {
      if (records.length === 0) return [];
      if (records.some(({ stream }) => stream === '')) throw new RangeError('a record names no stream');
      const bodies = records.map(({ event }) => JSON.stringify(event));
      await Promise.resolve();
      if (failure !== undefined) throw failure;
      try {
        return commit(records, bodies);
      } catch (error) {
        failure =
          error instanceof SimulatedCrash ? error : new JournalFailure('the journal did not write', error);
        throw failure;
      }
    },
    read: async (stream) => all().filter((record) => record.stream === stream),
    async openStreams(prefix) {
      const closed = new Set(all().flatMap(({ stream, event }) => (closesStream(event) ? [stream] : [])));
      return streams(prefix)
        .filter((stream) => !closed.has(stream))
        .toSorted();
    },
    recentStreams: async (prefix, limit) => streams(prefix).toReversed().slice(0, limit),
    keys: async (name, value) =>
      all()
        .flatMap(({ stream, event }) => keysOf(stream, event).map((key) => ({ ...key, stream })))
        .filter((key) => key.name === name && (value === undefined || key.value === value))
        .map((key) => ({ value: key.value, stream: key.stream })),
    async *records(after) {
      for (const record of all()) if (record.sequence > after) yield record;
    },
    verify: async () => undefined,
    async close() {
      failure ??= new JournalFailure('the journal is closed');
    },
  };
}

function asRecord({ sequence, stream, at, body }: StoredRecord): JournalRecord {
  return { sequence, stream, at, event: JSON.parse(body) as JournalEvent };
}
