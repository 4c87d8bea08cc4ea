// Reads the small elements of a signature, where everything that is not expected is refused.
import type { XmlNode } from '../xml/small-document.ts';
import { xadesNamespace, xmldsigNamespace } from './signature-profile.ts';

/** Ends the reading of a signature at the first thing that is not as it must be; caught by `readSignatureParts`. */
export class PartsError extends Error {}

/** The children, which must be exactly these in this order; names are written with the prefix `ds` or `xades`. */
export function childrenOf<const Names extends readonly string[]>(
  node: XmlNode,
  names: Names,
): { readonly [Index in keyof Names]: XmlNode } {
  const found = node.children.map(prefixed);
  if (found.length === names.length && found.every((name, index) => name === names[index])) {
    return node.children as unknown as { readonly [Index in keyof Names]: XmlNode };
  }
  throw new PartsError(
    `${prefixed(node)} of the signature must hold ${names.join(', ') || 'no element'}, and it holds ${listed(found)}`,
  );
}

/** The first few: whoever made the message chose how many there are. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_MAX).map((name) => name.slice(0, NAME_CHARACTERS_MAX));
  const more = names.length - shown.length;
  return `${shown.join(', ') || 'none'}${more > 0 ? ` and ${more} more` : ''}`;
}

const SHOWN_MAX = 8;
const NAME_CHARACTERS_MAX = 60;

/** Refuses attributes of other names; a missing one of these is not an error here. */
export function allowAttributes(node: XmlNode, ...names: readonly string[]): void {
  const stranger = [...node.attributes.keys()].find((name) => !names.includes(name));
  if (stranger !== undefined)
    throw new PartsError(`${prefixed(node)} of the signature must not have the attribute ${stranger}`);
}

/** The key of the table whose URI stands in `Algorithm`, at an element without content. */
export function algorithmOf<Name extends string>(node: XmlNode, table: Readonly<Record<Name, string>>): Name {
  childrenOf(node, []);
  allowAttributes(node, 'Algorithm');
  const uri = node.attributes.get('Algorithm');
  const names = Object.keys(table) as Name[];
  const name = names.find((one) => table[one] === uri);
  if (name === undefined)
    throw new PartsError(
      `${prefixed(node)} of the signature names the algorithm ${uri ?? 'nothing'}, which is not known here`,
    );
  return name;
}

/** The octets in base64 (RFC 4648 section 4) between blanks and line ends. */
export function octetsOf(node: XmlNode): Uint8Array {
  childrenOf(node, []);
  allowAttributes(node);
  const text = node.text.replace(/[ \t\r\n]/g, '');
  const octets = Buffer.from(text, 'base64');
  // Node skips what it does not know; only the one way of writing these octets is taken.
  if (octets.length > 0 && octets.toString('base64') === text) return octets;
  throw new PartsError(`${prefixed(node)} of the signature holds no base64`);
}

/** What all of these are, because no profile mixes algorithms. */
export function uniform<Name extends string>(names: readonly [Name, ...Name[]]): Name {
  const [first, ...others] = names;
  const other = others.find((name) => name !== first);
  if (other !== undefined) throw new PartsError(`the signature mixes ${first} and ${other}`);
  return first;
}

export function prefixed(node: XmlNode): string {
  switch (node.namespace) {
    case xmldsigNamespace:
      return `ds:${node.name}`;
    case xadesNamespace:
      return `xades:${node.name}`;
    default:
      return `{${node.namespace}}${node.name}`;
  }
}
