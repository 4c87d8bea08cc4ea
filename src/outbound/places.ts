// Where the files of an order lie: the only place that builds these paths.

import { join } from 'node:path';
import { isUlid } from '../domain/identifiers.ts';
import type { Order } from '../domain/order.ts';
import type { CompanyFolders, OutboundPorts } from './outbound-ports.ts';

/** Longest name a working file keeps of the ERP's own, in UTF-8 bytes: 255 less the order id and a dot, with room to spare. */
const NAME_BYTES_MAX = 200;

/** Name of our copy of the ERP's file in the order's spool folder. */
export const SOURCE_NAME = 'source';

export interface Places {
  company(name: string): CompanyFolders;
  /** Ours alone, on the outbox's volume, so that taking possession is one rename. */
  workingFolder(company: CompanyFolders): string;
  workingFile(order: Pick<Order, 'company' | 'workingName'>): string;
  spoolFolder(orderId: string): string;
  preparedFile(orderId: string, part: number): string;
  /** Our own copy of the ERP's file: what is checked, sent and told is read from here alone. */
  sourceFile(orderId: string): string;
  convertedFile(orderId: string): string;
  heldNote(order: Order): string;
}

export function placesOf(ports: Pick<OutboundPorts, 'companies' | 'journal' | 'spoolFolder'>): Places {
  const companies = new Map(ports.companies.map((company) => [company.name, company]));
  const company = (name: string): CompanyFolders => {
    const found = companies.get(name);
    if (found === undefined)
      throw new Error(`The journal names company ${name}, which the configuration no longer has.`);
    return found;
  };
  const workingFolder = (of: CompanyFolders): string => join(of.outbox, '.working', ports.journal.id);
  const spoolFolder = (orderId: string): string => join(ports.spoolFolder, orderId);
  return {
    company,
    workingFolder,
    workingFile: (order) => join(workingFolder(company(order.company)), order.workingName),
    spoolFolder,
    preparedFile: (orderId, part) => join(spoolFolder(orderId), `part-${number(part)}.xml`),
    sourceFile: (orderId) => join(spoolFolder(orderId), SOURCE_NAME),
    convertedFile: (orderId) => join(spoolFolder(orderId), 'converted.xml'),
    heldNote: (order) =>
      join(company(order.company).archive, 'held', `${order.id}_${safeStem(order.fileName)}.txt`),
  };
}

/** The name a claimed file gets: the order id, a dot, and the ERP's name, so that a crash before the record keeps both. */
export function workingName(orderId: string, fileName: string): string {
  return `${orderId}.${cutToBytes(fileName, NAME_BYTES_MAX, 'start')}`;
}

/** Reads a working name back; undefined for a file that is not ours. */
export function parseWorkingName(
  name: string,
): { readonly orderId: string; readonly fileName: string } | undefined {
  const orderId = name.slice(0, 26);
  if (!isUlid(orderId) || name[26] !== '.' || name.length < 28) return undefined;
  return { orderId, fileName: name.slice(27) };
}

/** Longest stem in the names we make, in UTF-8 bytes; ids, dates and endings still fit into 255. */
const STEM_BYTES_MAX = 60;
/** Longest name an archived source keeps. */
const ARCHIVED_BYTES_MAX = 150;

/** A file's name without its ending, in characters every file system and ERP takes. */
export function safeStem(fileName: string): string {
  const stem = fileName
    .replace(/\.[^.]{1,8}$/, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '_');
  return cutToBytes(stem, STEM_BYTES_MAX, 'end') || 'file';
}

/**
 * The name of the ERP's file in the archive: marked as the ERP's, so that it never meets one of ours; without what turns the
 * writing direction, is invisible, or no file server of another system takes.
 */
export function archivedSourceName(fileName: string): string {
  const plain = fileName.replace(/[\p{C}\p{Zl}\p{Zp}<>:"/\\|?*]|[. ]+$/gu, '_');
  return `erp_${cutToBytes(plain, ARCHIVED_BYTES_MAX, 'start')}`;
}

/** Whole characters only; cut away at the start, the ending stays. */
function cutToBytes(text: string, bytesMax: number, where: 'start' | 'end'): string {
  const characters = [...text];
  while (Buffer.byteLength(characters.join('')) > bytesMax) {
    if (where === 'start') characters.shift();
    else characters.pop();
  }
  return characters.join('');
}

function number(part: number): string {
  return part.toString().padStart(3, '0');
}
