// What goes wrong in a random world: crashes in a row, with the power or without, effects that fail, disks that fill up or vanish, dates
// that are set, daemons that are stopped.

import { dayAt } from '../../src/domain/calendar.ts';
import { systemError, type Fate } from '../files/simulated-effects.ts';
import type { Chance } from './chance.ts';
import type { PowerLoss, Trouble } from './run.ts';
import { MINUTE_MS, SECOND_MS, type Event } from './scenario-parts.ts';
import { FOLDERS } from './simulated-erp.ts';
import { TIME_ZONE } from './scenario.ts';
import type { World } from './world.ts';

const ERRORS = ['EIO', 'ENOSPC', 'EACCES'] as const;
const HOUR_MS = 60 * MINUTE_MS;
/** Everything that goes wrong does so within this time; afterwards there is peace to come to rest in. */
const TROUBLE_WITHIN_MS = 15 * MINUTE_MS;

export function randomTrouble(chance: Chance): Trouble {
  let crashesLeft = chance.pick([0, 1, 2, 3, 6, 12]);
  let failuresLeft = chance.pick([0, 0, 1, 3, 10]);
  let crashIn = chance.between(1, 600);
  let failIn = chance.between(1, 300);
  const fateOf = (): Fate => {
    crashIn -= 1;
    failIn -= 1;
    if (crashIn <= 0 && crashesLeft > 0) {
      crashesLeft -= 1;
      // Often soon again: in the middle of recovery.
      crashIn = chance.percent(40) ? chance.between(1, 30) : chance.between(1, 500);
      return chance.pick(['crash-before', 'crash-after']);
    }
    if (failIn <= 0 && failuresLeft > 0) {
      failuresLeft -= 1;
      failIn = chance.percent(40) ? chance.between(1, 10) : chance.between(1, 400);
      const error = systemError(chance.pick(ERRORS));
      return chance.percent(50) ? error : { failsAfter: error };
    }
    return 'happens';
  };
  return { fateOf, power: () => (chance.percent(50) ? undefined : randomPowerLoss(chance)) };
}

function randomPowerLoss(chance: Chance): PowerLoss {
  const shareKept = chance.pick([0, 20, 50, 80]);
  return {
    choose: (_what, ways) => (chance.percent(shareKept) ? chance.below(ways) : 0),
    head: () => chance.pick(['lost', 'torn', 'kept']),
  };
}

/** `sameDay`: no date is set that makes another day of it. */
export function randomMishaps(chance: Chance, sameDay: boolean): Event[] {
  const events: Event[] = [];
  for (let count = chance.pick([0, 0, 1, 2]); count > 0; count -= 1) events.push(...diskEpisode(chance));
  for (let count = chance.pick([0, 0, 1, 3]); count > 0; count -= 1) events.push(dateSet(chance, sameDay));
  for (let count = chance.pick([0, 0, 1, 2]); count > 0; count -= 1)
    events.push({ atMs: chance.below(TROUBLE_WITHIN_MS), act: ({ life }) => life?.stop() });
  return events;
}

function diskEpisode(chance: Chance): Event[] {
  const root = chance.pick(['/erp', FOLDERS.inbox, FOLDERS.outbox, FOLDERS.archive, FOLDERS.state]);
  const fromMs = chance.below(TROUBLE_WITHIN_MS);
  const toMs = fromMs + chance.between(SECOND_MS, 4 * MINUTE_MS);
  const [begin, end] = chance.pick([
    ['fill', 'free'],
    ['protect', 'unprotect'],
    ['vanish', 'comeBack'],
  ] as const);
  return [
    { atMs: fromMs, act: ({ disk }) => disk[begin](root) },
    { atMs: toMs, act: ({ disk }) => disk[end](root) },
  ];
}

/** As NTP does it, or a person. */
function dateSet(chance: Chance, sameDay: boolean): Event {
  const byMs = chance.pick([SECOND_MS, 10 * SECOND_MS, MINUTE_MS, 12 * MINUTE_MS, HOUR_MS, 3 * HOUR_MS]);
  const sign = chance.pick([-1, 1]);
  return { atMs: chance.below(TROUBLE_WITHIN_MS), act: (world) => setDate(world, sign * byMs, sameDay) };
}

function setDate({ clock, bank }: World, byMs: number, sameDay: boolean): void {
  const thenMs = clock.now() + byMs;
  if (sameDay && dayAt(thenMs, TIME_ZONE) !== dayAt(bank.now(), TIME_ZONE)) return;
  clock.setNow(thenMs);
}
