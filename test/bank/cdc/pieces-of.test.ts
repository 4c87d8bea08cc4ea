import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { piecesOf } from '../../../src/bank/cdc/transport/pieces-of.ts';

const PIECE_BYTES = 1 << 16;

function streamOf(pieces: Iterable<Uint8Array>): Readable {
  return Readable.from(pieces, { objectMode: false });
}

it('gives the very pieces that came, in their order', async () => {
  const came = Array.from({ length: 50 }, (_, n) => Buffer.alloc(PIECE_BYTES, n));
  const given: Uint8Array[] = [];
  for await (const piece of piecesOf(streamOf(came))) given.push(piece);
  expect(Buffer.concat(given).equals(Buffer.concat(came))).toBe(true);
  expect(given.every(({ length }) => length === PIECE_BYTES)).toBe(true);
});

it('holds the stream back while nobody takes its pieces', async () => {
  let asked = 0;
  const endless = function* (): Generator<Uint8Array> {
    for (;;) {
      asked += 1;
      yield Buffer.alloc(PIECE_BYTES);
    }
  };
  const pieces = piecesOf(streamOf(endless()));
  await pieces.next();
  for (let turn = 0; turn < 100; turn += 1) await setImmediate();
  expect(asked).toBeLessThan(10);
  await pieces.return(undefined);
});

it('gives what came before the stream failed, then fails as it did', async () => {
  const failing = new Readable({ read: () => undefined });
  const pieces = piecesOf(failing);
  const first = pieces.next();
  failing.push(Buffer.from('half'));
  expect((await first).value).toEqual(Buffer.from('half'));
  failing.destroy(new Error('cut off'));
  await expect(pieces.next()).rejects.toThrow('cut off');
});

it('ends when the stream is closed without a word, and destroys one that is not read to its end', async () => {
  const closed = new Readable({ read: () => undefined });
  const waiting = piecesOf(closed).next();
  closed.destroy();
  expect((await waiting).done).toBe(true);

  const left = streamOf([Buffer.from('a'), Buffer.from('b')]);
  const pieces = piecesOf(left);
  await pieces.next();
  await pieces.return(undefined);
  expect(left.destroyed).toBe(true);
});
