// Writes a document in another format and gives all of it, as a test looks at it.

import type { ErpFormats, WrittenFormat } from '../../../src/domain/erp-formats.ts';
import { accountFileWriter } from '../../../src/erp/account-file/write-account-file.ts';
import type { Losses } from '../../../src/erp/account-files.ts';
import type { ByteSource } from '../../../src/erp/format.ts';
import { CAMT_ALONE } from '../formats-wanted.ts';
import { OUR_IBAN } from './sketched-camt.ts';

const write = accountFileWriter({ timeZone: 'Europe/Warsaw' });

export type WrittenWhole =
  | { readonly kind: 'written'; readonly bytes: Buffer; readonly losses: Losses }
  | { readonly kind: 'impossible'; readonly reasons: readonly string[] };

export async function written(
  camt: string | ByteSource,
  format: WrittenFormat,
  formats: Partial<ErpFormats> = {},
  about: { readonly iban?: string; readonly currency?: string } = {},
): Promise<WrittenWhole> {
  const source = typeof camt === 'string' ? inPieces(camt) : camt;
  const file = await write(
    source,
    format,
    { ...CAMT_ALONE, ...formats },
    { iban: OUR_IBAN, currency: 'PLN', createdAt: new Date('2026-11-23T10:15:30.250Z'), ...about },
  );
  if (file.kind === 'impossible') return file;
  const [bytes, again] = [await whole(file.bytes()), await whole(file.bytes())];
  if (!bytes.equals(again)) throw new Error('The bytes are not the same again.');
  return { kind: 'written', bytes, losses: file.losses };
}

/** The text of a file that can be written, in UTF-8 with single line feeds. */
export async function writtenText(
  camt: string,
  format: WrittenFormat,
  formats: Partial<ErpFormats> = {},
): Promise<string> {
  const plain = { encoding: 'utf-8', lineEnd: 'lf' } as const;
  const mt940 = { ...CAMT_ALONE.mt940, ...formats.mt940, ...plain };
  const file = await written(camt, format, { ...formats, mt940, csv: plain });
  if (file.kind === 'impossible') throw new Error(file.reasons.join('\n'));
  return file.bytes.toString('utf8');
}

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const kept: Uint8Array[] = [];
  for await (const piece of pieces) kept.push(Buffer.from(piece));
  return Buffer.concat(kept);
}

/** In small pieces, so that every element is divided somewhere. */
function inPieces(text: string): ByteSource {
  return async function* () {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 61) yield bytes.subarray(at, at + 61);
  };
}
