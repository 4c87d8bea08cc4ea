// The pieces of a stream as they come: to iterate over the stream itself copies what has gathered in it into one piece, which
// for a large answer is as much work and memory again.

import type { Readable } from 'node:stream';

/** The stream is held back while so much waits. */
const WAITING_BYTES_MAX = 1 << 18;

/** Ends when the stream ends or is closed; fails as it fails. Whoever stops before the end destroys the stream. */
export async function* piecesOf(stream: Readable): AsyncGenerator<Uint8Array> {
  const waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let isOver = false;
  let failure: Error | undefined;
  let wake = (): void => undefined;
  const over = (error?: Error): void => {
    isOver = true;
    failure ??= error;
    wake();
  };
  stream.on('data', (piece: Uint8Array) => {
    waiting.push(piece);
    waitingBytes += piece.length;
    if (waitingBytes >= WAITING_BYTES_MAX) stream.pause();
    wake();
  });
  stream.on('end', () => over()).on('close', () => over());
  stream.on('error', over);
  try {
    for (;;) {
      for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift()) {
        waitingBytes -= piece.length;
        yield piece;
      }
      if (failure !== undefined) throw failure;
      if (isOver) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      stream.resume();
      await promise;
    }
  } finally {
    if (!isOver) stream.destroy();
  }
}
