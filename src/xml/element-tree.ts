// Builds the tree of one element from the reader's events: one entry at a time is small, however long the document.

import type { XmlNode } from './small-document.ts';
import type { XmlStart } from './xml-events.ts';

interface Growing extends XmlNode {
  readonly children: Growing[];
  text: string;
}

/** Takes the events of one element, from its start to its end. */
export class ElementTree {
  readonly #open: Growing[] = [];
  readonly #lineShift: number;
  #root: Growing | undefined;

  /** `lineShift` is added to the lines, where the element is part of another document than the one that is read. */
  constructor(lineShift = 0) {
    this.#lineShift = lineShift;
  }

  /** The element, once it has ended. */
  get complete(): XmlNode | undefined {
    return this.#open.length === 0 ? this.#root : undefined;
  }

  start({ name, attributes, line }: XmlStart): void {
    const node: Growing = {
      name: name.local,
      namespace: name.namespace,
      attributes: new Map(
        attributes.map((one) => [
          one.name.namespace === '' ? one.name.local : `{${one.name.namespace}}${one.name.local}`,
          one.value,
        ]),
      ),
      children: [],
      text: '',
      line: line + this.#lineShift,
    };
    this.#open.at(-1)?.children.push(node);
    this.#root ??= node;
    this.#open.push(node);
  }

  text(bytes: Uint8Array, from: number, to: number): void {
    const node = this.#open.at(-1);
    if (node !== undefined)
      node.text += Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
  }

  end(): void {
    this.#open.pop();
  }
}
