// The ways in which the elements of one place were written so far, the latest first.

import type { BytesAtHand } from '../xml/bytes-at-hand.ts';
import type { XmlCursor } from '../xml/xml-events.ts';
import type { ElementLog } from './element-log.ts';
import { ElementShape } from './element-shape.ts';

/** Files made by one program have few. */
const KEPT_MAX = 4;
/** In a file that has ever new ones it does not pay to learn them. */
const LEARNED_MAX = 32;
/** A shape is as large as its element. */
const SHAPE_BYTES_MAX = 1 << 13;

export class KnownShapes {
  /** That of the element that was read last. */
  last: ElementShape | undefined;
  readonly #shapes: ElementShape[] = [];
  #learned = 0;

  /** The index after the element at this '<', with the cursor moved there; -1 where it has no shape that is known. */
  read(index: number, source: BytesAtHand, at: number, end: number, cursor: XmlCursor): number {
    const shapes = this.#shapes;
    for (let k = 0; k < shapes.length; k++) {
      const shape = shapes[k];
      const next = shape?.read(index, source, at, end, cursor) ?? -1;
      if (shape === undefined || next < 0) continue;
      this.last = shape;
      if (k > 0) shapes.unshift(...shapes.splice(k, 1));
      return next;
    }
    return -1;
  }

  /** Takes in how the element from `at` to `end` is written; the log of it is no longer the caller's. */
  learn(log: ElementLog, bytes: Uint8Array, at: number, end: number): void {
    if (this.#learned === LEARNED_MAX || end - at > SHAPE_BYTES_MAX) return;
    this.#learned++;
    if (this.#shapes.length === KEPT_MAX) this.#shapes.pop();
    this.#shapes.unshift(new ElementShape(log, bytes, at, end));
  }

  /** Forgets them, because prefixes have come to mean something else. */
  clear(): void {
    this.#shapes.length = 0;
  }
}
