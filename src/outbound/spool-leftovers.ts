// Takes out of the spool what a crash kept from going with its order.

import { join } from 'node:path';
import { isUlid } from '../domain/identifiers.ts';
import { FileFailure } from '../files/file-store.ts';
import { readOrder, type OrderBook } from './order-book.ts';
import type { OutboundPorts } from './outbound-ports.ts';

/**
 * Removes the spool folders of closed orders: an answer may have come for an order that a booked entry had closed in the
 * meantime. Of an order that the journal does not know nothing is removed, because the journal may be an older one.
 */
export async function sweepSpool(
  { files, journal, spoolFolder, log }: Pick<OutboundPorts, 'files' | 'journal' | 'spoolFolder' | 'log'>,
  book: OrderBook,
): Promise<void> {
  try {
    if ((await files.stat(spoolFolder)) === undefined) return;
    for (const { name, kind } of await files.list(spoolFolder)) {
      if (kind !== 'folder' || !isUlid(name) || book.get(name) !== undefined) continue;
      if ((await readOrder(journal, name))?.phase === 'closed') await files.remove(join(spoolFolder, name));
    }
  } catch (failure) {
    // What is left is in nobody's way, and the next start tries again.
    if (!(failure instanceof FileFailure)) throw failure;
    log.warn('spool.not-swept', { folder: spoolFolder, reason: failure.message });
  }
}
