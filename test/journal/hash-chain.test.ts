import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { chainHash, chainStart, checkpointSeal } from '../../src/journal/hash-chain.ts';

const previous = Buffer.alloc(32, 1);
const fields = {
  sequence: 1,
  stream: 'order/A',
  at: '2026-03-02T08:00:00.000Z',
  body: '{"type":"order-closed"}',
};

describe('the hash of a record', () => {
  it('is SHA-256 over the hash before, the number, and each text behind its length', () => {
    const length = (text: string): Buffer => Buffer.from(text.length.toString(16).padStart(16, '0'), 'hex');
    const { stream, at, body } = fields;
    const input: Uint8Array[] = [previous, Buffer.from('0000000000000001', 'hex')];
    for (const text of [stream, at, body]) input.push(length(text), Buffer.from(text));
    const expected = createHash('sha256').update(Buffer.concat(input)).digest('hex');
    expect(Buffer.from(chainHash(previous, fields)).toString('hex')).toBe(expected);
  });

  it('differs when text moves from one field to the next', () => {
    const moved = { ...fields, stream: 'order/', at: `A${fields.at}` };
    expect(chainHash(previous, moved)).not.toEqual(chainHash(previous, fields));
  });

  it('begins differently in every journal', () => {
    expect(chainStart('A').hash).not.toEqual(chainStart('B').hash);
  });

  it('is sealed for one journal and one place', () => {
    const seal = checkpointSeal('A', { sequence: 1_000, hash: previous });
    expect(checkpointSeal('B', { sequence: 1_000, hash: previous })).not.toEqual(seal);
    expect(checkpointSeal('A', { sequence: 2_000, hash: previous })).not.toEqual(seal);
  });
});
