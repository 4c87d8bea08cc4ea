// Follows the children of an element through its sequences and choices.

import type { XmlName } from '../xml/xml-reader.ts';
import type { Place } from './place.ts';

/** How far the children of one open element have come. */
export interface ContentState {
  readonly place: Place;
  /** Those of the place. */
  readonly children: readonly Place[];
  /** Index of the last child in `place.children`, -1 before the first. */
  slot: number;
  /** How often each child occurred, by index. */
  readonly counts: Int32Array;
}

/** What a child element is at this point. `too-early`: something required has not come yet; `too-late`: it belongs further up. */
export type TurnKind = 'in-order' | 'too-early' | 'too-many' | 'too-late' | 'other-choice';

/** A child of the definition by its index, or one the definition does not have. */
export type Turn = { readonly kind: TurnKind; readonly slot: number } | { readonly kind: 'unknown' };

/**
 * The next child when all is well: its index, or -1 where `turnOf` has to look closer.
 * It knows names by identity, so the first of each name takes the long way.
 */
export function nextInOrder(state: ContentState, name: XmlName): number {
  const { place, counts, children } = state;
  // Documents repeat themselves: what followed here the last time mostly follows again.
  const expected = place.followers[state.slot + 1] ?? 0;
  if (expected > state.slot && children[expected]?.xmlName === name && (counts[expected] ?? 0) === 0)
    return expected;
  const slot = search(state, name);
  if (mayAlwaysFollow(state, slot)) place.followers[state.slot + 1] = slot;
  return slot;
}

/** Whether this child may follow the present one in every element of this place, whatever came before. */
function mayAlwaysFollow({ place, children, slot }: ContentState, next: number): boolean {
  if (place.content !== 'sequence' || next <= slot || (children[slot]?.min ?? 0) > 1) return false;
  for (let between = slot + 1; between < next; between++) if ((children[between]?.min ?? 0) > 0) return false;
  return true;
}

function search(state: ContentState, name: XmlName): number {
  const { place, counts, children } = state;
  const choosing = place.content === 'choice';
  const last = choosing && state.slot >= 0 ? state.slot + 1 : children.length;
  for (let slot = Math.max(state.slot, 0); slot < last; slot++) {
    const child = children[slot];
    if (child === undefined) return -1;
    const count = counts[slot] ?? 0;
    if (child.xmlName === name) return count < child.max ? slot : -1;
    if (count < child.min && !choosing) return -1;
  }
  return -1;
}

/** Classifies a child by its local name; the namespace is the caller's to look at. */
export function turnOf(state: ContentState, local: string): Turn {
  const { place, counts } = state;
  const slot = place.children.findIndex((child) => child.name === local);
  const child = place.children[slot];
  if (child === undefined) return { kind: 'unknown' };
  if (place.content === 'choice' && state.slot >= 0 && slot !== state.slot)
    return { kind: 'other-choice', slot };
  if ((counts[slot] ?? 0) >= child.max) return { kind: 'too-many', slot };
  if (slot < state.slot) return { kind: 'too-late', slot };
  return { kind: lacking(state, slot).length > 0 ? 'too-early' : 'in-order', slot };
}

/** The required children that have not come yet, among those before this index. */
export function lacking(state: ContentState, before: number): readonly number[] {
  const { place, counts } = state;
  if (place.content !== 'sequence') return NONE;
  let missing: number[] | undefined;
  for (let slot = 0; slot < before; slot++) {
    if ((counts[slot] ?? 0) < (place.children[slot]?.min ?? 0)) (missing ??= []).push(slot);
  }
  return missing ?? NONE;
}

const NONE: readonly number[] = [];
