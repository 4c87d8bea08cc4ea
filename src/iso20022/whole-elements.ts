// Takes elements that repeat and are certainly in order from the reader whole, and tells the listener what is in them.

import type { XmlCursor, XmlStart, XmlWholes } from '../xml/xml-events.ts';
import { LT } from '../xml/characters.ts';
import { CertainElement, UNCERTAIN } from './certain-element.ts';
import type { ElementListener } from './element-listener.ts';
import type { ElementLog } from './element-log.ts';
import type { BytesAtHand } from './known-shapes.ts';
import type { OpenElement } from './open-element.ts';
import type { Place } from './place.ts';

export class WholeElements implements XmlWholes {
  /** The present element; undefined where nothing is looked at. */
  within: OpenElement | undefined;
  readonly #listener: ElementListener;
  readonly #element = new CertainElement();
  #log: ElementLog | undefined;
  #source: BytesAtHand | undefined;

  constructor(listener: ElementListener) {
    this.#listener = listener;
  }

  get wanted(): boolean {
    return this.within?.again !== undefined;
  }

  take(bytes: Uint8Array, at: number, end: number, cursor: XmlCursor): number {
    const parent = this.within;
    const place = parent?.again;
    if (parent === undefined || place === undefined || parent.children[parent.slot] !== place)
      return UNCERTAIN;
    const index = (parent.counts[parent.slot] ?? 0) + 1;
    if (index > place.max) return UNCERTAIN;
    const next = this.#read(place, index, this.#look(bytes), at, end, cursor);
    if (next === UNCERTAIN) return UNCERTAIN;
    parent.count(parent.slot);
    this.#log?.tell(this.#listener, bytes, cursor.base);
    return next;
  }

  /** Which one the element that is just told of is among those of its name, if it is taken. */
  index(): number | undefined {
    return this.#log?.index();
  }

  /** The elements that are taken and enclose what is just told of, outermost first. */
  path(): readonly { readonly place: Place; readonly index: number }[] {
    return this.#log?.path() ?? [];
  }

  #look(bytes: Uint8Array): BytesAtHand {
    if (this.#source?.bytes !== bytes) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      this.#source = { bytes, view, lastTag: bytes.lastIndexOf(LT) };
    }
    return this.#source;
  }

  #read(
    place: Place,
    index: number,
    source: BytesAtHand,
    at: number,
    end: number,
    cursor: XmlCursor,
  ): number {
    const { shapes } = place;
    const known = shapes.read(index, source, at, end, cursor);
    if (known !== UNCERTAIN) {
      this.#log = shapes.log;
      return known;
    }
    const next = this.#element.read(place, index, source, at, end, cursor);
    if (next === UNCERTAIN) return UNCERTAIN;
    this.#log = this.#element.takeLog();
    shapes.learn(this.#log, source.bytes, at, next);
    return next;
  }
}

/** Whether the next one here is offered: there may be one, and no prefix means another namespace than in this one. */
export function mayComeAgain({ max, content }: Place, { declarations }: XmlStart): boolean {
  return max > 1 && (content === 'sequence' || content === 'choice') && declarations.length === 0;
}
