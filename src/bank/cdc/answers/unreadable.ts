// Turns what strict reading throws into the answer's fault, at the one place where a reading begins.

import type { XmlNode } from '../../../xml/small-document.ts';
import { parseSmallDocument } from '../../../xml/small-document.ts';
import type { Unreadable } from '../../channel.ts';

export function unreadable(reason: string): Unreadable {
  return { kind: 'unreadable', reason };
}

/** Reads a document as a tree; what is not as `read` requires makes it unreadable, with the element named. */
export function readingOf<T>(document: Uint8Array, read: (root: XmlNode) => T): T | Unreadable {
  return orUnreadable(() => {
    const root = parseSmallDocument(document, { sizeBytesMax: document.length });
    return 'children' in root ? read(root) : unreadable(`${root.message} (line ${root.line})`);
  });
}

/**
 * Whatever goes wrong while an answer is read, a mistake of ours included, makes the answer unreadable: an exception
 * after an order went out would hide that it did.
 */
export function orUnreadable<T>(read: () => T | Unreadable): T | Unreadable {
  try {
    return read();
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

export function isUnreadable(value: object | undefined): value is Unreadable {
  return value !== undefined && 'kind' in value && value.kind === 'unreadable';
}
