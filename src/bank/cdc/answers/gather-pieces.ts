// Makes larger pieces of an answer: over TLS it comes 16 KB at a time, and an entry that is cut in two is read tag by tag.

const GATHERED_BYTES = 1 << 17;

/** The same bytes; a piece is valid only until the next is asked for. Fails as `pieces` fails, without what was gathered last. */
export async function* gatherPieces(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const memory = Buffer.allocUnsafeSlow(GATHERED_BYTES);
  let length = 0;
  for await (const piece of pieces) {
    if (length + piece.length > GATHERED_BYTES && length > 0) {
      yield memory.subarray(0, length);
      length = 0;
    }
    if (piece.length >= GATHERED_BYTES) yield piece;
    else {
      memory.set(piece, length);
      length += piece.length;
    }
  }
  if (length > 0) yield memory.subarray(0, length);
}
