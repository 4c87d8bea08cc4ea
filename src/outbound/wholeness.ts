// Whether a file that stands still is whole: XML by its closing root tag; a format without an end of its own by a done-file beside
// it, or because the ERP renames it into place.

import { join } from 'node:path';
import type { ElixirOForm, PaymentForms } from '../domain/erp-formats.ts';
import type { FileEntry, FileStore } from '../files/file-store.ts';
import type { CompanyFolders } from './outbound-ports.ts';
import { looksComplete } from './readiness.ts';

const EDGE_BYTES = 4_096;

/** What the file lacks, as a sentence; undefined for one that can be taken. `done` is the done-file beside it. */
export async function whatIsMissing(
  files: Pick<FileStore, 'read'>,
  { outbox, elixirO }: Pick<CompanyFolders, 'outbox' | 'elixirO'>,
  entry: FileEntry,
  done: FileEntry | undefined,
): Promise<string | undefined> {
  const { name, sizeBytes } = entry;
  const piece = async (from: number, to: number): Promise<Uint8Array> => {
    const pieces: Uint8Array[] = [];
    for await (const bytes of files.read(join(outbox, name), { from, to })) pieces.push(bytes);
    return Buffer.concat(pieces);
  };
  const head = await piece(0, Math.min(EDGE_BYTES, sizeBytes));
  const tail = sizeBytes <= EDGE_BYTES ? head : await piece(sizeBytes - EDGE_BYTES, sizeBytes);
  const look = looksComplete(head, tail);
  if (look === 'incomplete') return 'The file has no closing root tag.';
  if (look === 'complete' || elixirO === undefined || isListWhole(elixirO, entry, done, tail))
    return undefined;
  return elixirO.complete === 'rename'
    ? 'The file does not end with a line.'
    : `Nothing says that the file is whole: there is no ${doneName(name)} beside it that is as new as the file.`;
}

/** Of the file that says that the one with the rest of its name is whole. */
const DONE_ENDING = '.done';

export function doneName(name: string): string {
  return name + DONE_ENDING;
}

/** Where done-files are asked for they are no payment files. */
export function isDoneFile(company: PaymentForms, name: string): boolean {
  return company.elixirO?.complete === 'done-file' && name.endsWith(DONE_ENDING);
}

/**
 * Whether a list of lines, which may be cut at any line end, counts as whole. A done-file that is older than the list was left
 * over from an earlier one of the same name. Without done-files the last byte is all there is to go by: it ends a line, a text or
 * a file of DOS.
 */
function isListWhole(
  { complete }: ElixirOForm,
  list: Pick<FileEntry, 'mtimeMs'>,
  done: Pick<FileEntry, 'mtimeMs'> | undefined,
  tail: Uint8Array,
): boolean {
  if (complete === 'done-file') return done !== undefined && done.mtimeMs >= list.mtimeMs;
  return /[\n"\x1a]$/.test(Buffer.from(tail).toString('latin1'));
}
