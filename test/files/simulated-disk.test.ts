// The simulated disk under the real file store: what a power loss leaves, which effects there are, and how faults look.

import { describe, expect, it } from 'vitest';
import { createSimulatedDisk, type SimulatedDisk } from './simulated-disk.ts';
import { createEffects, SimulatedCrash, systemError, type Fate } from './simulated-effects.ts';
import { CONTENT_WAYS, type Chooser } from './simulated-volume.ts';

const WHOLE = 'the whole file';
const content = Buffer.from(WHOLE);

const at =
  (number: number, fate: Fate) =>
  (tried: number): Fate =>
    tried === number ? fate : 'happens';

describe('The effects of the real file store', () => {
  it('are one for each call that changes something, and the same in every run', async () => {
    const seen = async (): Promise<readonly string[]> => {
      const disk = diskWith('/in/old', '/work/old');
      const effects = createEffects();
      const store = disk.fileStore(effects);
      await store.write('/in/a', content);
      await store.write('/in/a', content, { replace: true });
      await store.move('/in/a', '/work/a');
      await store.remove('/work/a');
      await store.list('/in');
      return effects.tried;
    };
    expect(await seen()).toEqual([
      'create /in/.a.life1-1.goniec-part',
      'write /in/.a.life1-1.goniec-part',
      'flush /in/.a.life1-1.goniec-part',
      'link /in/.a.life1-1.goniec-part to /in/a',
      'remove /in/.a.life1-1.goniec-part',
      'flush /in',
      'create /in/.a.life1-2.goniec-part',
      'write /in/.a.life1-2.goniec-part',
      'flush /in/.a.life1-2.goniec-part',
      'rename /in/.a.life1-2.goniec-part to /in/a',
      'flush /in',
      'rename /in/a to /work/a',
      'flush /work',
      'flush /in',
      'remove /work/a',
      'flush /work',
    ]);
    expect(await seen()).toEqual(await seen());
  });

  it('show no file or the whole file, whenever the power goes and whatever of it is left', async () => {
    const left = new Set<string>();
    for (const replace of [false, true]) {
      for (let number = 1; number <= 6; number++) {
        for (const fate of ['crash-before', 'crash-after'] as const) {
          for (const way of [0, 1, 2, 3]) {
            const disk = diskWith('/in/old');
            const store = disk.fileStore(createEffects(at(number, fate)));
            await store.write('/in/a', content, { replace }).catch((error: unknown) => {
              expect(error).toBeInstanceOf(SimulatedCrash);
            });
            disk.crash((_what, ways) => Math.min(way, ways - 1));
            left.add(disk.content('/in/a')?.toString() ?? 'nothing');
          }
        }
      }
    }
    expect([...left].sort()).toEqual(['nothing', WHOLE].sort());
  });

  it('are nothing any more once the process is dead, and what it did stays', async () => {
    const disk = diskWith('/in/old');
    const store = disk.fileStore(createEffects(at(2, 'crash-after')));
    await expect(store.write('/in/a', content)).rejects.toThrow(SimulatedCrash);
    await expect(store.list('/in')).rejects.toThrow(SimulatedCrash);
    expect(disk.paths()).toEqual(['/in/.a.life1-1.goniec-part', '/in/old']);
    expect(disk.content('/in/.a.life1-1.goniec-part')?.toString()).toBe(WHOLE);
    await disk.fileStore().sweepParts('/in');
    expect(disk.paths()).toEqual(['/in/old']);
  });
});

describe('A power loss', () => {
  it.each([
    ['lost', ''],
    ['prefix', 'the who'],
    ['torn', '\0\0\0\0\0\0\0le file'],
    ['whole', WHOLE],
  ] as const)('leaves of a content that was not flushed: %s', async (way, left) => {
    const disk = diskWith('/in/old');
    const store = disk.fileStore(createEffects(at(2, 'crash-after')));
    await expect(store.write('/in/a', content)).rejects.toThrow(SimulatedCrash);
    disk.crash((_what, ways) => (ways === 2 ? 1 : CONTENT_WAYS.indexOf(way)));
    expect(disk.content('/in/.a.life1-1.goniec-part')?.toString()).toBe(left);
  });

  it('leaves each name that was not flushed or not, each for itself', async () => {
    const left = new Set<string>();
    for (let names = 0; names < 8; names++) {
      const disk = diskWith('/in/old');
      const store = disk.fileStore(createEffects(at(6, 'crash-before')));
      await expect(store.write('/in/a', content)).rejects.toThrow(SimulatedCrash);
      let asked = 0;
      disk.crash(() => (names >> asked++) & 1);
      expect(asked).toBe(3);
      left.add(disk.paths().join());
    }
    expect([...left].sort()).toEqual([
      '/in/.a.life1-1.goniec-part,/in/a,/in/old',
      '/in/.a.life1-1.goniec-part,/in/old',
      '/in/a,/in/old',
      '/in/old',
    ]);
  });

  it('undoes a rename as a whole or not at all, also where it replaced something', async () => {
    for (const survives of [0, 1]) {
      const disk = diskWith('/in/a', '/work/old');
      const store = disk.fileStore(createEffects(at(1, 'crash-after')));
      await expect(store.move('/in/a', '/work/a')).rejects.toThrow(SimulatedCrash);
      disk.crash(() => survives);
      expect(disk.paths()).toEqual(survives === 1 ? ['/work/a', '/work/old'] : ['/in/a', '/work/old']);
    }
    for (const survives of [0, 1]) {
      const disk = diskWith('/in/a');
      const store = disk.fileStore(createEffects(at(5, 'crash-before')));
      await expect(store.write('/in/a', content, { replace: true })).rejects.toThrow(SimulatedCrash);
      disk.crash(() => survives);
      expect(disk.content('/in/a')?.toString()).toBe(survives === 1 ? WHOLE : 'of /in/a');
    }
  });

  it('never leaves a file under both names of a rename, whatever was renamed before', async () => {
    const disk = diskWith('/in/a', '/work/old', '/end/old');
    const noFlush = createEffects((_number, what) =>
      what.startsWith('flush') ? systemError('EINVAL') : 'happens',
    );
    const store = disk.fileStore(noFlush);
    await store.move('/in/a', '/work/a');
    await store.move('/work/a', '/end/a');
    const onlyTheSecond: Chooser = (what) => (what.startsWith('rename /work/a') ? 1 : 0);
    disk.crash(onlyTheSecond);
    expect(disk.paths()).toEqual(['/end/a', '/end/old', '/work/old']);
  });

  it('takes a folder that was not flushed with everything that was flushed in it', async () => {
    const disk = diskWith('/state/old');
    const noParent = createEffects((_number, what) =>
      what === 'flush /state' ? systemError('EINVAL') : 'happens',
    );
    const store = disk.fileStore(noParent);
    await store.makeFolder('/state/new');
    await store.write('/state/new/a', content);
    disk.crash();
    expect(disk.paths()).toEqual(['/state/old']);
  });

  it('keeps what was flushed, and what other programs did', async () => {
    const disk = diskWith('/in/old');
    await disk.fileStore().write('/in/a', content);
    expect(disk.unflushed()).toBe(0);
    disk.put('/in/b', content);
    disk.take('/in/old');
    disk.crash();
    expect(disk.paths()).toEqual(['/in/a', '/in/b']);
  });
});

describe('What a process died in the middle of', () => {
  /** A process dies after one effect and keeps what it did; the next one does `again`; then the power goes. */
  async function afterBoth(
    number: number,
    first: (store: Store) => Promise<unknown>,
    again: (store: Store) => Promise<unknown>,
  ): Promise<readonly string[]> {
    const disk = diskWith('/in/old', '/work/old');
    await expect(first(disk.fileStore(createEffects(at(number, 'crash-after'))))).rejects.toThrow(
      SimulatedCrash,
    );
    await again(disk.fileStore());
    disk.crash();
    return disk.paths();
  }

  it('is durable when the next process was told that the file exists', async () => {
    const write = (store: Store): Promise<unknown> => store.write('/in/a', content);
    const paths = await afterBoth(4, write, async (store) => {
      await expect(write(store)).rejects.toMatchObject({ code: 'exists' });
    });
    expect(paths).toContain('/in/a');
  });

  it('is durable when the next process has made sure of the folders', async () => {
    for (const number of [1, 2, 3, 4]) {
      const paths = await afterBoth(
        number,
        (store) => store.makeFolder('/in/one/two'),
        async (store) => {
          await store.makeFolder('/in/one/two');
          await store.write('/in/one/two/a', content);
        },
      );
      expect(paths).toContain('/in/one/two/a');
    }
  });

  it('is durable when the next process has made sure of the folder it lies in', async () => {
    const paths = await afterBoth(
      1,
      (store) => store.move('/in/old', '/work/a'),
      (store) => store.makeFolder('/work'),
    );
    expect(paths).toEqual(['/work/a', '/work/old']);
  });

  it('is durable when the next process found nothing left to remove', async () => {
    const remove = (store: Store): Promise<unknown> => store.remove('/in/old');
    expect(await afterBoth(1, remove, remove)).toEqual(['/work/old']);
  });
});

describe('A fault', () => {
  it.each([
    ['ENOSPC', 'full'],
    ['EIO', 'failed'],
    ['EROFS', 'read-only'],
    ['ESTALE', 'gone'],
  ])('of one effect (%s) comes out as %s and leaves no part', async (code, known) => {
    for (let number = 1; number <= 3; number++) {
      const disk = diskWith('/in/old');
      const store = disk.fileStore(createEffects(at(number, systemError(code))));
      await expect(store.write('/in/a', content)).rejects.toMatchObject({ name: 'FileFailure', code: known });
      expect(disk.paths()).toEqual(['/in/old']);
      await store.write('/in/b', content);
    }
  });

  it('may be answered although the effect has happened', async () => {
    const disk = diskWith('/in/a', '/work/old');
    const store = disk.fileStore(createEffects(at(1, { failsAfter: systemError('ETIMEDOUT') })));
    await expect(store.move('/in/a', '/work/a')).rejects.toMatchObject({ code: 'gone' });
    expect(disk.paths()).toEqual(['/work/a', '/work/old']);
  });

  it('of a share that vanished meets every call below it, until it comes back', async () => {
    const disk = diskWith('/erp/in/old', '/state/old');
    const store = disk.fileStore();
    const open = store.read('/erp/in/old');
    disk.vanish('/erp');
    const gone = { code: 'gone' };
    await expect(store.list('/erp/in')).rejects.toMatchObject(gone);
    await expect(store.stat('/erp/in/old')).rejects.toMatchObject(gone);
    await expect(store.readWhole('/erp/in/old', 100)).rejects.toMatchObject(gone);
    await expect(store.write('/erp/in/a', content)).rejects.toMatchObject(gone);
    await expect(store.move('/erp/in/old', '/state/b')).rejects.toMatchObject(gone);
    await expect(store.remove('/erp/in/old')).rejects.toMatchObject(gone);
    await expect(store.makeFolder('/erp/in')).rejects.toMatchObject(gone);
    await expect(open[Symbol.asyncIterator]().next()).rejects.toMatchObject(gone);
    await store.write('/state/a', content);
    disk.comeBack('/erp');
    await store.write('/erp/in/a', content);
    expect(disk.paths()).toEqual(['/erp/in/a', '/erp/in/old', '/state/a', '/state/old']);
  });

  it('of a share that is not mounted reads as missing', async () => {
    const disk = diskWith('/erp/in/old');
    disk.vanish('/erp', 'ENOENT');
    await expect(disk.fileStore().list('/erp/in')).rejects.toMatchObject({ code: 'missing' });
    await expect(disk.fileStore().makeFolder('/erp/in')).rejects.toMatchObject({ code: 'missing' });
  });

  it('of a full disk meets what needs room, until there is some', async () => {
    const disk = diskWith('/in/old');
    const store = disk.fileStore();
    disk.fill('/in');
    await expect(store.write('/in/a', content)).rejects.toMatchObject({ code: 'full' });
    await expect(store.makeFolder('/in/folder')).rejects.toMatchObject({ code: 'full' });
    await store.move('/in/old', '/in/new');
    disk.free('/in');
    await store.write('/in/a', content);
    expect(disk.paths()).toEqual(['/in/a', '/in/new']);
  });

  it('of a disk that became read-only meets every change and no look', async () => {
    const disk = diskWith('/in/old');
    const store = disk.fileStore();
    disk.protect('/in');
    const denied = { code: 'read-only' };
    await expect(store.write('/in/a', content)).rejects.toMatchObject(denied);
    await expect(store.move('/in/old', '/in/new')).rejects.toMatchObject(denied);
    await expect(store.remove('/in/old')).rejects.toMatchObject(denied);
    expect(await store.list('/in')).toHaveLength(1);
    disk.unprotect('/in');
    await store.remove('/in/old');
    expect(disk.paths()).toEqual([]);
  });
});

type Store = ReturnType<SimulatedDisk['fileStore']>;

/** With files that hold `of` and their path. */
function diskWith(...paths: readonly string[]): SimulatedDisk {
  const disk = createSimulatedDisk();
  for (const path of paths) disk.put(path, Buffer.from(`of ${path}`));
  return disk;
}
