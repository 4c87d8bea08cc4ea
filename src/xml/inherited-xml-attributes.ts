/** The xml:* attributes that an element takes over from its ancestors in Canonical XML section 2.4. */
import { joinedBase } from './joined-base.ts';
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

  /** Version 1.1: of the others only xml:lang and xml:space are taken over, and xml:base is joined to that of each around it. */
  simplyJoinTo(own: readonly XmlAttribute[]): readonly XmlAttribute[] {
    const bases = this.#found.map(({ attribute }) => attribute).filter(isBase);
    const joined = this.joinTo(own).filter(
      (attribute) => !isBase(attribute) && (own.includes(attribute) || SIMPLE.has(attribute.name.local)),
    );
    const ownBase = own.find(isBase);
    const base = ownBase ?? bases[0];
    if (base === undefined) return joined;
    const all = ownBase === undefined ? bases : [...bases, ownBase];
    const value = all.map((attribute) => attribute.value).reduce(joinedBase);
    return value === '' ? joined : [...joined, { name: base.name, value }];
  }

  /** Version 1.0: an element's own attributes with the nearest of each xml:* attribute it has not. */
  joinTo(own: readonly XmlAttribute[]): readonly XmlAttribute[] {
    const joined = [...own];
    for (const { attribute } of this.#found.toReversed()) {
      if (!joined.some(({ name }) => name === attribute.name)) joined.push(attribute);
    }
    return joined;
  }
}

const SIMPLE: ReadonlySet<string> = new Set(['lang', 'space']);

function isBase({ name }: XmlAttribute): boolean {
  return name.namespace === XML_NAMESPACE && name.local === 'base';
}
