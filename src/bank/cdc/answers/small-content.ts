// Takes what is in an envelope as a tree, where it is small: faults, balances, the description of a file.

import type { XmlNode } from '../../../xml/small-document.ts';
import type { XmlStart, XmlVisitor } from '../../../xml/xml-reader.ts';
import { ElementTree } from '../../../xml/element-tree.ts';

/** More than this is no small answer; elements are counted with what they cost beside their text. */
const SIZE_BYTES_MAX = 8 << 20;
const ELEMENT_BYTES = 200;

/** The text of elements named `aside` goes to a place of its own, because it may be a whole file. Throws when all the rest is too large. */
export class SmallContent implements XmlVisitor {
  readonly #tree = new ElementTree();
  readonly #aside: { readonly name: string; readonly text: (bytes: Uint8Array) => void } | undefined;
  #isAside = false;
  #sizeBytes = 0;

  constructor(aside?: { readonly name: string; readonly text: (bytes: Uint8Array) => void }) {
    this.#aside = aside;
  }

  /** The element, once it has ended; throws before. */
  get root(): XmlNode {
    const root = this.#tree.complete;
    if (root === undefined) throw new Error('The answer has not ended.');
    return root;
  }

  start(start: XmlStart): void {
    this.#isAside = start.name.local === this.#aside?.name;
    this.#grow(ELEMENT_BYTES);
    this.#tree.start(start);
  }

  text(bytes: Uint8Array, from: number, to: number): void {
    if (this.#isAside) this.#aside?.text(bytes.subarray(from, to));
    else {
      this.#grow(to - from);
      this.#tree.text(bytes, from, to);
    }
  }

  end(): void {
    this.#isAside = false;
    this.#tree.end();
  }

  #grow(sizeBytes: number): void {
    this.#sizeBytes += sizeBytes;
    if (this.#sizeBytes > SIZE_BYTES_MAX)
      throw new Error(`The answer has more than ${SIZE_BYTES_MAX} bytes, and is no list of entries.`);
  }
}
