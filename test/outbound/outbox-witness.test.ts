import { describe, expect, it } from 'vitest';
import { OutboxDisowned, OutboxWitness } from '../../src/outbound/outbox-witness.ts';
import { openFolders } from '../../src/outbound/company-folders.ts';
import { recordRestore } from '../../src/outbound/restore.ts';
import type { Journal } from '../../src/journal/journal.ts';
import type { Log } from '../../src/log.ts';
import { claimed } from '../contract/claimed.ts';
import { createSimulatedDisk, type SimulatedDisk } from '../files/simulated-disk.ts';
import { createSimulatedJournal, type SimulatedJournal } from '../journal/simulated-journal.ts';
import { createTestClock, type TestClock } from '../test-clock.ts';

const ACME = { name: 'acme', outbox: '/erp/outbox', inbox: '/erp/inbox', archive: '/erp/archive' };

describe('An outbox, as a witness,', () => {
  it('takes the next life of the journal it has seen', async () => {
    const world = await setUp();
    await world.works(3);
    await world.witness().look();
    expect(await world.noted()).toContain(' 4 ');
  });

  it('refuses a state folder that was put back whole', async () => {
    const world = await setUp();
    await world.works(3);
    await world.putBack(2);
    await expect(world.witness().look()).rejects.toThrow(
      'has seen record 4 of our journal, of 2026-03-02T08:03:00.000Z, which the journal does not hold',
    );
  });

  it('refuses it also when it went on to as many records as before', async () => {
    const world = await setUp();
    await world.works(3);
    await world.putBack(2);
    await world.journal.append([claimed('X'), claimed('Y'), claimed('Z')]);
    await expect(world.witness().look()).rejects.toThrow(OutboxDisowned);
  });

  it('takes it when a person has put the restore on record', async () => {
    const world = await setUp();
    await world.works(3);
    await world.putBack(2);
    await world.files.makeFolder('/state/decisions');
    await recordRestore(
      {
        ...world,
        companies: [ACME],
        spoolFolder: '/state/spool',
        decisionsFolder: '/state/decisions',
        timeZone: 'Europe/Warsaw',
      },
      { who: 'anna', reason: 'the disk broke' },
    );
    await world.witness().look();
    expect(await world.noted()).toContain(' 4 ');
  });

  it('stops the original when a copy of its state folder begins to work, and the copy when it was there first', async () => {
    const world = await setUp();
    const original = world.witness();
    await original.look();
    const copy = world.witness();
    await copy.look();
    await expect(original.look()).rejects.toThrow('Another Goniec with a copy of our journal works on');
    await copy.look();
  });

  it('that can not be reached says nothing, and is asked again', async () => {
    const world = await setUp();
    await world.works(3);
    await world.putBack(2);
    const witness = world.witness();
    world.disk.vanish('/erp', 'EHOSTDOWN');
    await witness.look();
    world.disk.comeBack('/erp');
    await expect(witness.look()).rejects.toThrow(OutboxDisowned);
  });

  it('is written to once a minute while the journal moves, and not at all while it does not', async () => {
    const world = await setUp();
    const witness = world.witness();
    await witness.look();
    const first = await world.noted();
    await world.journal.append([claimed('A')]);
    await witness.look();
    expect(await world.noted()).toBe(first);
    await world.clock.advance(60_000);
    await witness.look();
    const second = await world.noted();
    expect(second).not.toBe(first);
    await world.files.remove(world.path);
    await world.clock.advance(60_000);
    await witness.look();
    expect(await world.files.stat(world.path)).toBeUndefined();
  });

  it('that can not be written to is told of once, and looked at all the same', async () => {
    const world = await setUp();
    world.disk.protect('/erp/outbox');
    const witness = world.witness();
    await witness.look();
    await witness.look();
    expect(world.warned).toEqual(['outbox.not-noted']);
  });

  it('whose note is garbled names the file and what to do', async () => {
    const world = await setUp();
    await world.files.write(world.path, Buffer.from('something else'), { replace: true });
    await expect(world.witness().look()).rejects.toThrow(`The file ${world.path} is not as Goniec left it`);
  });
});

interface Setting {
  readonly disk: SimulatedDisk;
  readonly files: ReturnType<SimulatedDisk['fileStore']>;
  readonly clock: TestClock;
  readonly log: Log;
  readonly warned: string[];
  journal: Journal;
  readonly path: string;
  witness(): OutboxWitness;
  noted(): Promise<string>;
  /** Appends so many records, a minute apart, and looks after each. */
  works(records: number): Promise<void>;
  putBack(sequence: number): Promise<void>;
}

async function setUp(): Promise<Setting> {
  const disk = createSimulatedDisk();
  const files = disk.fileStore();
  const clock = createTestClock();
  const stored = createSimulatedJournal();
  const warned: string[] = [];
  const setting: Setting = {
    warned,
    log: logInto(warned),
    disk,
    files,
    clock,
    journal: await opened(stored, clock),
    path: '',
    witness: () => new OutboxWitness(setting, ACME),
    noted: async () => Buffer.from(await files.readWhole(setting.path, 4_096)).toString(),
    works: async (records) => {
      const witness = setting.witness();
      for (let number = 1; number <= records; number += 1) {
        await clock.advance(60_000);
        await setting.journal.append([claimed(`${number}`)]);
        await witness.look();
      }
    },
    putBack: async (sequence) => {
      await setting.journal.close();
      stored.putBack(sequence);
      // With its own head, as in a snapshot of the whole folder.
      setting.journal = await opened(stored, clock, true);
    },
  };
  await openFolders(setting, [ACME]);
  return Object.assign(setting, { path: `/erp/outbox/.working/${setting.journal.id}/reached` });
}

function logInto(warned: string[]): Log {
  const quiet = (): void => undefined;
  const log: Log = {
    debug: quiet,
    info: quiet,
    warn: (event) => void warned.push(event),
    error: quiet,
    child: () => log,
    close: () => Promise.resolve(),
  };
  return log;
}

async function opened(stored: SimulatedJournal, clock: TestClock, putBack = false): Promise<Journal> {
  const journal = await stored.open(clock, undefined, putBack);
  if ('refused' in journal) throw new Error(journal.sentence);
  return journal;
}
