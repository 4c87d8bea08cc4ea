import { describe, expect, it } from 'vitest';
import { onDisk, onSharedDisk } from '../../src/files/disk-failure.ts';

describe('a failure of the disk', () => {
  it.each([
    ['ENOENT', 'missing'],
    ['EEXIST', 'exists'],
    ['EBUSY', 'busy'],
    ['EACCES', 'denied'],
    ['ENOSPC', 'full'],
    ['EROFS', 'read-only'],
    ['ESTALE', 'gone'],
    ['EIO', 'failed'],
  ])('of the system (%s) is known as %s', async (code, known) => {
    await expect(onDisk('/a', failing(systemError(code)))).rejects.toMatchObject({ code: known, path: '/a' });
  });

  it('that is not of the system is handed on as it is', async () => {
    const bug = new TypeError('a bug');
    await expect(onDisk('/a', failing(bug))).rejects.toBe(bug);
  });
});

describe('a file that another program holds open', () => {
  it('is tried again on Windows until it is free', async () => {
    let calls = 0;
    const result = onSharedDisk(
      '/a',
      () => (++calls < 4 ? failing(systemError('EPERM'))() : Promise.resolve(calls)),
      'win32',
    );
    expect(await result).toBe(4);
  });

  it('is busy on Windows when it does not become free', async () => {
    await expect(onSharedDisk('/a', failing(systemError('EBUSY')), 'win32')).rejects.toMatchObject({
      code: 'busy',
    });
  });

  it('is not waited for elsewhere', async () => {
    let calls = 0;
    const call = (): Promise<never> => {
      calls++;
      return Promise.reject(systemError('EACCES'));
    };
    await expect(onSharedDisk('/a', call, 'linux')).rejects.toMatchObject({ code: 'denied' });
    expect(calls).toBe(1);
  });
});

function failing(error: Error): () => Promise<never> {
  return () => Promise.reject(error);
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: something`), { code, syscall: 'rename' });
}
