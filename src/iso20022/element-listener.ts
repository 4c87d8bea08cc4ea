// How whoever reads a document hears of its elements and values.

import type { XmlEnd, XmlPosition, XmlStart } from '../xml/xml-reader.ts';

/** Hears what the document checker recognises. Elements below a wildcard (supplementary data) are checked but not told. */
export interface ElementListener {
  /**
   * A known element starts; the path is the definition's names joined by '/', without indexes and without 'Document' (whose own
   * path is ''). It is the same string object for the same place, so compare by ===.
   */
  enter?(path: string, start: XmlStart): void;
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
  leave?(path: string, end: XmlEnd): void;
}
