// What every FileStore promises; run on a real disk and on the simulated one.

import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DiskFileStore } from '../../src/files/disk-file-store.ts';

export interface FileStoreUnderTest {
  readonly store: DiskFileStore;
  /** An empty folder. */
  readonly folder: string;
  /** Puts something there that is neither file nor folder. */
  readonly putOther: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export function fileStoreContract(name: string, open: () => Promise<FileStoreUnderTest>): void {
  describe(`the file store ${name}`, () => {
    let under: FileStoreUnderTest;
    let store: DiskFileStore;
    const at = (path: string): string => `${under.folder}/${path}`;
    const textAt = async (path: string): Promise<string> =>
      Buffer.from(await store.readWhole(at(path), 1_000_000)).toString('utf8');
    const names = async (path = ''): Promise<readonly string[]> =>
      (await store.list(path === '' ? under.folder : at(path))).map((entry) => entry.name);

    beforeEach(async () => {
      under = await open();
      store = under.store;
    });
    afterEach(() => under.close());

    it('lists files, folders and others by name, with sizes', async () => {
      await store.write(at('b.xml'), bytes('12345'));
      await store.makeFolder(at('a'));
      await under.putOther(at('c'));
      const entries = await store.list(under.folder);
      expect(entries.map(({ name: entryName, kind }) => [entryName, kind])).toEqual([
        ['a', 'folder'],
        ['b.xml', 'file'],
        ['c', 'other'],
      ]);
      expect(entries[1]?.sizeBytes).toBe(5);
    });

    it('fails to list a folder that is missing', async () => {
      await expect(store.list(at('none'))).rejects.toMatchObject({ name: 'FileFailure', code: 'missing' });
    });

    it('knows what is at a path, and that nothing is', async () => {
      await store.write(at('a.xml'), bytes('abc'));
      expect(await store.stat(at('a.xml'))).toMatchObject({ name: 'a.xml', kind: 'file', sizeBytes: 3 });
      expect(await store.stat(at('b.xml'))).toBeUndefined();
      expect(await store.stat(at('a.xml/below'))).toBeUndefined();
    });

    it('writes bytes and says their size and hash', async () => {
      const content = bytes('zażółć');
      expect(await store.write(at('a.xml'), content)).toEqual({ sizeBytes: 10, sha256: sha256(content) });
      expect(await textAt('a.xml')).toBe('zażółć');
      expect(await names()).toEqual(['a.xml']);
    });

    it('writes pieces as they come', async () => {
      const pieces = [bytes('one '), bytes(''), bytes('two')];
      expect(await store.write(at('a.xml'), stream(pieces))).toEqual({
        sizeBytes: 7,
        sha256: sha256(bytes('one two')),
      });
      expect(await textAt('a.xml')).toBe('one two');
    });

    it('writes an empty file', async () => {
      expect(await store.write(at('a.xml'), bytes(''))).toEqual({ sizeBytes: 0, sha256: sha256(bytes('')) });
      expect(await textAt('a.xml')).toBe('');
    });

    it('does not write over a file, and leaves nothing of the attempt', async () => {
      await store.write(at('a.xml'), bytes('first'));
      await expect(store.write(at('a.xml'), bytes('second'))).rejects.toMatchObject({
        code: 'exists',
        path: at('a.xml'),
      });
      expect(await textAt('a.xml')).toBe('first');
      expect(await names()).toEqual(['a.xml']);
    });

    it('replaces a file where that is asked for', async () => {
      await store.write(at('a.xml'), bytes('first'));
      await store.write(at('a.xml'), bytes('second'), { replace: true });
      expect(await textAt('a.xml')).toBe('second');
      expect(await names()).toEqual(['a.xml']);
    });

    it('hands on the error of a source that breaks off, and leaves nothing', async () => {
      const broken = new Error('the source broke off');
      await expect(store.write(at('a.xml'), stream([bytes('half')], broken))).rejects.toBe(broken);
      expect(await names()).toEqual([]);
    });

    it('fails to write into a folder that is missing', async () => {
      await expect(store.write(at('none/a.xml'), bytes('x'))).rejects.toMatchObject({ code: 'missing' });
    });

    it('writes a name as long as the file system allows', async () => {
      const long = `${'ł'.repeat(120)}.xml`;
      await store.write(at(long), bytes('x'));
      expect(await names()).toEqual([long]);
    });

    it('reads a range, and no further than the file goes', async () => {
      await store.write(at('a.xml'), bytes('0123456789'));
      expect(await gathered(store.read(at('a.xml'), { from: 2, to: 5 }))).toBe('234');
      expect(await gathered(store.read(at('a.xml'), { from: 8, to: 50 }))).toBe('89');
      expect(await gathered(store.read(at('a.xml'), { from: 20, to: 50 }))).toBe('');
      expect(await gathered(store.read(at('a.xml')))).toBe('0123456789');
    });

    it('reads a large file in pieces that stay as they were', async () => {
      const content = Buffer.alloc(700_001, 'abcdefghij');
      await store.write(at('a.xml'), content);
      const pieces: Uint8Array[] = [];
      for await (const piece of store.read(at('a.xml'))) pieces.push(piece);
      expect(pieces.length).toBeGreaterThan(2);
      expect(Buffer.concat(pieces).equals(content)).toBe(true);
    });

    it('fails to read what is missing', async () => {
      await expect(gathered(store.read(at('a.xml')))).rejects.toMatchObject({
        code: 'missing',
        path: at('a.xml'),
      });
      await expect(store.readWhole(at('a.xml'), 10)).rejects.toMatchObject({ code: 'missing' });
    });

    it('reads a whole file up to its limit and not beyond', async () => {
      await store.write(at('a.xml'), bytes('12345'));
      expect(Buffer.from(await store.readWhole(at('a.xml'), 5)).toString()).toBe('12345');
      await expect(store.readWhole(at('a.xml'), 4)).rejects.toMatchObject({ code: 'too-large' });
    });

    it('moves a file from folder to folder', async () => {
      await store.makeFolder(at('to'));
      await store.write(at('a.xml'), bytes('abc'));
      await store.move(at('a.xml'), at('to/b.xml'));
      expect(await names()).toEqual(['to']);
      expect(await textAt('to/b.xml')).toBe('abc');
    });

    it('moves a folder with all in it', async () => {
      await store.makeFolder(at('one/two'));
      await store.write(at('one/two/a.xml'), bytes('abc'));
      await store.move(at('one'), at('three'));
      expect(await names()).toEqual(['three']);
      expect(await textAt('three/two/a.xml')).toBe('abc');
    });

    it('never moves over something that is there', async () => {
      await store.write(at('a.xml'), bytes('a'));
      await store.write(at('b.xml'), bytes('b'));
      await expect(store.move(at('a.xml'), at('b.xml'))).rejects.toMatchObject({
        code: 'exists',
        path: at('b.xml'),
      });
      expect([await textAt('a.xml'), await textAt('b.xml')]).toEqual(['a', 'b']);
    });

    it('tells a file that is missing from a folder that is missing', async () => {
      await expect(store.move(at('a.xml'), at('b.xml'))).rejects.toMatchObject({
        code: 'missing',
        path: at('a.xml'),
      });
      await store.write(at('a.xml'), bytes('a'));
      await expect(store.move(at('a.xml'), at('none/b.xml'))).rejects.toMatchObject({
        code: 'missing',
        path: at('none'),
      });
      expect(await textAt('a.xml')).toBe('a');
    });

    it('removes a file, a folder with all in it, and nothing', async () => {
      await store.makeFolder(at('one/two'));
      await store.write(at('one/two/a.xml'), bytes('a'));
      await store.write(at('b.xml'), bytes('b'));
      await store.remove(at('one'));
      await store.remove(at('b.xml'));
      await store.remove(at('none'));
      await store.remove(at('none/below'));
      expect(await names()).toEqual([]);
    });

    it('makes a folder with its parents, once or twice', async () => {
      await store.makeFolder(at('one/two/three'));
      await store.makeFolder(at('one/two/three'));
      expect(await names('one/two')).toEqual(['three']);
    });

    it('makes no folder where a file is', async () => {
      await store.write(at('a.xml'), bytes('a'));
      await expect(store.makeFolder(at('a.xml'))).rejects.toMatchObject({ code: 'exists' });
      await expect(store.makeFolder(at('a.xml/below'))).rejects.toMatchObject({ code: 'missing' });
      expect(await textAt('a.xml')).toBe('a');
    });

    it('removes the parts a dead process left, and no other file', async () => {
      await under.putOther(at('.a.xml.0011223344ff-1.goniec-part'));
      await store.write(at('a.xml'), bytes('a'));
      await store.sweepParts(under.folder);
      expect(await names()).toEqual(['a.xml']);
    });
  });
}

function bytes(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

async function* stream(pieces: readonly Uint8Array[], end?: Error): AsyncGenerator<Uint8Array> {
  yield* pieces;
  if (end !== undefined) throw end;
}

async function gathered(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all).toString('utf8');
}
