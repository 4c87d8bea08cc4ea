// Where our own copy of the ERP's file is. It is brought back from the working file when it is gone and that one still has
// the bytes that were checked; nothing else may stand in for it.

import { join } from 'node:path';
import type { Order } from '../domain/order.ts';
import { FileFailure, type FileStore } from '../files/file-store.ts';
import { archivedSourceName, type Places } from './places.ts';

/** Fails with 'missing' when there is no copy any more. */
export async function sourceCopy(files: FileStore, places: Places, order: Order): Promise<string> {
  if (order.archivedIn !== undefined) return join(order.archivedIn, archivedSourceName(order.fileName));
  const source = places.sourceFile(order.id);
  if (order.sha256 === undefined || (await files.stat(source)) !== undefined) return source;
  const working = places.workingFile(order);
  if ((await files.stat(working)) !== undefined) {
    await files.makeFolder(places.spoolFolder(order.id));
    const { sha256 } = await files.write(source, files.read(working, { lent: true }));
    if (sha256 === order.sha256) return source;
    await files.remove(source);
  }
  throw new FileFailure(
    'missing',
    source,
    `${source} is missing, and ${working} does not have the bytes that were checked. Put the file back from a backup.`,
  );
}

/** True for a failure that means that a file of the order itself is gone: to try again would help nobody. */
export function isFileGone(places: Places, order: Order, failure: unknown): failure is FileFailure {
  if (!(failure instanceof FileFailure) || failure.code !== 'missing') return false;
  return failure.path.startsWith(places.spoolFolder(order.id));
}
