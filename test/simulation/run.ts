// Runs a world from its start to its rest: time passes only when nothing else can, and a daemon that died is started again.

import type { Fate } from '../files/simulated-effects.ts';
import { violationsOf } from './checkers.ts';
import { allOrders, waitsForPerson } from './recorded-orders.ts';
import { ACCOUNT, createWorld, type Life, type Scenario, type World } from './world.ts';

export interface Trouble {
  /** What becomes of an effect, by the number of the life and of the effect in it, both from 1. */
  readonly fateOf: (life: number, number: number, what: string) => Fate;
  /** A crash takes the power with it: what was not flushed is gone. */
  readonly powerLoss: boolean;
}

export const NO_TROUBLE: Trouble = { fateOf: () => 'happens', powerLoss: false };

export interface Run {
  readonly world: World;
  readonly lives: readonly Life[];
  readonly violations: readonly string[];
}

const LIVES_MAX = 10;
const QUIET_MS = 70_000;
/** What a schedule sets going is over after so long. */
const SCHEDULED_MS = 5_000;
const HORIZON_MS = 2 * 3_600_000;

export async function runScenario(scenario: Scenario, trouble: Trouble = NO_TROUBLE): Promise<Run> {
  const world = createWorld(scenario);
  const lives: Life[] = [];
  const begin = (): Life => {
    const count = lives.length + 1;
    const life = world.begin((number, what) => trouble.fateOf(count, number, what));
    lives.push(life);
    return life;
  };
  const { clock } = world;
  const events = scenario.events.toSorted((a, b) => a.atMs - b.atMs);
  let life = begin();
  let wokenMs = 0;
  let restedSinceMs: number | undefined;
  let recordsSeen = -1;
  const broken: string[] = [];
  for (;;) {
    await settle();
    world.bank.catchUp();
    await world.erp.look();
    if (life.ended !== undefined || life.effects.crashed) {
      if (lives.length >= LIVES_MAX) {
        broken.push(`restless: the daemon ended ${LIVES_MAX} times, at last: ${life.ended ?? 'crashed'}`);
        break;
      }
      life.stop();
      if (life.effects.crashed && trouble.powerLoss) world.disk.crash();
      life = begin();
      continue;
    }
    const nowMs = clock.running();
    let happened = false;
    while ((events[0]?.atMs ?? Infinity) <= nowMs) {
      events.shift()?.act(world);
      life.daemon?.hint();
      restedSinceMs = undefined;
      recordsSeen = -1;
      happened = true;
    }
    const { wakeEveryMs } = scenario;
    if (wakeEveryMs !== undefined && nowMs - wokenMs >= wakeEveryMs) {
      wokenMs = nowMs;
      for (const kind of scenario.kinds ?? []) life.daemon?.wake(ACCOUNT, kind);
      happened = true;
    }
    // What was just rung goes on before any time passes.
    if (happened) continue;
    if (world.orderRecords !== recordsSeen) {
      recordsSeen = world.orderRecords;
      restedSinceMs = nowMs;
    }
    if (events.length === 0 && nowMs >= (scenario.atLeastMs ?? 0) && isAtRest(world)) {
      const restMs = nowMs - (restedSinceMs ?? nowMs);
      if (restMs >= quietMsOf(world)) break;
    }
    const next = Math.min(
      nowMs + (clock.nextWakeMs() ?? Infinity),
      events[0]?.atMs ?? Infinity,
      wakeEveryMs === undefined ? Infinity : wokenMs + wakeEveryMs,
    );
    if (next > HORIZON_MS) {
      broken.push('restless: work is left at the end of time');
      break;
    }
    await clock.advance(next - nowMs);
  }
  life.stop();
  await settle();
  // Whatever is still under way towards the bank arrives in the end.
  world.bank.catchUp(Infinity);
  return { world, lives, violations: [...broken, ...world.erp.complaints, ...(await violationsOf(world))] };
}

/** Everything here is promises over memory, so one turn of the event loop ends all that can go on without time. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** At rest for so long, nothing more is to come: with every order closed, but for the schedules of the accounts. */
function quietMsOf(world: World): number {
  const closed = allOrders(world).every(({ phase }) => phase === 'closed');
  if (!closed) return QUIET_MS;
  const { wakeEveryMs } = world.scenario;
  return wakeEveryMs === undefined ? 0 : wakeEveryMs + SCHEDULED_MS;
}

/** True when every file that was dropped has become an order, and everything open waits for a person. */
function isAtRest(world: World): boolean {
  const orders = allOrders(world);
  return (
    orders.length >= world.erp.dropped.length &&
    orders.every((order) => order.phase === 'closed' || waitsForPerson(world, order))
  );
}
