// Runs a world from its start to its rest: time passes only when nothing else can, and a daemon that ended is started again.

import { isDeepStrictEqual } from 'node:util';
import type { Order } from '../../src/domain/order.ts';
import type { Fate } from '../files/simulated-effects.ts';
import type { Chooser } from '../files/simulated-volume.ts';
import type { Survival } from '../journal/simulated-head.ts';
import { violationsOf } from './checkers.ts';
import { allOrders, waitsForPerson } from './recorded-orders.ts';
import { stateOf } from './world-state.ts';
import { accountsOf, type Scenario } from './scenario.ts';
import { createWorld, type Life, type World, unflushedIn } from './world.ts';

export interface Trouble {
  /** What becomes of an effect, by the number of the life and of the effect in it, both from 1. */
  readonly fateOf: (life: number, number: number, what: string) => Fate;
  /** Asked at each crash: it takes the power with it, and this becomes of what was not flushed; undefined: only the process dies. */
  readonly power: () => PowerLoss | undefined;
  /** In lives from this number on nothing goes wrong any more; absent: one never knows. */
  readonly overFromLife?: number;
  /** In lives from this number on the state of the world is noted before each effect; absent: never. */
  readonly watchedFromLife?: number;
}

export interface PowerLoss {
  readonly choose: Chooser;
  readonly head: () => Survival;
}

export const NO_TROUBLE: Trouble = { fateOf: () => 'happens', power: () => undefined };

export interface Run {
  readonly world: World;
  readonly lives: readonly Life[];
  /** Each begins with the name of the check that failed. */
  readonly violations: readonly string[];
  /** It came to a state from which another run had been followed to its good end. */
  readonly joined: boolean;
}

/** States from which all was well in the end; each run adds its own. `spared` counts the runs that need not be made for it. */
export interface Followed {
  readonly states: Set<string>;
  spared: number;
}

export function nothingFollowed(): Followed {
  return { states: new Set(), spared: 0 };
}

const LIVES_MAX = 10;
const QUIET_MS = 70_000;
/** What a schedule sets going is over after so long. */
const SCHEDULED_MS = 5_000;
/** What failed to be fetched is tried again within this time. */
const FETCHED_AGAIN_MS = 35_000;
const HORIZON_MS = 2 * 3_600_000;
/** After a stop nothing may happen any more, however long one waits. */
const AFTER_STOP_MS = 10 * 60_000;

export async function runScenario(
  scenario: Scenario,
  trouble: Trouble = NO_TROUBLE,
  followed: Followed = nothingFollowed(),
): Promise<Run> {
  return runWorld(createWorld(scenario), scenario.events, trouble, followed);
}

/** The same from wherever a world stands, with what is still to happen from outside. */
export async function runWorld(
  world: World,
  events: Scenario['events'],
  trouble: Trouble = NO_TROUBLE,
  followed: Followed = nothingFollowed(),
): Promise<Run> {
  const lives: Life[] = [];
  const states: string[] = [];
  world.eventsLeft = events.length;
  const found: string[] = [];
  const isFollowed = (count: number): boolean => {
    if (count < (trouble.overFromLife ?? Infinity) || world.erp.complaints.length > 0) return false;
    const state = stateOf(world);
    states.push(state);
    return followed.states.has(state);
  };
  for (;;) {
    const broken = await live(world, events, trouble, lives, isFollowed);
    if (broken === 'joined') return { world, lives, violations: [], joined: true };
    world.restedAtMs = world.bank.now();
    const unlike = memory(world);
    const late = await stopLast(world, world.life);
    found.push(...broken, ...unlike, ...late);
    if (!diedStopping(world.life) || broken.length > 0) break;
    // The next one has to find everything right.
    losePower(world, trouble.power());
  }
  // Whatever is still under way towards the bank arrives in the end.
  world.bank.catchUp(Infinity);
  const seen = [...world.erp.complaints, ...violationsOf(world)];
  const violations = [...found, ...afterTheEnd(lives), ...seen];
  if (violations.length === 0) for (const state of states) followed.states.add(state);
  return { world, lives, violations, joined: false };
}

/** Lives one after the other until nothing more is to come. */
async function live(
  world: World,
  outside: Scenario['events'],
  trouble: Trouble,
  lives: Life[],
  isFollowed: (life: number) => boolean,
): Promise<string[] | 'joined'> {
  const { clock, scenario } = world;
  const { wakeEveryMs, restartAfterMs = 0, livesMax = LIVES_MAX } = scenario;
  const begin = (): Life => {
    const count = lives.length + 1;
    world.watched = count >= (trouble.watchedFromLife ?? Infinity);
    const life = world.begin((number, what) => trouble.fateOf(count, number, what));
    lives.push(life);
    return life;
  };
  const events = outside.toSorted((a, b) => a.atMs - b.atMs).slice(outside.length - world.eventsLeft);
  let life = begin();
  let restedSinceMs: number | undefined;
  let recordsSeen = -1;
  let beginsMs: number | undefined;
  for (;;) {
    await settle();
    world.turn += 1;
    world.bank.catchUp();
    world.erp.look();
    const nowMs = clock.running();
    if (beginsMs === undefined && (life.ended !== undefined || life.effects.crashed)) {
      if (lives.length >= livesMax)
        return [`restless: the daemon ended ${livesMax} times, at last: ${life.ended ?? 'crashed'}`];
      life.stop();
      life.unflushed = unflushedIn(world);
      if (life.effects.crashed) losePower(world, trouble.power());
      beginsMs = nowMs + restartAfterMs;
    }
    if (beginsMs !== undefined && beginsMs <= nowMs) {
      beginsMs = undefined;
      if (isFollowed(lives.length + 1)) return 'joined';
      life = begin();
      continue;
    }
    let happened = false;
    while ((events[0]?.atMs ?? Infinity) <= nowMs) {
      events.shift()?.act(world);
      world.eventsLeft = events.length;
      life.daemon?.hint();
      restedSinceMs = undefined;
      recordsSeen = -1;
      happened = true;
    }
    if (wakeEveryMs !== undefined && nowMs - world.wokenMs >= wakeEveryMs) {
      world.wokenMs = nowMs;
      for (const iban of accountsOf(scenario))
        for (const kind of scenario.kinds ?? []) life.daemon?.wake(iban, kind);
      happened = true;
    }
    // What was just rung goes on before any time passes.
    if (happened) continue;
    if (world.orderRecords !== recordsSeen) {
      recordsSeen = world.orderRecords;
      restedSinceMs = nowMs;
    }
    if (
      beginsMs === undefined &&
      events.length === 0 &&
      nowMs >= (scenario.atLeastMs ?? 0) &&
      isAtRest(world) &&
      nowMs - (restedSinceMs ?? nowMs) >= quietMsOf(world)
    )
      return [];
    const next = Math.min(
      nowMs + (clock.nextWakeMs() ?? Infinity),
      events[0]?.atMs ?? Infinity,
      beginsMs ?? Infinity,
      wakeEveryMs === undefined ? Infinity : world.wokenMs + wakeEveryMs,
    );
    if (next > (scenario.horizonMs ?? HORIZON_MS)) return ['restless: work is left at the end of time'];
    await clock.advance(next - nowMs);
  }
}

function losePower({ disk, journal }: World, power: PowerLoss | undefined): void {
  if (power === undefined) return;
  disk.crash(power.choose);
  journal.losePower(power.head());
}

/** Ends the last life as an operator would. */
async function stopLast(world: World, life: Life | undefined): Promise<string[]> {
  life?.stop();
  await settle();
  const unended = life?.ended === undefined;
  const untilMs = world.clock.running() + AFTER_STOP_MS;
  for (let leftMs = AFTER_STOP_MS; leftMs > 0; leftMs = untilMs - world.clock.running()) {
    await world.clock.advance(Math.min(world.clock.nextWakeMs() ?? Infinity, leftMs));
    await settle();
  }
  return unended && life?.ended !== 'stopped' && !diedStopping(life)
    ? [`stop: the daemon was told to stop and ${life?.ended ?? 'runs on'}`]
    : [];
}

/** It crashed, or its journal did not write, before it had stopped. */
function diedStopping(life: Life | undefined): boolean {
  return life?.effects.crashed === true || life?.ended?.startsWith('JournalFailure') === true;
}

/** What the daemon holds in memory is what its records say. */
function memory(world: World): string[] {
  const { life } = world;
  if (life === undefined || life.ended !== undefined || life.effects.crashed) return [];
  const held = life.book()?.all() ?? [];
  const recorded = allOrders(world).filter(({ phase }) => phase !== 'closed');
  const inOrder = (orders: readonly Order[]): unknown =>
    plain(orders.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
  return isDeepStrictEqual(inOrder(held), inOrder(recorded))
    ? []
    : ['replay: what the daemon has in memory is not what its records say'];
}

/** Without what makes no difference. */
function plain(orders: readonly Order[]): unknown {
  return JSON.parse(
    JSON.stringify(orders, (_key, value: unknown) =>
      value instanceof Map ? [...(value as Map<unknown, unknown>)] : value,
    ),
  );
}

/** A daemon that has ended does nothing any more, however long one waits. */
function afterTheEnd(lives: readonly Life[]): string[] {
  return lives.flatMap(({ effects, effectsAtEnd }) => {
    const late = effects.tried.slice(effectsAtEnd ?? effects.tried.length);
    return late.length === 0 ? [] : [`stop: after its end the daemon did ${late.join(', ')}`];
  });
}

/** Everything here is promises over memory, so one turn of the event loop ends all that can go on without time. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** At rest for so long, nothing more is to come: with every order closed, but for the schedules of the accounts. */
function quietMsOf(world: World): number {
  const closed = allOrders(world).every(({ phase }) => phase === 'closed');
  if (!closed) return QUIET_MS;
  const { wakeEveryMs, kinds = [] } = world.scenario;
  if (wakeEveryMs !== undefined) return wakeEveryMs + SCHEDULED_MS;
  return kinds.length === 0 ? 0 : FETCHED_AGAIN_MS;
}

/** True when every file that was dropped has become an order, and everything open waits for a person. */
function isAtRest(world: World): boolean {
  const orders = allOrders(world);
  return (
    orders.length >= world.erp.dropped.length &&
    orders.every((order) => order.phase === 'closed' || waitsForPerson(world, order))
  );
}
