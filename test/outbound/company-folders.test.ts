import { describe, expect, it } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import {
  awayReason,
  foldersAway,
  markedFolders,
  openFolders,
  outboxLeft,
} from '../../src/outbound/company-folders.ts';
import { guardedFiles } from '../../src/outbound/guarded-files.ts';
import type { FileStore } from '../../src/files/file-store.ts';
import type { Log } from '../../src/log.ts';
import { replayOrder, type Order } from '../../src/domain/order.ts';
import { createSimulatedDisk, type SimulatedDisk } from '../files/simulated-disk.ts';
import { createSimulatedJournal } from '../journal/simulated-journal.ts';
import { createTestClock } from '../test-clock.ts';

const ACME = { name: 'acme', outbox: '/erp/outbox', inbox: '/erp/inbox', archive: '/erp/archive' };
const OTHER = '0000000000000000000000000B';

describe('The folders of a company', () => {
  it('are made and marked at the first start', async () => {
    const { files, journal } = await setUp();
    expect(await openFolders({ files, journal }, [ACME])).toEqual({ kind: 'opened', unmade: new Map() });
    for (const folder of [`/erp/outbox/.working/${journal.id}`, '/erp/inbox/.goniec', '/erp/archive/.goniec'])
      expect((await files.stat(folder))?.kind).toBe('folder');
    expect(await foldersAway(journal, files, ACME)).toEqual([]);
  });

  it('are never made again once they were marked, so that an empty mount point is not taken for a share', async () => {
    const { files, journal } = await setUp();
    await openFolders({ files, journal }, [ACME]);
    await files.remove('/erp');
    await files.makeFolder('/erp/outbox');
    expect((await openFolders({ files, journal }, [ACME])).kind).toBe('opened');
    expect(await files.stat('/erp/inbox')).toBeUndefined();
    expect(await files.list('/erp/outbox')).toEqual([]);
    const away = await foldersAway(journal, files, ACME);
    expect(away.map(({ role }) => role)).toEqual(['outbox', 'inbox', 'archive']);
    expect(away.map(awayReason)[1]).toContain('make /erp/inbox/.goniec again');
  });

  it('are marked when the crash came before the record of it', async () => {
    const { files, journal } = await setUp();
    await files.makeFolder(`/erp/outbox/.working/${journal.id}`);
    expect((await openFolders({ files, journal }, [ACME])).kind).toBe('opened');
    expect(await foldersAway(journal, files, ACME)).toEqual([]);
  });

  it('that can not be made keep only their own company waiting', async () => {
    const { disk, files, journal } = await setUp();
    disk.vanish('/erp', 'EHOSTDOWN');
    const here = { name: 'here', outbox: '/here/outbox', inbox: '/here/inbox', archive: '/here/archive' };
    const opened = await openFolders({ files, journal }, [ACME, here]);
    if (opened.kind !== 'opened') throw new Error(opened.reason);
    expect([...opened.unmade.keys()]).toEqual([ACME]);
    expect((await files.stat('/here/inbox/.goniec'))?.kind).toBe('folder');
    disk.comeBack('/erp');
    expect(await openFolders({ files, journal }, [ACME])).toEqual({ kind: 'opened', unmade: new Map() });
  });
});

describe('An outbox', () => {
  it('of another journal is refused with its folder named, and nothing of ours stays in any outbox', async () => {
    const { files, journal } = await setUp();
    await files.makeFolder(`/erp/outbox/.working/${OTHER}`);
    const free = { name: 'free', outbox: '/free/outbox', inbox: '/free/inbox', archive: '/free/archive' };
    const opened = await openFolders({ files, journal }, [free, ACME]);
    expect(opened).toMatchObject({ kind: 'foreign' });
    expect(opened.kind === 'foreign' && opened.reason).toContain(`/erp/outbox/.working/${OTHER}`);
    expect((await files.list('/erp/outbox/.working')).map(({ name }) => name)).toEqual([OTHER]);
    expect(await files.list('/free/outbox/.working')).toEqual([]);
  });

  it('is never opened by two journals that look at one moment', async () => {
    const { disk, journal } = await setUp();
    const other = await aJournal(2);
    const outcomes = await Promise.all([
      openFolders({ files: disk.fileStore(), journal }, [ACME]),
      openFolders({ files: disk.fileStore(), journal: other }, [ACME]),
    ]);
    expect(outcomes.filter(({ kind }) => kind === 'opened').length).toBeLessThan(2);
  });

  it("with files of ours is not removed when it turns out to be another one's", async () => {
    const { disk, files, journal } = await setUp();
    await files.makeFolder(`/erp/outbox/.working/${OTHER}`);
    disk.put(`/erp/outbox/.working/${journal.id}/order.xml`, Buffer.from('x'));
    expect((await openFolders({ files, journal }, [ACME])).kind).toBe('foreign');
    expect(disk.paths()).toContain(`/erp/outbox/.working/${journal.id}/order.xml`);
  });

  it('that is configured elsewhere while orders are open has to bring their files along', async () => {
    const { files, journal } = await setUp();
    await openFolders({ files, journal }, [ACME]);
    const moved = { ...ACME, outbox: '/new/outbox' };
    const left = await outboxLeft({ files, journal }, moved, [claimed()]);
    expect(left).toContain('was /erp/outbox and is /new/outbox now, but 1 order (a.xml');
    expect(await outboxLeft({ files, journal }, moved, [])).toBeUndefined();
    await files.makeFolder(`/new/outbox/.working/${journal.id}`);
    expect(await outboxLeft({ files, journal }, moved, [claimed()])).toBeUndefined();
  });
});

describe('A guarded file store', () => {
  it('touches nothing in a folder that is away, says so once, and once when it is back', async () => {
    const { files, journal } = await setUp();
    await openFolders({ files, journal }, [ACME]);
    const said: string[] = [];
    const guarded = guardedFiles(files, markedFolders(journal.id, ACME), logInto(said), never());
    await guarded.write('/erp/inbox/a.xml', Buffer.from('a'));
    // The share goes; its mount point stays, empty.
    await files.move('/erp/inbox', '/elsewhere');
    await files.makeFolder('/erp/inbox');
    for (const attempt of [
      () => guarded.write('/erp/inbox/b.xml', Buffer.from('b')),
      () => guarded.stat('/erp/inbox/a.xml'),
      () => guarded.list('/erp/inbox'),
      () => guarded.remove('/erp/inbox/a.xml'),
      () => guarded.makeFolder('/erp/inbox/held'),
      () => guarded.move('/erp/outbox/c.xml', '/erp/inbox/c.xml'),
      () => guarded.readWhole('/erp/inbox/a.xml', 10),
      () => Array.fromAsync(guarded.read('/erp/inbox/a.xml')),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'gone' });
    expect(await files.list('/erp/inbox')).toEqual([]);
    expect(await guarded.stat('/erp/outbox')).toBeDefined();
    await files.remove('/erp/inbox');
    await files.move('/elsewhere', '/erp/inbox');
    await guarded.write('/erp/inbox/b.xml', Buffer.from('b'));
    expect(said).toEqual(['folder.away /erp/inbox', 'folder.back /erp/inbox']);
  });

  it('takes a folder that answers with errors for one that is away', async () => {
    const { disk, files, journal } = await setUp();
    await openFolders({ files, journal }, [ACME]);
    const guarded = guardedFiles(files, markedFolders(journal.id, ACME), logInto([]), never());
    disk.vanish('/erp/archive', 'EIO');
    await expect(guarded.list('/erp/archive')).rejects.toMatchObject({ code: 'gone' });
  });

  it('ends a long reading when a stop waits no longer', async () => {
    const { disk, files } = await setUp();
    disk.put('/state/big', Buffer.alloc(1_000_000));
    const limit = new AbortController();
    const guarded = guardedFiles(files, [], logInto([]), limit.signal);
    const reading = async (): Promise<number> => {
      let pieces = 0;
      for await (const piece of guarded.read('/state/big')) {
        pieces += Math.sign(piece.length);
        limit.abort();
      }
      return pieces;
    };
    await expect(reading()).rejects.toThrow('Goniec is stopping.');
  });
});

interface SetUp {
  readonly disk: SimulatedDisk;
  readonly files: FileStore;
  readonly journal: Journal;
}

async function setUp(): Promise<SetUp> {
  const disk = createSimulatedDisk();
  return {
    disk,
    files: disk.fileStore(),
    journal: await aJournal(1),
  };
}

async function aJournal(seed: number): Promise<Journal> {
  const journal = await createSimulatedJournal().open(createTestClock({ seed }));
  if ('refused' in journal) throw new Error(journal.sentence);
  return journal;
}

function claimed(): Order {
  const event = {
    type: 'order-claimed',
    company: 'acme',
    fileName: 'a.xml',
    workingName: '01M83TY1DM041061050R3GG28A.a.xml',
    sizeBytes: 1,
  } as const;
  const order = replayOrder('01M83TY1DM041061050R3GG28A', [{ at: '2026-11-23T09:00:00.000Z', event }]);
  if (order === undefined) throw new Error('no order');
  return order;
}

function never(): AbortSignal {
  return new AbortController().signal;
}

function logInto(said: string[]): Log {
  const write = (event: string, fields: { readonly folder?: unknown } = {}): void => {
    said.push(`${event} ${String(fields.folder)}`);
  };
  const log: Log = {
    debug: write,
    info: write,
    warn: write,
    error: write,
    child: () => log,
    close: async () => undefined,
  };
  return log;
}
