// Reads back what the archive says of orders that have come to their end: which are there since a day, and how each one ended.

import { join } from 'node:path';
import { isUlid } from '../domain/identifiers.ts';
import type { Order } from '../domain/order.ts';
import type { RecoveredOrder } from '../domain/order-event.ts';
import { toRuns, type TransferState } from '../domain/transfer-state.ts';
import { FileFailure, type FileStore } from '../files/file-store.ts';

type Files = Pick<FileStore, 'list' | 'stat' | 'readWhole'>;

const SIZE_MAX_BYTES = 256 * 1024 * 1024;

/** The order of every folder in the archive that stands under this day or a later one. */
export async function archivedSince(
  files: Files,
  archive: string,
  fromDay: string,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const root of [archive, join(archive, 'refused')]) {
    for (const year of await folders(files, root, /^\d{4}$/)) {
      for (const month of await folders(files, join(root, year), /^\d{2}$/)) {
        for (const day of await folders(files, join(root, year, month), /^\d{2}$/)) {
          if (`${year}-${month}-${day}` < fromDay) continue;
          const path = join(root, year, month, day);
          for (const name of await folders(files, path, /_[0-9A-Z]{26}$/)) {
            const id = name.slice(-26);
            if (isUlid(id)) found.set(id, join(path, name));
          }
        }
      }
    }
  }
  return found;
}

/** undefined where there is no whole receipt of this order at its end: the order was not archived to its last file. */
export async function readReceipt(
  files: Files,
  folder: string,
  id: string,
  company: string,
): Promise<RecoveredOrder | undefined> {
  const order = await parsed(files, join(folder, 'receipt.json'));
  if (order?.id !== id || !isWhole(order)) return undefined;
  const { phase } = order;
  if (phase !== 'planned' && phase !== 'refused' && phase !== 'repeats' && phase !== 'answered')
    return undefined;
  if (phase !== 'answered' && order.told?.final !== true) return undefined;
  const submissions: RecoveredOrder['submissions'][number][] = [];
  for (const { plan, phase: end, states } of order.submissions) {
    if (end !== 'refused' && end !== 'rejected' && end !== 'settled' && end !== 'partly-settled')
      return undefined;
    const known = Object.entries(states).map(([index, state]) => [Number(index), state] as const);
    submissions.push({ plan, phase: end, states: toRuns(known) });
  }
  return {
    folder,
    company,
    fileName: order.fileName,
    workingName: order.workingName,
    sizeBytes: order.sizeBytes,
    claimedAt: order.claimedAt,
    phase,
    ...(order.erp === undefined ? {} : { erp: order.erp }),
    ...(order.sha256 === undefined ? {} : { sha256: order.sha256 }),
    ...(order.paymentSet === undefined ? {} : { paymentSet: order.paymentSet }),
    faultCount: order.faultCount,
    ...(order.repeats === undefined ? {} : { repeats: order.repeats }),
    ...(order.told === undefined
      ? {}
      : {
          told: {
            number: order.told.number,
            fileName: order.told.fileName,
            digest: order.told.digest,
          },
        }),
    submissions,
  };
}

/** An order as a receipt has it: the states of transfers by their index. */
type Receipt = Omit<Order, 'submissions'> & {
  readonly submissions: readonly (Omit<Order['submissions'][number], 'states'> & {
    readonly states: Readonly<Record<string, TransferState>>;
  })[];
};

async function parsed(files: Files, path: string): Promise<Receipt | undefined> {
  try {
    return JSON.parse(Buffer.from(await files.readWhole(path, SIZE_MAX_BYTES)).toString('utf8')) as Receipt;
  } catch (failure) {
    // Cut short by a crash, or not ours: then the order is treated as one that was not archived.
    if (failure instanceof SyntaxError) return undefined;
    if (failure instanceof FileFailure && failure.code === 'missing') return undefined;
    throw failure;
  }
}

/** What an order that is closed on its receipt alone must have. */
function isWhole({ fileName, workingName, claimedAt, submissions }: Receipt): boolean {
  return (
    typeof fileName === 'string' &&
    typeof workingName === 'string' &&
    Number.isFinite(Date.parse(claimedAt)) &&
    Array.isArray(submissions)
  );
}

async function folders(files: Files, path: string, pattern: RegExp): Promise<string[]> {
  if ((await files.stat(path)) === undefined) return [];
  return (await files.list(path))
    .filter(({ kind, name }) => kind === 'folder' && pattern.test(name))
    .map(({ name }) => name);
}
