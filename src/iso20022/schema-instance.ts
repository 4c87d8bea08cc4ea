// Attributes of XML Schema itself, which may stand anywhere.

import type { XmlAttribute, XmlStart } from '../xml/xml-reader.ts';
import type { Place } from './place.ts';
import type { Problem } from './problem.ts';

/** The namespace whose attributes may stand on any element, without being in any definition. */
export const XSI_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';

/**
 * Checks the attributes of XML Schema itself (XML Schema 1.0 part 1, sections 2.6 and 3.3.4).
 * It has to see every start tag that declares namespaces, because the value of xsi:type is a name with a prefix.
 */
export class SchemaInstance {
  readonly #namespace: string;
  /** Declarations of the open elements, outermost first; those of elements since closed are dropped when next looked at. */
  readonly #scopes: { readonly depth: number; readonly prefix: string; readonly namespace: string }[] = [];

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  /** Takes in the declarations of a start tag. */
  declare(start: XmlStart): void {
    this.#dropClosed(start.depth);
    for (const { prefix, namespace } of start.declarations) {
      this.#scopes.push({ depth: start.depth, prefix, namespace });
    }
  }

  /** What is wrong with an attribute of the xsi namespace on this element; undefined when nothing is. */
  problem(attribute: XmlAttribute, start: XmlStart, place: Place): Problem | undefined {
    switch (attribute.name.local) {
      case 'schemaLocation':
      case 'noNamespaceSchemaLocation':
        return undefined;
      case 'type':
        // No ISO type is derived from the type of an element, so the only type it may name is its own.
        return this.typeNamed(start) === place.typeName ? undefined : otherType(place);
      case 'nil':
        return notNillable(place);
      default:
        return unknownInstanceAttribute(attribute.name.local);
    }
  }

  /** The type of the definition that xsi:type names on this element: undefined without xsi:type, '' when it is no such type. */
  typeNamed(start: XmlStart): string | undefined {
    const attribute = start.attributes.find(
      ({ name }) => name.local === 'type' && name.namespace === XSI_NAMESPACE,
    );
    if (attribute === undefined) return undefined;
    const [first = '', second] = attribute.value.replaceAll(AROUND, '').split(':');
    const prefix = second === undefined ? '' : first;
    this.#dropClosed(start.depth + 1);
    const namespace = this.#scopes.findLast((scope) => scope.prefix === prefix)?.namespace;
    return namespace === this.#namespace ? (second ?? first) : '';
  }

  #dropClosed(depth: number): void {
    while ((this.#scopes.at(-1)?.depth ?? 0) >= depth) this.#scopes.pop();
  }
}

/** White space around a name does not count. */
const AROUND = /^[ \t\r\n]+|[ \t\r\n]+$/g;

function otherType(place: Place): Problem {
  const message = `xsi:type gives ${place.name} a type that is not its own.`;
  return { rule: 'schema.attribute-unknown', message, remedy: 'Remove the attribute xsi:type.' };
}

function notNillable(place: Place): Problem {
  const message = `${place.name} cannot be nil, so it may not carry xsi:nil.`;
  return { rule: 'schema.attribute-unknown', message, remedy: 'Remove the attribute xsi:nil.' };
}

function unknownInstanceAttribute(local: string): Problem {
  const message = `XML Schema has no attribute xsi:${local}.`;
  return { rule: 'schema.attribute-unknown', message, remedy: 'Remove the attribute.' };
}
