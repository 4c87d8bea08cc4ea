// Cuts an Elixir-O file into its lines, as bytes: one line is one order, and no line is ever held beyond a limit.

/** Three times what the sixteen fields can hold. */
export const LINE_BYTES_MAX = 4_096;

const LF = 0x0a;
const CR = 0x0d;
/** Ctrl+Z, by which programs of DOS end a text file. */
const SUB = 0x1a;

export interface RecordLine {
  /** From 1. */
  readonly line: number;
  /** Without its end; the first `LINE_BYTES_MAX` bytes of one that is longer. A view, valid only until the next line. */
  readonly bytes: Uint8Array;
  readonly isTooLong: boolean;
  /** False for what stands behind the last line end. */
  readonly hasEnd: boolean;
}

/** Lines with nothing in them are left out. Reads the source to its end; a piece of it is needed only until the next one. */
export async function* recordLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<RecordLine> {
  const held = Buffer.alloc(LINE_BYTES_MAX + 1);
  let length = 0;
  let line = 1;
  const keep = (piece: Uint8Array, from: number, to: number): void => {
    const kept = piece.subarray(from, Math.min(to, from + held.length - length));
    held.set(kept, length);
    length += kept.length;
  };
  const taken = (hasEnd: boolean): RecordLine | undefined => {
    const isTooLong = length > LINE_BYTES_MAX;
    let end = Math.min(length, LINE_BYTES_MAX);
    if (hasEnd && !isTooLong && held[end - 1] === CR) end--;
    length = 0;
    return end === 0 ? undefined : { line, bytes: held.subarray(0, end), isTooLong, hasEnd };
  };
  for await (const piece of source) {
    let from = 0;
    for (let at = piece.indexOf(LF); at >= 0; at = piece.indexOf(LF, from)) {
      keep(piece, from, at);
      const found = taken(true);
      if (found !== undefined) yield found;
      line++;
      from = at + 1;
      // Lines without anything in them, of which there may be millions, are not worth a search each.
      for (; piece[from] === LF; from++) line++;
    }
    keep(piece, from, piece.length);
  }
  if (length === 1 && held[0] === SUB) return;
  const rest = taken(false);
  if (rest !== undefined) yield rest;
}
