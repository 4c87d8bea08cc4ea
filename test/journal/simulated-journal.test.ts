import { describe, expect, it } from 'vitest';
import { JournalFailure, type Journal } from '../../src/journal/journal.ts';
import { claimed } from '../contract/claimed.ts';
import { createEffects, systemError, type Effects, type Fate } from '../files/simulated-effects.ts';
import { createTestClock } from '../test-clock.ts';
import { createSimulatedJournal, type SimulatedJournal } from './simulated-journal.ts';

/** What opening and one append do, in order. */
const EFFECTS = [
  'make journal',
  'create head',
  'write head slot',
  'flush head',
  'commit records',
  'flush records',
  'write head slot',
  'flush head',
];
const SURVIVALS = ['process dies', 'lost', 'torn', 'kept'] as const;

describe('the journal of a simulation', () => {
  it('numbers what it does to the world', async () => {
    const effects = createEffects();
    await (await life(createSimulatedJournal(), effects)).append([claimed('A')]);
    expect(effects.tried).toEqual(EFFECTS);
  });

  it('opens after a crash or a power loss at every instant, with all that was acknowledged', async () => {
    for (const survival of SURVIVALS) {
      for (const fate of ['crash-before', 'crash-after'] as const) {
        for (let number = 1; number <= EFFECTS.length + 3; number++) {
          const disk = createSimulatedJournal();
          const acknowledged: number[] = [];
          await appendTwice(disk, createEffects(only(number, fate)), acknowledged).catch(() => undefined);
          if (survival !== 'process dies') disk.losePower(survival);
          const journal = await life(disk, createEffects());
          const there = disk.records().map(({ sequence }) => sequence);
          expect(acknowledged.filter((sequence) => !there.includes(sequence))).toEqual([]);
          expect(await journal.verify()).toBeUndefined();
          const next = await journal.append([claimed('C')]);
          expect(next[0]?.sequence).toBe(there.length + 1);
        }
      }
    }
  });

  it.each([
    ['failed', systemError('EIO')],
    ['happened, though it was reported as failed', { failsAfter: systemError('EIO') }],
  ] as const)('ends its life as a failure when a write %s', async (_, fate) => {
    for (let number = 5; number <= EFFECTS.length; number++) {
      const disk = createSimulatedJournal();
      const journal = await life(disk, createEffects(only(number, fate)));
      await expect(journal.append([claimed('A')])).rejects.toThrow(JournalFailure);
      await expect(journal.append([claimed('B')])).rejects.toThrow(JournalFailure);
      const next = await life(disk, createEffects());
      const mayStand = number > 5 || (typeof fate === 'object' && 'failsAfter' in fate) ? 1 : 0;
      expect(await next.read('order/A')).toHaveLength(mayStand);
      expect(await next.read('order/B')).toEqual([]);
    }
  });

  it('does not start, and says so, when its disk fails at the opening', async () => {
    for (let number = 1; number <= 4; number++) {
      const disk = createSimulatedJournal();
      const opened = await disk.open(createTestClock(), createEffects(only(number, systemError('EIO'))));
      expect(opened).toMatchObject({ refused: 'unusable' });
      await (await life(disk, createEffects())).append([claimed('A')]);
    }
  });

  it('refuses a life on a database that was put back behind its head, or changed', async () => {
    const disk = createSimulatedJournal();
    await (await life(disk, createEffects())).append([claimed('A'), claimed('B'), claimed('C')]);
    disk.database.exec("UPDATE record SET at = '2020' WHERE sequence = 2");
    expect(await disk.open(createTestClock())).toMatchObject({ refused: 'chain-broken' });
    disk.database.exec('PRAGMA foreign_keys = OFF; DELETE FROM record WHERE sequence = 3');
    expect(await disk.open(createTestClock())).toMatchObject({ refused: 'behind-head' });
  });

  it('lets a dead life change nothing, whatever it still tries', async () => {
    const disk = createSimulatedJournal();
    const effects = createEffects(only(6, 'crash-after'));
    const dead = await life(disk, effects);
    await expect(dead.append([claimed('A')])).rejects.toThrow();
    const next = await life(disk, createEffects());
    await expect(dead.read('order/A')).rejects.toThrow('crashed');
    await expect(dead.append([claimed('B')])).rejects.toThrow();
    await next.append([claimed('C')]);
    expect(disk.records().map(({ stream }) => stream)).toEqual(['order/A', 'order/C']);
  });
});

async function life(disk: SimulatedJournal, effects: Effects): Promise<Journal> {
  const journal = await disk.open(createTestClock(), effects);
  if ('refused' in journal) throw new Error(journal.sentence);
  return journal;
}

async function appendTwice(disk: SimulatedJournal, effects: Effects, acknowledged: number[]): Promise<void> {
  const journal = await life(disk, effects);
  for (const order of ['A', 'B'])
    acknowledged.push(...(await journal.append([claimed(order)])).map(({ sequence }) => sequence));
}

function only(number: number, fate: Fate): (tried: number) => Fate {
  return (tried) => (tried === number ? fate : 'happens');
}
