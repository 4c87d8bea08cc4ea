import { describe, expect, it } from 'vitest';
import { FileFailure } from '../../src/files/file-store.ts';
import { createMemoryDisk } from './memory-file-store.ts';
import { createEffects, SimulatedCrash, type Fate } from './simulated-effects.ts';

const at =
  (number: number, fate: Fate) =>
  (tried: number): Fate =>
    tried === number ? fate : 'happens';

describe('the disk in memory', () => {
  it('numbers the effects of a write and of a move', async () => {
    const disk = createMemoryDisk();
    disk.put('/out/a', Buffer.from('a'));
    disk.put('/work/z', Buffer.from('z'));
    const effects = createEffects();
    await disk.fileStore(effects).write('/out/b', Buffer.from('b'));
    await disk.fileStore(effects).move('/out/a', '/work/a');
    expect(effects.tried).toEqual([
      'write part of /out/b',
      'put /out/b in place',
      'flush /out',
      'move /out/a to /work/a',
      'flush /work',
      'flush /out',
    ]);
  });

  it('shows after a crash either no file or the whole file, whenever it came', async () => {
    const seen = new Set<string>();
    for (let number = 1; number <= 3; number++) {
      for (const fate of ['crash-before', 'crash-after'] as const) {
        for (const survives of [true, false]) {
          const disk = createMemoryDisk();
          disk.put('/in/old', Buffer.from('old'));
          const life = disk.fileStore(createEffects(at(number, fate)));
          await expect(life.write('/in/a', Buffer.from('whole'))).rejects.toThrow(SimulatedCrash);
          await expect(life.stat('/in/a')).rejects.toThrow(SimulatedCrash);
          disk.crash(() => survives);
          const visible = disk.paths().filter((path) => !path.includes('/.'));
          seen.add(visible.join());
          if (visible.includes('/in/a')) {
            expect(Buffer.from(await disk.fileStore().readWhole('/in/a', 10)).toString()).toBe('whole');
          }
        }
      }
    }
    expect([...seen].sort()).toEqual(['/in/a,/in/old', '/in/old']);
  });

  it('forgets a rename that was not flushed', async () => {
    const disk = createMemoryDisk();
    disk.put('/out/a', Buffer.from('a'));
    disk.put('/work/z', Buffer.from('z'));
    const life = disk.fileStore(createEffects(at(1, 'crash-after')));
    await expect(life.move('/out/a', '/work/a')).rejects.toThrow(SimulatedCrash);
    expect(disk.paths()).toContain('/work/a');
    disk.crash();
    expect(disk.paths()).toEqual(['/out/a', '/work/z']);
  });

  it('keeps what was flushed', async () => {
    const disk = createMemoryDisk();
    disk.put('/in/old', Buffer.from('old'));
    await disk.fileStore().write('/in/a', Buffer.from('a'));
    disk.crash();
    expect(disk.paths()).toEqual(['/in/a', '/in/old']);
  });

  it('fails one effect as it is told to, and goes on', async () => {
    const disk = createMemoryDisk();
    disk.put('/in/old', Buffer.from('old'));
    const store = disk.fileStore(createEffects(at(2, new FileFailure('full', '/in/a', 'no space left'))));
    await expect(store.write('/in/a', Buffer.from('a'))).rejects.toMatchObject({ code: 'full' });
    expect(disk.paths()).toEqual(['/in/old']);
    await store.write('/in/b', Buffer.from('b'));
    expect(disk.paths()).toEqual(['/in/b', '/in/old']);
  });
});
