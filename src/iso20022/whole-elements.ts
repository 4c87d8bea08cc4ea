// Takes elements that repeat and are certainly in order from the reader whole, and tells the listener what is in them.

import { Surveyor } from '../xml/bytes-at-hand.ts';
import type { XmlCursor, XmlStart, XmlWholes } from '../xml/xml-events.ts';
import { CertainElement, UNCERTAIN } from './certain-element.ts';
import type { ElementListener } from './element-listener.ts';
import type { ElementLog } from './element-log.ts';
import type { OpenElement } from './open-element.ts';
import type { Place } from './place.ts';

export class WholeElements implements XmlWholes {
  /** The present element; undefined where nothing is looked at. */
  within: OpenElement | undefined;
  readonly #listener: ElementListener;
  readonly #element = new CertainElement();
  #log: ElementLog | undefined;
  readonly #surveyor = new Surveyor();

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
    const source = this.#surveyor.look(bytes);
    const { shapes } = place;
    const known = shapes.read(index, source, at, end, cursor);
    const next = known === UNCERTAIN ? this.#element.read(place, index, source, at, end, cursor) : known;
    if (next === UNCERTAIN) return UNCERTAIN;
    parent.count(parent.slot);
    if (known !== UNCERTAIN && this.#tellWhole(place)) return next;
    this.#log = (known === UNCERTAIN ? undefined : shapes.last?.log) ?? this.#element.takeLog();
    this.#log.tell(this.#listener, bytes, cursor.base);
    if (known === UNCERTAIN) shapes.learn(this.#log, bytes, at, next);
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

  #tellWhole({ shapes: { last }, key = -1 }: Place): boolean {
    return last !== undefined && key >= 0 && this.#listener.whole?.(last, key) === true;
  }
}

/** Whether the next one here is offered: there may be one, and no prefix means another namespace than in this one. */
export function mayComeAgain({ max, content }: Place, { declarations }: XmlStart): boolean {
  return max > 1 && (content === 'sequence' || content === 'choice') && declarations.length === 0;
}
