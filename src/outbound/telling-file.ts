// The file that tells the ERP: its name, and its bytes, fixed in the spool before the inbox shows them, so that a repeat after
// a crash is the same file even when there has been news in between or the ERP has taken the first one away.

import { join } from 'node:path';
import type { Order } from '../domain/order.ts';
import { FileFailure } from '../files/file-store.ts';
import type { OutboundContext } from './outbound-context.ts';
import { safeStem } from './places.ts';

export interface TellingFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const FINAL_ENDING = '-final.xml';

/** A name that sorts by kind and day and says of which file it speaks, and whether more will follow. */
export function tellingName(
  order: Pick<Order, 'id' | 'fileName'>,
  number: number,
  final: boolean,
  day: string,
): string {
  return `pain.002_${day}_${safeStem(order.fileName)}${numbered(order.id, number)}${final ? FINAL_ENDING : '.xml'}`;
}

export function isFinalName(name: string): boolean {
  return name.endsWith(FINAL_ENDING);
}

/** The file with this number as it was fixed before a crash; else `file`, fixed now. */
export async function fixTelling(
  context: OutboundContext,
  order: Order,
  number: number,
  file: TellingFile,
): Promise<TellingFile> {
  const { files } = context.ports;
  const folder = context.places.spoolFolder(order.id);
  await files.makeFolder(folder);
  const before = (await files.list(folder)).find(
    ({ name }) => name.startsWith('pain.002_') && name.includes(numbered(order.id, number)),
  );
  if (before !== undefined)
    return { name: before.name, bytes: await files.readWhole(join(folder, before.name), before.sizeBytes) };
  await files.write(join(folder, file.name), file.bytes);
  return file;
}

/** Writing the same bytes again is no second telling; false when somebody else's file has the name. */
export async function showTelling(
  context: OutboundContext,
  inbox: string,
  file: TellingFile,
): Promise<boolean> {
  const path = join(inbox, file.name);
  try {
    await context.ports.files.write(path, file.bytes);
    return true;
  } catch (failure) {
    if (!(failure instanceof FileFailure) || failure.code !== 'exists') throw failure;
    const present = await context.ports.files.readWhole(path, Number.MAX_SAFE_INTEGER);
    return Buffer.from(present).equals(file.bytes);
  }
}

function numbered(orderId: string, number: number): string {
  return `_${orderId}_${number.toString().padStart(2, '0')}`;
}
