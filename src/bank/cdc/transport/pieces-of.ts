// The pieces of a stream as they come: to iterate over the stream itself copies what has gathered in it into one piece, which
// for a large answer is as much work and memory again.

import type { Readable } from 'node:stream';

/** The stream is held back while so much waits. */
const WAITING_BYTES_MAX = 1 << 18;

/** Ends when the stream ends or is closed; fails as it fails. Whoever stops before the end destroys the stream. */
export async function* piecesOf(stream: Readable): AsyncGenerator<Uint8Array> {
  const waiting: Uint8Array[] = [];
  const end: { isOver: boolean; failure: Error | undefined } = { isOver: false, failure: undefined };
  let waitingBytes = 0;
  let wake = (): void => undefined;
  stream.on('data', (piece: Uint8Array) => {
    waiting.push(piece);
    waitingBytes += piece.length;
    if (waitingBytes >= WAITING_BYTES_MAX) stream.pause();
    wake();
  });
  const over = (failure?: Error): void => {
    end.isOver = true;
    end.failure ??= failure;
    wake();
  };
  stream.on('end', () => over());
  stream.on('close', () => over());
  stream.on('error', over);
  try {
    for (;;) {
      for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift()) {
        waitingBytes -= piece.length;
        yield piece;
      }
      if (end.failure !== undefined) throw end.failure;
      if (end.isOver) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        stream.resume();
      });
    }
  } finally {
    if (!end.isOver) stream.destroy();
  }
}
