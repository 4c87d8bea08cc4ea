import { describe, expect, it } from 'vitest';
import { JournalFailure } from '../../src/journal/journal.ts';
import { claimed } from '../contract/claimed.ts';
import { createEffects, SimulatedCrash } from '../files/simulated-effects.ts';
import { createTestClock } from '../test-clock.ts';
import { createMemoryJournalDisk } from './memory-journal.ts';

describe('the journal in memory', () => {
  it('keeps records whose commit happened though their writer never heard of it', async () => {
    const disk = createMemoryJournalDisk();
    const effects = createEffects((number) => (number === 1 ? 'crash-after' : 'happens'));
    await expect(disk.open(createTestClock(), effects).append([claimed('A')])).rejects.toThrow(
      SimulatedCrash,
    );
    expect(await disk.open(createTestClock()).read('order/A')).toHaveLength(1);
  });

  it('has nothing of a commit that did not happen, and takes no more after a failure', async () => {
    const disk = createMemoryJournalDisk();
    const effects = createEffects((number) => (number === 1 ? new Error('disk full') : 'happens'));
    const journal = disk.open(createTestClock(), effects);
    await expect(journal.append([claimed('A')])).rejects.toThrow(JournalFailure);
    await expect(journal.append([claimed('B')])).rejects.toThrow(JournalFailure);
    expect(disk.records()).toEqual([]);
  });
});
