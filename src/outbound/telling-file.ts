// The file that tells the ERP: its name, and its bytes, fixed in the spool before the inbox shows them, so that a repeat after
// a crash is the same file even when there has been news in between or the ERP has taken the first one away.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Order } from '../domain/order.ts';
import type { ByteSource } from '../erp/format.ts';
import { FileFailure } from '../files/file-store.ts';
import type { OutboundContext } from './outbound-context.ts';
import { safeStem } from './places.ts';

export interface FixedTelling {
  readonly name: string;
  /** In the spool. */
  readonly path: string;
  readonly sha256: string;
  /** False when it was fixed before a crash and there has been news since. */
  readonly isNews: boolean;
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

/** The file with this number as it was fixed before a crash; else one of this name and content, fixed now. */
export async function fixTelling(
  context: OutboundContext,
  order: Order,
  number: number,
  news: { readonly name: string; readonly content: ByteSource },
): Promise<FixedTelling> {
  const { files } = context.ports;
  const folder = context.places.spoolFolder(order.id);
  await files.makeFolder(folder);
  const before = (await files.list(folder)).find(
    ({ name }) => name.startsWith('pain.002_') && name.includes(numbered(order.id, number)),
  );
  return fixFile(context, folder, before?.name ?? news.name, news.content);
}

/** The same for the text for people beside a telling of this name. */
export function fixText(
  context: OutboundContext,
  order: Order,
  tellingName: string,
  content: ByteSource,
): Promise<FixedTelling> {
  const name = tellingName.replace(/^pain\.002/, 'status').replace(/xml$/, 'txt');
  return fixFile(context, context.places.spoolFolder(order.id), name, content);
}

async function fixFile(
  { ports: { files } }: OutboundContext,
  folder: string,
  name: string,
  content: ByteSource,
): Promise<FixedTelling> {
  const path = join(folder, name);
  if ((await files.stat(path)) === undefined) {
    const { sha256 } = await files.write(path, content());
    return { name, path, sha256, isNews: true };
  }
  const sha256 = await digestOf(files.read(path, { lent: true }));
  return { name, path, sha256, isNews: sha256 === (await digestOf(content())) };
}

/** Writing the same bytes again is no second telling; false when somebody else's file has the name. */
export async function showTelling(
  { ports: { files } }: OutboundContext,
  inbox: string,
  fixed: FixedTelling,
): Promise<boolean> {
  const path = join(inbox, fixed.name);
  try {
    await files.write(path, files.read(fixed.path, { lent: true }));
    return true;
  } catch (failure) {
    if (!(failure instanceof FileFailure) || failure.code !== 'exists') throw failure;
    return (await digestOf(files.read(path, { lent: true }))) === fixed.sha256;
  }
}

async function digestOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const digest = createHash('sha256');
  for await (const piece of pieces) digest.update(piece);
  return digest.digest('hex');
}

function numbered(orderId: string, number: number): string {
  return `_${orderId}_${number.toString().padStart(2, '0')}`;
}
