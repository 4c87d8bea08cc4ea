// The product's own journal for simulations: its queue, chain, records, head, opening checks and migrations on
// a database in memory that outlives the simulated processes and loses commits that were not flushed, and on a
// head file that loses or tears what was not flushed.

import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Clock } from '../../src/clock.ts';
import type { JournalEvent } from '../../src/domain/journal-event.ts';
import type { Journal, JournalRecord, JournalRefusal } from '../../src/journal/journal.ts';
import type { JournalVolume, SqlDatabase } from '../../src/journal/journal-volume.ts';
import { openOn } from '../../src/journal/open-journal.ts';
import { refusalOfError } from '../../src/journal/refusal-of-error.ts';
import { createEffects, type Effects } from '../files/simulated-effects.ts';
import { createSimulatedHead, type SimulatedHead, type Survival } from './simulated-head.ts';

export interface SimulatedJournal {
  /** The journal as one life of a process uses it, or why that life does not start; `putBack` as a person answers for it. */
  open(clock: Clock, effects?: Effects, putBack?: boolean): Promise<Journal | JournalRefusal>;
  /** An older copy is put back: what came after this record is gone, and the head stays. */
  putBack(sequence: number): void;
  /** Power goes: commits and a head that were written but not flushed are lost, torn or there by chance. */
  losePower(survival?: Survival): void;
  /** All that stands, for checkers. */
  records(): readonly JournalRecord[];
  /** What lies there, for tests that damage it. */
  readonly database: DatabaseSync;
  readonly head: SimulatedHead;
}

export function createSimulatedJournal(): SimulatedJournal {
  const database = new DatabaseSync(':memory:');
  database.exec('PRAGMA foreign_keys = ON');
  const statementOf = preparedOnce(database);
  const head = createSimulatedHead();
  let known: readonly JournalRecord[] = [];
  /** So many records are on the disk whatever happens. */
  let flushed = 0;
  const onFlush = (): void => {
    flushed = known.length;
  };
  /** Read at once: later the same connection would also show what was never committed. */
  const onCommit = (): void => {
    known = [...known, ...recordsAfter(statementOf, known.at(-1)?.sequence ?? 0)];
  };
  /** What a life had not committed when it died went with it. */
  const forgetUncommitted = (): void => {
    if (database.isTransaction) database.exec('ROLLBACK');
  };
  const putBack = (sequence: number): void => {
    forgetUncommitted();
    database.exec(`
      PRAGMA foreign_keys = OFF;
      DELETE FROM stream_key WHERE sequence > ${sequence};
      DELETE FROM checkpoint WHERE sequence > ${sequence};
      DELETE FROM stream WHERE opened > ${sequence};
      UPDATE stream SET closed = NULL WHERE closed > ${sequence};
      DELETE FROM record WHERE sequence > ${sequence};
      UPDATE stream SET last = (SELECT max(sequence) FROM record WHERE record.stream = stream.name);
      PRAGMA foreign_keys = ON;
    `);
    known = known.slice(0, sequence);
    onFlush();
  };
  return {
    database,
    head,
    putBack,
    async open(clock, effects = createEffects(), isPutBack = false) {
      forgetUncommitted();
      try {
        const openDatabase = (): SqlDatabase => inLife(database, statementOf, effects, onCommit);
        return await openOn(volumeOf(database, openDatabase, head, effects, onFlush), clock, [], isPutBack);
      } catch (error) {
        return refusalOfError('simulated', error);
      }
    },
    losePower(survival) {
      // A commit that is torn is none.
      if (survival !== 'kept' && flushed < known.length) putBack(flushed);
      head.losePower(survival);
    },
    records: () => known,
  };
}

/** A statement is dear to prepare, and no life changes what another has prepared. */
function preparedOnce(database: DatabaseSync): (sql: string) => StatementSync {
  const prepared = new Map<string, StatementSync>();
  return (sql) => {
    const statement = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
}

function volumeOf(
  database: DatabaseSync,
  openDatabase: () => SqlDatabase,
  head: SimulatedHead,
  effects: Effects,
  onFlush: () => void,
): JournalVolume {
  return {
    name: 'simulated',
    head: head.disk(effects),
    found: () => (isEmpty(database) ? 'nothing' : 'database'),
    openDatabase: () => ({ database: openDatabase(), close: () => undefined }),
    mergedThrough: () => undefined,
    async syncDatabase() {
      effects.requireAlive();
      onFlush();
    },
    openLog: async () => ({
      flush: async () => effects.perform('flush records', onFlush),
      close: async () => undefined,
    }),
  };
}

/** The database as one life sees it: a commit is an effect, and the dead ask nothing. */
function inLife(
  database: DatabaseSync,
  statementOf: (sql: string) => StatementSync,
  effects: Effects,
  onCommit: () => void,
): SqlDatabase {
  return {
    get isTransaction() {
      return database.isTransaction;
    },
    prepare(sql) {
      effects.requireAlive();
      const statement = statementOf(sql);
      return {
        columns: () => statement.columns(),
        get: (...values: SQLInputValue[]) => alive(effects, () => statement.get(...values)),
        all: (...values: SQLInputValue[]) => alive(effects, () => statement.all(...values)),
        // One of its own: another call must not begin it anew while its rows are read.
        iterate: (...values: SQLInputValue[]) =>
          alive(effects, () => database.prepare(sql).iterate(...values)),
        run: (...values: SQLInputValue[]) =>
          sql === 'commit'
            ? effects.perform('commit records', () => {
                const done = statement.run();
                onCommit();
                return done;
              })
            : alive(effects, () => statement.run(...values)),
      };
    },
    exec(sql) {
      if (sql === 'COMMIT') effects.perform('make journal', () => database.exec(sql));
      else alive(effects, () => database.exec(sql));
    },
  };
}

function alive<Result>(effects: Effects, act: () => Result): Result {
  effects.requireAlive();
  return act();
}

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}

function recordsAfter(statementOf: (sql: string) => StatementSync, after: number): JournalRecord[] {
  return statementOf('SELECT sequence, stream, at, body FROM record WHERE sequence > ? ORDER BY sequence')
    .all(after)
    .map((row) => ({
      sequence: Number(row.sequence),
      stream: String(row.stream),
      at: String(row.at),
      event: JSON.parse(String(row.body)) as JournalEvent,
    }));
}
