import { describe, expect, it } from 'vitest';
import { gatherPieces } from '../../../src/bank/cdc/answers/gather-pieces.ts';

/** Written over as soon as the next is asked for, as far as they are still there. */
async function* lent(sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    const piece = Uint8Array.from({ length: size }, (_, n) => (at + n) % 251);
    yield piece;
    if (piece.length > 0) piece.fill(255);
    at += size;
  }
}

async function gathered(sizes: readonly number[]): Promise<{ sizes: number[]; bytes: Buffer }> {
  const pieces: Buffer[] = [];
  for await (const piece of gatherPieces(lent(sizes))) pieces.push(Buffer.from(piece));
  return { sizes: pieces.map(({ length }) => length), bytes: Buffer.concat(pieces) };
}

describe('the pieces of an answer', () => {
  it.each([
    { sizes: [], pieces: [] },
    { sizes: [0], pieces: [] },
    { sizes: [10], pieces: [10] },
    { sizes: Array<number>(20).fill(16_384), pieces: [131_072, 131_072, 65_536] },
    { sizes: [100_000, 31_073, 5], pieces: [100_000, 31_078] },
    { sizes: [5, 131_072, 200_000, 7], pieces: [5, 131_072, 200_000, 7] },
  ])('become larger, with the same bytes: $pieces', async ({ sizes, pieces }) => {
    const found = await gathered(sizes);
    expect(found.sizes).toEqual(pieces);
    expect(found.bytes.every((byte, at) => byte === at % 251)).toBe(true);
  });

  it('give their memory back once they are copied, where nothing else lies in it', async () => {
    const alone = new Uint8Array(3);
    const shared = new Uint8Array(new ArrayBuffer(4), 0, 3);
    const coming = async function* (): AsyncGenerator<Uint8Array> {
      yield* [alone, shared];
    };
    for await (const piece of gatherPieces(coming())) expect(piece).toHaveLength(6);
    expect([alone.length, shared.length]).toEqual([0, 3]);
  });

  it('are not made up when the answer breaks off', async () => {
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('cut off');
    };
    const heard: string[] = [];
    const hear = async (): Promise<void> => {
      for await (const piece of gatherPieces(broken())) heard.push(Buffer.from(piece).toString());
    };
    await expect(hear()).rejects.toThrow('cut off');
    expect(heard).toEqual([]);
  });
});
