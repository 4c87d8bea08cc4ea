// The book of alerts on the disk, replaced as a whole. It is no part of the journal: losing it tells people twice, and nothing
// about telling people may ever stand in the way of money.

import { FileFailure, type FileStore } from '../../files/file-store.ts';
import { EMPTY_BOOK, type AlertBook } from './alert-book.ts';

const SIZE_BYTES_MAX = 64 * 1024 * 1024;
const VERSION = 1;

/** The book and, where one is there that can not be used, why: then everything that still holds is told anew. */
export async function readBook(
  files: Pick<FileStore, 'readWhole'>,
  path: string,
): Promise<{ readonly book: AlertBook; readonly unusable?: string }> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(
      await files.readWhole(path, SIZE_BYTES_MAX),
    );
    const content = JSON.parse(text) as Partial<AlertBook & { version: number }>;
    if (content.version !== VERSION || !isGroup(content.entries) || !isGroup(content.digests))
      return { book: EMPTY_BOOK, unusable: 'it is not of a form that is known here' };
    return { book: { entries: content.entries, digests: content.digests } };
  } catch (failure) {
    if (failure instanceof FileFailure && failure.code === 'missing') return { book: EMPTY_BOOK };
    return { book: EMPTY_BOOK, unusable: failure instanceof Error ? failure.message : String(failure) };
  }
}

/** Durable when it resolves. */
export async function writeBook(
  files: Pick<FileStore, 'write'>,
  path: string,
  book: AlertBook,
): Promise<void> {
  const text = JSON.stringify({ version: VERSION, ...book }, undefined, 1);
  await files.write(path, new TextEncoder().encode(`${text}\n`), { replace: true });
}

function isGroup<T>(value: T | undefined): value is T {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
