// Turns what the operating system says into the few failures the rest of the program knows.

import { setTimeout } from 'node:timers/promises';
import { FileFailure } from './file-store.ts';

const CODES: Readonly<Record<string, FileFailure['code']>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EEXIST: 'exists',
  ENOTEMPTY: 'exists',
  EBUSY: 'busy',
  ETXTBSY: 'busy',
  // A lease that another program, often a file server, has to give back first.
  EAGAIN: 'busy',
  EACCES: 'denied',
  EPERM: 'denied',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read-only',
  // A network share that went away answers with one of these, by server and by mount.
  ESTALE: 'gone',
  ENOTCONN: 'gone',
  ECONNABORTED: 'gone',
  ECONNRESET: 'gone',
  EHOSTDOWN: 'gone',
  EHOSTUNREACH: 'gone',
  ENETUNREACH: 'gone',
  ETIMEDOUT: 'gone',
  ENODEV: 'gone',
  ENXIO: 'gone',
};

/** What another program's open file looks like on Windows; on other systems it does not stop a rename. */
const SHARING_VIOLATIONS: readonly string[] = ['EBUSY', 'EPERM', 'EACCES'];
const SHARING_ATTEMPTS_MAX = 10;
const SHARING_PAUSE_MS = 20;

/** Runs one call to the disk; what the system refuses becomes a `FileFailure` about `path`. */
export async function onDisk<Result>(path: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw asFileFailure(error, path);
  }
}

/**
 * As `onDisk`, and on Windows tries again for about two seconds while another program (a virus scanner, the
 * ERP) has the file open; after that the failure is 'busy'.
 */
export async function onSharedDisk<Result>(
  path: string,
  call: () => Promise<Result>,
  platform: string = process.platform,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const shared = platform === 'win32' && SHARING_VIOLATIONS.includes(systemCode(error) ?? '');
      if (!shared) throw asFileFailure(error, path);
      if (attempt >= SHARING_ATTEMPTS_MAX) {
        throw new FileFailure('busy', path, `${path} is held open by another program`);
      }
      await setTimeout(SHARING_PAUSE_MS * attempt * 2);
    }
  }
}

/** The system's name for an error (ENOENT ...); undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The failure an error of the system stands for; any other error is given back as it is. */
export function asFileFailure(error: unknown, path: string): unknown {
  const code = systemCode(error);
  if (code === undefined || !(error instanceof Error)) return error;
  return new FileFailure(CODES[code] ?? 'failed', path, error.message);
}
