// Single tags as text, for documents that are put together from pieces of others and never built as a whole.

import { escapeAttribute, escapeText } from '../../xml/escape.ts';
import type { XmlStart } from '../../xml/xml-reader.ts';

/**
 * A start tag for an element found elsewhere: its local name in the default namespace, no attributes, and the prefixes it
 * declares, so that what is copied into it may go on using them. `namespace` becomes the default namespace.
 */
export function startTag(start: XmlStart, namespace?: string): string {
  const prefixes = start.declarations.filter(({ prefix }) => prefix !== '');
  const declared = prefixes
    .map((found) => ` xmlns:${found.prefix}="${escapeAttribute(found.namespace)}"`)
    .join('');
  const own = namespace === undefined ? '' : ` xmlns="${escapeAttribute(namespace)}"`;
  return `<${start.name.local}${own}${declared}>`;
}

export function endTag(name: string): string {
  return `</${name}>`;
}

export function leaf(name: string, text: string): string {
  return `<${name}>${escapeText(text)}</${name}>`;
}
