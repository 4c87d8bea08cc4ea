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
