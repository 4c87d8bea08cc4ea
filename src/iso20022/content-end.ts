// Finds what an element lacks when it ends.

import assert from 'node:assert/strict';
import type { XmlPosition } from '../xml/xml-reader.ts';
import { lacking } from './content-order.ts';
import type { OpenElement } from './open-element.ts';
import type { Problem } from './problem.ts';
import { missingChoice, missingContent, missingElement } from './structure-problems.ts';

/** Something an element lacks at its end tag. */
export interface Lack {
  readonly problem: Problem;
  /** The child that is missing; undefined when it is one of several, or any. */
  readonly child?: string;
  /** Where it should have been; undefined when the end tag is the place. */
  readonly at?: XmlPosition;
}

/** What an element that holds elements still lacks when it ends. */
export function lacksAtEnd(element: OpenElement): readonly Lack[] {
  const { place, slot } = element;
  switch (place.content) {
    case 'sequence':
      if (isWhole(element)) return NOTHING;
      return lacking(element, place.children.length).map((missing) => lackOf(element, missing));
    case 'choice':
      return slot < 0 ? [{ problem: missingChoice(place) }] : NOTHING;
    case 'any':
    case 'any-unchecked':
      return slot < 0 ? [{ problem: missingContent(place) }] : NOTHING;
    case 'value':
    case 'open':
      return NOTHING;
  }
}

const NOTHING: readonly Lack[] = [];

/** Nearly always so, and found out without making anything. */
function isWhole({ place, counts }: OpenElement): boolean {
  for (const slot of place.required) {
    if ((counts[slot] ?? 0) < (place.children[slot]?.min ?? 0)) return false;
  }
  return true;
}

function lackOf({ place, missedAt }: OpenElement, missing: number): Lack {
  const child = place.children[missing];
  assert(child !== undefined);
  const lack = { problem: missingElement(child, place), child: child.name };
  const at = missedAt?.get(missing);
  return at === undefined ? lack : { ...lack, at };
}
