// The chain: every record's hash covers the one before it, so that no record can be changed, lost or moved
// unseen.

import { createHash } from 'node:crypto';

/** The end of a chain, or of a part of it. */
export interface ChainEnd {
  readonly sequence: number;
  readonly hash: Uint8Array;
}

export interface HashedFields {
  readonly sequence: number;
  readonly stream: string;
  readonly at: string;
  readonly body: string;
}

/** Records between two checkpoints. */
export const CHECKPOINT_INTERVAL = 1_000;

/** The record at or before `sequence` that a checkpoint seals; 0 where none is due yet. */
export function checkpointBefore(sequence: number): number {
  return sequence - (sequence % CHECKPOINT_INTERVAL);
}

/** Where the chain of a journal begins: sequence 0, and a hash that only this journal has. */
export function chainStart(journalId: string): ChainEnd {
  return {
    sequence: 0,
    hash: createHash('sha256').update(framed('goniec journal')).update(framed(journalId)).digest(),
  };
}

/**
 * SHA-256 over the previous hash and the fields, each behind its length so that no two records read the same.
 */
export function chainHash(previous: Uint8Array, fields: HashedFields): Uint8Array {
  return createHash('sha256')
    .update(previous)
    .update(number64(fields.sequence))
    .update(framed(fields.stream))
    .update(framed(fields.at))
    .update(framed(fields.body))
    .digest();
}

/** What a checkpoint must carry to be believed: it ties sequence and hash to this journal. */
export function checkpointSeal(journalId: string, end: ChainEnd): Uint8Array {
  return createHash('sha256')
    .update(framed('goniec checkpoint'))
    .update(framed(journalId))
    .update(number64(end.sequence))
    .update(end.hash)
    .digest();
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function framed(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([number64(bytes.length), bytes]);
}

function number64(value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
