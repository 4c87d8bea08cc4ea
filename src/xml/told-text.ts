/** Hands pieces of text on to the visitor, as long as they do not exceed the limit together. */
import type { ReaderState } from './reader-state.ts';
import type { XmlPosition } from './xml-events.ts';

/** The place of a piece, used again for every one. */
class PiecePosition implements XmlPosition {
  line = 1;
  column = 1;
  offset = 0;
}

/** The text that the visitor was told. */
export class ToldText {
  readonly #state: ReaderState;
  readonly #position = new PiecePosition();
  /** Bytes of this run of text so far. */
  #runBytes = 0;

  constructor(state: ReaderState) {
    this.#state = state;
  }

  /** A tag was read: another run of text starts. */
  startRun(): void {
    this.#runBytes = 0;
  }

  /** Hands on bytes that stand for what is at `index` of the input, in this line; false at the fault that they are too many. */
  tell(
    bytes: Uint8Array,
    from: number,
    to: number,
    index: number,
    line: number,
    lineBase: number,
    canonical: boolean,
  ): boolean {
    if (!this.count(to - from, index, line, lineBase)) return false;
    const position = this.#position;
    position.line = line;
    position.offset = this.#state.base + index;
    position.column = position.offset - lineBase + 1;
    this.#state.visitor.text?.(bytes, from, to, position, canonical);
    return true;
  }

  /** Counts bytes of text that begin at `index` of the input, in this line; false at the fault that they are too many. */
  count(lengthBytes: number, index: number, line: number, lineBase: number): boolean {
    const { textBytesMax } = this.#state.limits;
    this.#runBytes += lengthBytes;
    if (this.#runBytes <= textBytesMax) return true;
    const offset = this.#state.base + index;
    const position = { line, column: offset - lineBase + 1, offset };
    this.#state.failAt('xml.limit.text', `A text has more than ${textBytesMax} bytes.`, position);
    return false;
  }
}
