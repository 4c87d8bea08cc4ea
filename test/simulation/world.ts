// One simulated world: clock, disk, journal, bank and ERP, in which lives of the real daemon follow one another.

import { UNTESTED_ANSWERS } from '../../src/bank/cdc/dialects/common.ts';
import { openDaemon, type Daemon } from '../../src/daemon.ts';
import type { AnswerProfile } from '../../src/domain/bank-profile.ts';
import type { Journal } from '../../src/journal/journal.ts';
import type { Decision } from '../../src/outbound/decisions.ts';
import type { OrderBook } from '../../src/outbound/order-book.ts';
import { createSimulatedDisk, type SimulatedDisk } from '../files/simulated-disk.ts';
import { createEffects, type Effects, type Fate } from '../files/simulated-effects.ts';
import { createSimulatedJournal, type SimulatedJournal } from '../journal/simulated-journal.ts';
import { createTestClock, type TestClock } from '../test-clock.ts';
import { inAnyOrder } from './any-order.ts';
import { PLAIN_BANK } from './bank-moods.ts';
import { createChance, type Chance } from './chance.ts';
import { counting, DECISIONS, partsOf } from './daemon-parts.ts';
import { bookOf } from './opened-books.ts';
import { BANK, MORNING_MS, TIME_ZONE, type Scenario } from './scenario.ts';
import { SimulatedBank } from './simulated-bank.ts';
import { FOLDERS, SimulatedErp } from './simulated-erp.ts';
import { chanceOf, stateOf } from './world-state.ts';

/** What is under way when the daemon is told to stop has so long. */
const STOP_WITHIN_MS = 5_000;

/** One life of the daemon. */
export interface Life {
  readonly effects: Effects;
  /** For each effect the turn of the world it came in: between two of one turn nothing else happens. */
  readonly turns: readonly number[];
  /** Before each effect, where the world is watched. */
  readonly states: readonly Left[];
  /** undefined while it is starting, and when it did not start. */
  daemon: Daemon | undefined;
  /** What the daemon holds in memory. */
  book(): OrderBook | undefined;
  /** How it came to its end, in words; undefined while it runs. */
  ended: string | undefined;
  /** How many effects it had tried by then. */
  effectsAtEnd: number | undefined;
  /** How many changes on the disk were not flushed when it crashed. */
  unflushed: number;
  stop(): void;
}

/** The state of the world that a crash would leave, of the process alone or with the power. */
export interface Left {
  readonly crash: string;
  readonly power: string;
}

export type FateOf = (number: number, what: string) => Fate;

export interface World {
  readonly scenario: Scenario;
  readonly clock: TestClock;
  readonly disk: SimulatedDisk;
  readonly journal: SimulatedJournal;
  readonly bank: SimulatedBank;
  readonly erp: SimulatedErp;
  readonly answers: AnswerProfile;
  /** How many records about orders were tried to be written, by all lives. */
  orderRecords: number;
  /** How many of its events are still to come, and when its schedules last fired. */
  eventsLeft: number;
  wokenMs: number;
  /** Whether each life notes the state of the world before each of its effects. */
  watched: boolean;
  /** Counted up whenever something from outside may happen. */
  turn: number;
  /** When nothing more was to come, by the bank's date. */
  restedAtMs: number;
  /** Lines of the log of all lives, for people who look at a failing run. */
  readonly log: string[];
  /** The life that runs, or ran last. */
  life: Life | undefined;
  begin(fateOf: FateOf): Life;
  decide(name: string, decision: Decision): void;
}

export function createWorld(scenario: Scenario): World {
  const seed = scenario.seed ?? 1;
  const clock = createTestClock({ nowMs: scenario.startMs ?? MORNING_MS, seed });
  const disk = createSimulatedDisk(() => clock.now());
  for (const folder of Object.values(FOLDERS)) {
    disk.put(`${folder}/.keep`, new Uint8Array());
  }
  const chance = scenario.shuffled === true ? createChance(seed) : undefined;
  const world: World = {
    scenario,
    clock,
    disk,
    journal: createSimulatedJournal(),
    bank: new SimulatedBank({
      name: BANK,
      clock,
      traits: { ...PLAIN_BANK, ...scenario.traits },
      moods: scenario.moods ?? [],
      timeZone: TIME_ZONE,
      seed,
    }),
    erp: new SimulatedErp(disk, scenario.erpTakes ?? false),
    answers: { ...UNTESTED_ANSWERS, ...scenario.answers },
    orderRecords: 0,
    eventsLeft: scenario.events.length,
    wokenMs: 0,
    watched: false,
    turn: 0,
    restedAtMs: 0,
    log: [],
    life: undefined,
    begin: (fateOf) => begin(world, fateOf, chance),
    decide: (name, decision) => {
      disk.put(`${DECISIONS}/${name}.json`, Buffer.from(JSON.stringify(decision)));
    },
  };
  return world;
}

function begin(world: World, fateOf: FateOf, chance: Chance | undefined): Life {
  const turns: number[] = [];
  const states: Left[] = [];
  const effects = createEffects((number, what) => {
    // What others may see between two effects is looked at there.
    world.erp.look();
    turns.push(world.turn);
    if (world.watched) states.push(leftIn(world));
    return fateOf(number, what);
  });
  const clock = { ...world.clock, random: chanceOf(world) };
  const stop = new AbortController();
  const limit = new AbortController();
  let journal: Journal | undefined;
  const life: Life = {
    effects,
    turns,
    states,
    daemon: undefined,
    book: () => (journal === undefined ? undefined : bookOf(journal)),
    ended: undefined,
    effectsAtEnd: undefined,
    unflushed: 0,
    stop: () => {
      // A reason of our own: the usual one is made with a stack, thousands of times.
      stop.abort('stopped');
      void world.clock.sleep(STOP_WITHIN_MS).then(() => limit.abort('limit'));
    },
  };
  world.life = life;
  const live = async (): Promise<void> => {
    const opened = await world.journal.open(clock, effects);
    if ('refused' in opened) throw new Error(`did not start: the journal is ${opened.refused}`);
    journal = inAnyOrder(counting(world, opened), chance);
    const daemon = await openDaemon(partsOf(world, effects, journal, clock, chance));
    if ('kind' in daemon) throw new Error(`did not start: ${daemon.reason}`);
    life.daemon = daemon;
    const { whole } = await daemon.run(stop.signal, limit.signal);
    if (!whole) throw new Error('a step did not end');
  };
  const end = (how: string): void => {
    life.ended = how;
    life.effectsAtEnd = effects.tried.length;
  };
  live().then(
    () => end('stopped'),
    (failure: unknown) => end(String(failure)),
  );
  return life;
}

function leftIn(world: World): Left {
  const crash = stateOf(world);
  return { crash, power: unflushedIn(world) === 0 ? crash : stateOf(world, 'flushed') };
}

/** How many changes a loss of power would undo now. */
export function unflushedIn({ disk, journal }: World): number {
  return disk.unflushed() + journal.head.unflushed();
}
