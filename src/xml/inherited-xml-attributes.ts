/** The xml:* attributes that an element takes over from its ancestors in Canonical XML 1.0 section 2.4. */
import { XML_NAMESPACE } from './namespaces.ts';
import type { XmlAttribute, XmlStart } from './xml-events.ts';

/** The attributes of the open elements outside the subset. */
export class InheritedXmlAttributes {
  readonly #found: { readonly attribute: XmlAttribute; readonly depth: number }[] = [];

  enter(start: XmlStart): void {
    for (const attribute of start.attributes) {
      if (attribute.name.namespace === XML_NAMESPACE) this.#found.push({ attribute, depth: start.depth });
    }
  }

  leave(depth: number): void {
    while (this.#found.at(-1)?.depth === depth) this.#found.pop();
  }

  /** An element's own attributes with the nearest of each xml:* attribute it has not. */
  joinTo(own: readonly XmlAttribute[]): readonly XmlAttribute[] {
    const joined = [...own];
    for (const { attribute } of this.#found.toReversed()) {
      if (!joined.some(({ name }) => name === attribute.name)) joined.push(attribute);
    }
    return joined;
  }
}
