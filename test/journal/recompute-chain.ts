// The chain of an export computed again as docs/journal.md describes it, with nothing of src/: what a stranger
// would do.

import { createHash } from 'node:crypto';

export interface ExportedRecord {
  readonly sequence: number;
  readonly stream: string;
  readonly at: string;
  readonly hash: string;
  /** The bytes between `,"event":` and `,"hash":"`. */
  readonly body: string;
}

export interface Exported {
  readonly journal: string;
  readonly after: number;
  readonly hash: string;
  readonly records: readonly ExportedRecord[];
}

/** Reads an export; throws for a line that is not as described. */
export function readExport(text: string): Exported {
  const [first = '', ...rest] = text.trimEnd().split('\n');
  const heading = JSON.parse(first) as Omit<Exported, 'records'> & { readonly format: number };
  if (heading.format !== 1) throw new Error(`unknown format: ${first}`);
  return { ...heading, records: rest.map(readRecord) };
}

/** The number of the first record whose hash is not the one that follows from the lines before it. */
export function firstBroken({ journal, after, hash, records }: Exported): number | undefined {
  let previous = Buffer.from(hash, 'hex');
  if (after === 0) {
    const start = createHash('sha256').update(framed('goniec journal')).update(framed(journal)).digest();
    if (!start.equals(previous)) return 0;
  }
  for (const [index, record] of records.entries()) {
    if (record.sequence !== after + 1 + index) return after + 1 + index;
    const sequence = Buffer.alloc(8);
    sequence.writeBigUInt64BE(BigInt(record.sequence));
    const input = [previous, sequence, framed(record.stream), framed(record.at), framed(record.body)];
    const computed = createHash('sha256').update(Buffer.concat(input)).digest();
    if (computed.toString('hex') !== record.hash) return record.sequence;
    previous = computed;
  }
  return undefined;
}

function readRecord(line: string): ExportedRecord {
  const { sequence, stream, at, hash } = JSON.parse(line) as ExportedRecord;
  const from = line.indexOf(',"event":') + ',"event":'.length;
  const to = line.length - `,"hash":"${hash}"}`.length;
  return { sequence, stream, at, hash, body: line.slice(from, to) };
}

function framed(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(bytes.length));
  return Buffer.concat([length, bytes]);
}
