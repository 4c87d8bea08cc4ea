import { describe, expect, it } from 'vitest';
import { FolderFlushes } from '../../src/files/folder-flushes.ts';

/** Flushes that end when told to. */
function setUp() {
  const begun: {
    readonly folder: string;
    readonly end: () => void;
    readonly fail: (error: Error) => void;
  }[] = [];
  const flushes = new FolderFlushes((folder) => {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    begun.push({ folder, end: () => resolve(undefined), fail: reject });
    return promise.then(() => undefined);
  });
  return { begun, flushes };
}

async function isOver(flush: Promise<void>): Promise<boolean> {
  let over = false;
  flush.then(
    () => (over = true),
    () => (over = true),
  );
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  return over;
}

describe('flushes of a folder', () => {
  it('are shared by all who asked while one was under way, which says nothing about their changes', async () => {
    const { begun, flushes } = setUp();
    const [first, second, third] = [flushes.flush('/a'), flushes.flush('/a'), flushes.flush('/a')];
    expect(begun).toHaveLength(1);
    begun[0]?.end();
    expect([await isOver(first), await isOver(second), await isOver(third)]).toEqual([true, false, false]);
    expect(begun).toHaveLength(2);
    begun[1]?.end();
    expect([await isOver(second), await isOver(third)]).toEqual([true, true]);
  });

  it('of other folders wait for nothing', () => {
    const { begun, flushes } = setUp();
    void flushes.flush('/a');
    void flushes.flush('/b');
    expect(begun.map(({ folder }) => folder)).toEqual(['/a', '/b']);
  });

  it('fail for all who shared one, and the next begins all the same', async () => {
    const { begun, flushes } = setUp();
    const first = flushes.flush('/a');
    const [second, third] = [flushes.flush('/a'), flushes.flush('/a')];
    begun[0]?.fail(new Error('first'));
    await expect(first).rejects.toThrow('first');
    begun[1]?.fail(new Error('second'));
    await expect(second).rejects.toThrow('second');
    await expect(third).rejects.toThrow('second');
    const fourth = flushes.flush('/a');
    begun[2]?.end();
    expect(await isOver(fourth)).toBe(true);
  });
});
