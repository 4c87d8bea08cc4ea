// How whoever reads a document hears of its elements and values.

import type { XmlPosition } from '../xml/xml-reader.ts';

/** Hears what the document checker recognises. Elements below a wildcard (supplementary data) are checked but not told. */
export interface ElementListener {
  /**
   * Asked once for each place that a document reaches: a number of the listener's own, handed back with all that is told of the
   * place, or a negative one when nothing of it is to be told. Without this everything is told, under 0.
   */
  keyOf?(path: string): number;
  /**
   * A known element starts; the path is the definition's names joined by '/', without indexes and without 'Document' (whose own
   * path is ''). It is the same string object for the same place, so compare by ===.
   */
  enter?(path: string, start: XmlPosition, key: number): void;
  /**
   * A simple value was read and checked; white space around it is gone where the schema says it does not count. The
   * attributes are e.g. {Ccy: 'PLN'}. Valid is false when a fault was reported for the value or an attribute.
   */
  value?(
    path: string,
    text: string,
    attributes: Readonly<Record<string, string>>,
    at: XmlPosition,
    valid: boolean,
  ): void;
  /**
   * Told instead of `value`, and of the start and end of its element, to those who have it: for large documents, of whose
   * values few are needed as strings.
   */
  rawValue?(value: RawValue, key: number): void;
  leave?(path: string, end: ElementEnd, key: number): void;
  /**
   * Offered instead of all that would be told of an element, its start and end included, to those who have it: an element that
   * is written like an earlier one. False to be told of it after all.
   */
  whole?(element: WholeElement, key: number): boolean;
}

/** An element that is in order, with all that would be told of its inside. The object is used again, and its bytes are. */
export interface WholeElement extends ElementEnd {
  /** Which one it is among those of its name, from 1. */
  readonly index: number;
  readonly bytes: Uint8Array;
  /** In document order, itself first; the same array for all elements that are written alike. */
  readonly parts: readonly WholePart[];
  /** Where the value of a part stands: UTF-8 from here up to, not with, `valueTo`. */
  valueFrom(part: number): number;
  valueTo(part: number): number;
  /** The place of a value, or of the start tag of a part that has none. */
  lineOf(part: number): number;
  columnOf(part: number): number;
}

/** An element in a whole one, or itself. */
export interface WholePart {
  readonly key: number;
  readonly isValue: boolean;
  /** Which one it is among those of its name, from 1. */
  readonly index: number;
  readonly attributes: RawValue['attributes'];
  /** The elements around it, within the whole one, and itself, with `[n]` on those that may repeat; '' for the whole one. */
  readonly path: string;
}

/** A value as it stands in the document. The object and its bytes are used again: what is kept must be copied. */
export interface RawValue {
  /** UTF-8 from `from` up to, not with, `to`. */
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly line: number;
  readonly column: number;
  /** Which one its element is among those of its name, from 1. */
  readonly index: number;
}

/** Where an element ends: the position of its end tag, and the byte offset just after it. */
export interface ElementEnd extends XmlPosition {
  readonly endOffset: number;
}
