// What a process did to the files of one folder, read from the output of strace.

import { basename, dirname } from 'node:path';

export type SystemCall =
  | { readonly kind: 'create' | 'unlink'; readonly file: string }
  | { readonly kind: 'write'; readonly file: string; readonly bytes: Buffer; readonly position: number }
  | { readonly kind: 'truncate'; readonly file: string; readonly length: number }
  | { readonly kind: 'rename'; readonly file: string; readonly to: string }
  /** It has returned: what was written to the file is on the disk. */
  | { readonly kind: 'flush'; readonly file: string }
  /** It has returned: the names in the folder are on the disk. */
  | { readonly kind: 'flush-folder' }
  | { readonly kind: 'print'; readonly text: string };

/** The arguments with which strace writes down what `systemCalls` needs. */
export const STRACE = [
  ...['-f', '-y', '-xx', '-s', '100000', '-e', 'signal=none', '-e'],
  'trace=openat,write,writev,pwrite64,pwritev,fsync,fdatasync,ftruncate,fallocate,unlink,unlinkat,rename,renameat,renameat2,link,linkat',
] as const;

/**
 * The calls on files directly in `folder` and what was printed, in order: a write where it began, a flush
 * where it ended. Throws for a call on these files that is not understood.
 */
export function systemCalls(trace: string, folder: string): SystemCall[] {
  const begun = new Map<string, string>();
  const calls: SystemCall[] = [];
  for (const line of trace.split('\n')) {
    const [, thread = '', text = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const unfinished = /^(\w+)\((.*) <unfinished \.\.\.>$/.exec(text);
    const resumed = /^<\.\.\. (\w+) resumed>(.*)$/.exec(text);
    if (unfinished !== null) {
      if (isFlush(unfinished[1])) begun.set(thread, `${unfinished[1] ?? ''}(${unfinished[2] ?? ''}`);
      else calls.push(...asCall(`${unfinished[1] ?? ''}(${unfinished[2] ?? ''}) = ?`, folder));
    } else if (resumed !== null) {
      if (isFlush(resumed[1])) calls.push(...asCall(`${begun.get(thread) ?? ''}${resumed[2] ?? ''}`, folder));
    } else calls.push(...asCall(text, folder));
  }
  return calls;
}

function isFlush(name: string | undefined): boolean {
  return name === 'fsync' || name === 'fdatasync';
}

function asCall(text: string, folder: string): SystemCall[] {
  const [, name = '', rest = '', result = ''] = /^(\w+)\((.*)\) += (\S+)/.exec(text) ?? [];
  if (name === '' || result === '-1') return [];
  const path = decoded(/^\w+<((?:\\x[0-9a-f]{2})+)>/.exec(rest)?.[1] ?? '').toString('utf8');
  const strings = [...rest.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map((match) => decoded(match[1] ?? ''));
  const named = strings.map((bytes) => bytes.toString('utf8'));
  const [from = '', to = ''] = named;
  if (name === 'write' && rest.startsWith('1<')) return [{ kind: 'print', text: from }];
  if (isFlush(name) && path === folder) return [{ kind: 'flush-folder' }];
  const concerned = [path, from, to].filter((one) => dirname(one) === folder);
  if (concerned.length === 0) return [];
  const file = basename(concerned[0] ?? '');
  const numbers =
    rest
      .replace(/"[^"]*"/g, '')
      .match(/\d+/g)
      ?.map(Number) ?? [];
  switch (name) {
    case 'openat':
      return rest.includes('O_CREAT') ? [{ kind: 'create', file }] : [];
    case 'pwrite64':
      return [{ kind: 'write', file, bytes: strings[0] ?? Buffer.alloc(0), position: numbers.at(-1) ?? 0 }];
    case 'ftruncate':
      return [{ kind: 'truncate', file, length: numbers.at(-1) ?? 0 }];
    case 'fsync':
    case 'fdatasync':
      return [{ kind: 'flush', file }];
    case 'unlink':
      return [{ kind: 'unlink', file }];
    case 'rename':
      return [{ kind: 'rename', file, to: basename(to) }];
    default:
      throw new Error(`not understood: ${text.slice(0, 200)}`);
  }
}

function decoded(hex: string): Buffer {
  return Buffer.from(hex.replaceAll('\\x', ''), 'hex');
}
