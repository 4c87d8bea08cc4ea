// Reads a file in large pieces, the next one while the last is being worked on.

import { open } from 'node:fs/promises';

const PIECE_BYTES = 1 << 18;

/** A piece is valid only until the next one is asked for: two buffers are used in turn, so memory stays flat. */
export async function* filePieces(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  const buffers = [new Uint8Array(PIECE_BYTES), new Uint8Array(PIECE_BYTES)] as const;
  const read = async (turn: number): Promise<Uint8Array> => {
    const buffer = buffers[turn % 2 === 0 ? 0 : 1];
    const { bytesRead } = await file.read(buffer, 0, PIECE_BYTES);
    return buffer.subarray(0, bytesRead);
  };
  let next = read(0);
  try {
    for (let turn = 1; ; turn++) {
      const piece = await next;
      if (piece.length === 0) return;
      next = read(turn);
      yield piece;
    }
  } finally {
    await next.catch(() => undefined);
    await file.close();
  }
}
