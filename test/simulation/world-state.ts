// A digest of everything outside the process. Two worlds of one scenario with equal digests, in which nothing more goes wrong, go on
// alike to the byte, so that only one of them has to be followed.

import { createHash } from 'node:crypto';
import type { JournalRecord } from '../../src/journal/journal.ts';
import { createChance } from './chance.ts';
import type { World } from './world.ts';

/** What a process that starts now finds, or would find after a loss of power, and what is still to come from outside. */
export function stateOf(world: World, view: 'seen' | 'flushed' = 'seen'): string {
  const { clock, disk, journal, bank, erp } = world;
  const hash = createHash('sha256');
  const outside = [clock.running(), clock.now(), world.eventsLeft, world.wokenMs];
  hash.update(JSON.stringify([outside, bank.state(), erp.state()]));
  for (const [path, content] of disk.tree(view))
    hash.update(`${path} ${content === undefined ? 'folder' : digestOf(content)}`);
  hash.update(chainOf(journal.records()));
  hash.update((view === 'seen' ? journal.head.visible() : journal.head.content) ?? '');
  return hash.digest('base64');
}

const digests = new WeakMap<Uint8Array, string>();

/** Contents are replaced, never changed. */
function digestOf(content: Uint8Array): string {
  const known = digests.get(content);
  if (known !== undefined) return known;
  const digest = createHash('sha256').update(content).digest('base64');
  digests.set(content, digest);
  return digest;
}

const chains = new WeakMap<object, string>();

/** Of all records; those of one journal are only ever added to. */
function chainOf(records: readonly JournalRecord[]): string {
  let first = records.length;
  while (first > 0 && !chains.has(records[first - 1] ?? records)) first -= 1;
  let chain = first === 0 ? '' : (chains.get(records[first - 1] ?? records) ?? '');
  for (const record of records.slice(first)) {
    chain = createHash('sha256').update(chain).update(JSON.stringify(record)).digest('base64');
    chains.set(record, chain);
  }
  return chain;
}

/**
 * Chance as one life of a process draws it: decided by the instant and by what is claimed, not by what was drawn before, so that a life
 * that comes to where another one was draws the same.
 */
export function chanceOf(world: World): (sizeBytes: number) => Uint8Array {
  let lastMs = -1;
  let drawn = 0;
  return (sizeBytes) => {
    const nowMs = world.clock.running();
    drawn = nowMs === lastMs ? drawn + 1 : 0;
    lastMs = nowMs;
    const claimed = world.disk.paths().filter((path) => path.includes('/.working/')).length;
    const place = [world.scenario.seed ?? 1, nowMs, drawn, claimed, world.journal.records().length];
    const digest = createHash('sha256').update(place.join()).digest();
    const chance = createChance(digest.readUInt32LE(0));
    return Uint8Array.from({ length: sizeBytes }, () => chance.below(256));
  };
}
