// Makes larger pieces of an answer: over TLS it comes 16 KB at a time, and an entry that is cut in two is read tag by tag.

const GATHERED_BYTES = 1 << 17;

/**
 * The same bytes; a piece is valid only until the next is asked for, and those that come in are used up. Fails as `pieces` fails,
 * without what was gathered last.
 */
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
      release(piece);
    }
  }
  if (length > 0) yield memory.subarray(0, length);
}

/**
 * Gives back memory that holds nothing but this piece. The collector counts it only with all the rest, at every 32 MB that came:
 * that much was held, and most of the time of receiving went into counting.
 */
function release({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
