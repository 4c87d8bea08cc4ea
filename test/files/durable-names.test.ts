// Names that a failing call may have changed all the same.

import { describe, expect, it } from 'vitest';
import { createSimulatedDisk, type SimulatedDisk } from './simulated-disk.ts';
import { createEffects, systemError, type Effects } from './simulated-effects.ts';

describe('What a call that failed may have left is durable once it is believed', () => {
  it('a file that was moved, although the flush of the folder failed', async () => {
    const disk = diskWith('/out/a.xml');
    const files = disk.fileStore(failing(/^flush \/out\/ours/));
    await files.makeFolder('/out');
    await expect(files.move('/out/a.xml', '/out/ours/a.xml')).rejects.toMatchObject({ code: 'failed' });
    await files.makeFolder('/out/ours');
    disk.crash();
    expect(disk.paths()).toEqual(['/out/ours/.keep', '/out/ours/a.xml']);
  });

  it('a file whose move was said to have failed', async () => {
    const disk = diskWith('/out/a.xml');
    const files = disk.fileStore(failing(/^rename/));
    await files.makeFolder('/out/ours');
    await expect(files.move('/out/a.xml', '/out/ours/a.xml')).rejects.toMatchObject({ code: 'failed' });
    await files.makeFolder('/out/ours');
    disk.crash();
    expect(disk.paths()).toEqual(['/out/ours/.keep', '/out/ours/a.xml']);
  });

  it('a folder whose making was said to have failed', async () => {
    const disk = diskWith('/out/ours/a.xml');
    const files = disk.fileStore(failing(/folder \/out\/ours\/new/));
    await files.makeFolder('/out/ours');
    await files.makeFolder('/out/ours/new');
    await files.write('/out/ours/new/b.xml', Buffer.from('b'));
    disk.crash();
    expect(disk.paths()).toContain('/out/ours/new/b.xml');
  });

  it('a removal that was said to have failed', async () => {
    const disk = diskWith('/out/ours/a.xml');
    const files = disk.fileStore(failing(/^remove/));
    await files.makeFolder('/out/ours');
    await expect(files.remove('/out/ours/a.xml')).rejects.toMatchObject({ code: 'failed' });
    await files.remove('/out/ours/a.xml');
    disk.crash();
    expect(disk.paths()).toEqual(['/out/ours/.keep']);
  });
});

function diskWith(path: string): SimulatedDisk {
  const disk = createSimulatedDisk();
  disk.put('/out/ours/.keep', new Uint8Array());
  disk.put(path, Buffer.from('a'));
  return disk;
}

/** The first effect like this happens, and yet it is said that it failed. */
function failing(what: RegExp): Effects {
  let left = 1;
  return createEffects((_number, effect) => {
    if (!what.test(effect) || left === 0) return 'happens';
    left -= 1;
    return { failsAfter: systemError('EIO') };
  });
}
