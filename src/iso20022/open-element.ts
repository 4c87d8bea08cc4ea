// The state of one element between its start tag and its end tag.

import type { XmlPosition, XmlStart } from '../xml/xml-reader.ts';
import type { ContentState } from './content-order.ts';
import type { Place } from './place.ts';

/** What the checker remembers of an element until its end tag; reused for later elements at the same depth. */
export class OpenElement implements ContentState, XmlPosition {
  place: Place;
  children: readonly Place[];
  slot = -1;
  counts = new Int32Array(32);
  /** The index of the child that started last. */
  lastIndex = 1;
  /** Which one it is among those of its name in its parent, from 1. */
  index = 1;
  line = 0;
  column = 0;
  offset = 0;
  /** Its attributes by name, those its definition has. */
  attributes: Readonly<Record<string, string>> = NO_ATTRIBUTES;
  /** False once a fault of its attributes or its value was found. */
  valid = true;
  /** True once text was found between elements, or an element in a value: reported once, however often it happens. */
  mixed = false;
  /** The child that was read last, if others like it may be recognised by their bytes. */
  again: Place | undefined;
  /** Where a required child was first seen to be missing, by its index; it may still come, out of order. */
  missedAt: Map<number, XmlPosition> | undefined;

  constructor(place: Place) {
    this.place = place;
    this.children = place.children;
  }

  /** Starts again as the element of this start tag. */
  reset(place: Place, index: number, start: XmlStart): void {
    this.place = place;
    this.children = place.children;
    this.index = index;
    this.slot = -1;
    this.line = start.line;
    this.column = start.column;
    this.offset = start.offset;
    this.attributes = NO_ATTRIBUTES;
    this.valid = true;
    this.mixed = false;
    this.missedAt = undefined;
    this.again = undefined;
    const children = this.children.length;
    if (children > this.counts.length) this.counts = new Int32Array(children);
    // A loop, because calling fill costs more than clearing so few.
    else for (let slot = 0; slot < children; slot++) this.counts[slot] = 0;
  }

  /** Counts one more of a child. */
  count(slot: number): void {
    this.lastIndex = (this.counts[slot] ?? 0) + 1;
    this.counts[slot] = this.lastIndex;
  }

  /** Notes that these children should have come before this point; an earlier note stands. */
  miss(slots: readonly number[], at: XmlPosition): void {
    this.missedAt ??= new Map();
    for (const slot of slots) if (!this.missedAt.has(slot)) this.missedAt.set(slot, copyOf(at));
  }

  /** Its own position, to keep. */
  get position(): XmlPosition {
    return copyOf(this);
  }
}

const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({});

function copyOf({ line, column, offset }: XmlPosition): XmlPosition {
  return { line, column, offset };
}
