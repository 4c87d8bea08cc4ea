// Lets the banks be difficult while a run goes on: answers lost, connections broken off, slow, refusing, not knowing yet.

import type { Random } from '../iso20022/support/random.ts';
import type { MoodOrder } from '../../src/sandbox/moods.ts';
import type { Site, SiteBank } from './site.ts';

/** How often each mood was ordered. */
export type MoodCounts = Map<string, number>;

/** The bank that is only known to say "not found" would execute a repeated message again: it must never get one too soon. */
const LASTING: Readonly<Record<SiteBank['name'], readonly MoodOrder[]>> = {
  Asks: [{ mood: 'silently-takes-duplicates' }],
  Refuses: [],
};

/** All far below the bound after which no message arrives. */
const SLOW_MAX_MS = 600;
const UNKNOWN_FOR_MS = 900;

/** Orders moods by chance until the signal aborts, then leaves the banks honest. */
export async function changeMoods(site: Site, random: Random, signal: AbortSignal): Promise<MoodCounts> {
  const counts: MoodCounts = new Map();
  await calm(site);
  while (!signal.aborted) {
    await pause(random.between(300, 1_800));
    const one = random.pick(site.banks);
    const order = nextMood(random);
    const done = await one.bank.control.mood(order).then(
      () => true,
      // It has been killed just now.
      () => false,
    );
    if (done) {
      const name = order.mood === 'refuses' ? `refuses ${order.code ?? ''}` : order.mood;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    if (done && order.mood === 'wrong-certificate') {
      await pause(random.between(200, 800));
      await calm(site);
    }
  }
  await calm(site);
  return counts;
}

/** Takes all moods away but those that a bank always has; waits for a bank that is down. */
export async function calm(site: Site): Promise<void> {
  for (const { name, bank } of site.banks) {
    const orders: readonly MoodOrder[] = [{ mood: 'honest' }, ...LASTING[name]];
    for (const order of orders) {
      while (
        !(await bank.control.mood(order).then(
          () => true,
          () => false,
        ))
      )
        await pause(100);
    }
  }
}

function nextMood(random: Random): MoodOrder {
  const chance = random.below(100);
  const taken = random.percent(50);
  if (chance < 22) return { mood: 'loses-answer', times: random.between(1, 3) };
  if (chance < 32) return { mood: 'loses-request', times: random.between(1, 2) };
  if (chance < 42) return { mood: 'answers-5xx', times: 1, taken };
  if (chance < 48) return { mood: 'no-answer', times: 1, taken };
  if (chance < 56) return { mood: 'fault-after-taking', times: 1 };
  if (chance < 70)
    return {
      mood: 'slow',
      times: random.between(1, 3),
      ms: random.between(100, SLOW_MAX_MS),
      on: ['order', 'status'],
    };
  if (chance < 80) return { mood: 'not-found-then-found', times: random.between(1, 3), ms: UNKNOWN_FOR_MS };
  if (chance < 86) return { mood: 'unknown-ids-unlisted-fault', times: 1 };
  if (chance < 91) return { mood: 'answers-5xx', times: 1, on: ['status'] };
  if (chance < 95) return { mood: 'loses-answer', times: 1, on: ['query'] };
  if (chance < 97) return { mood: 'refuses', times: 1, code: 'E102' };
  if (chance < 98) return { mood: 'refuses', times: 1, code: 'E301' };
  return { mood: 'wrong-certificate' };
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
