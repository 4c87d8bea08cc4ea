/** Bytes that whole elements are looked for in, with what is found out about them once. */
import { LT } from './characters.ts';

export interface BytesAtHand {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Where the last '<' stands: whoever stays before it never looks beyond the bytes, which would be slow. */
  readonly lastTag: number;
}

/** Remembers what it found out about the bytes it was asked about last. */
export class Surveyor {
  #last: BytesAtHand | undefined;

  look(bytes: Uint8Array): BytesAtHand {
    if (this.#last?.bytes === bytes) return this.#last;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return (this.#last = { bytes, view, lastTag: bytes.lastIndexOf(LT) });
  }
}
