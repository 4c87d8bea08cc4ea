// Writes a document that comes as events back into bytes, piece by piece.

import { escapeAttribute, escapeText } from '../../xml/escape.ts';
import type { XmlEnd, XmlStart } from '../../xml/xml-reader.ts';
import type { ConvertedVisitor } from './version-3-visitor.ts';

const PIECE_CHARACTERS = 1 << 16;

/** All elements stand in one namespace, declared on the root. Attributes in a namespace (hints for schema tools) are left out. */
export class DocumentText implements ConvertedVisitor {
  #text = '';

  start({ name, attributes, depth }: XmlStart): void {
    const own = attributes.filter((attribute) => attribute.name.namespace === '');
    const written = own
      .map((attribute) => ` ${attribute.name.local}="${escapeAttribute(attribute.value)}"`)
      .join('');
    const namespace = depth === 1 ? ` xmlns="${escapeAttribute(name.namespace)}"` : '';
    this.#text += `<${name.local}${namespace}${written}>`;
  }

  text(bytes: Uint8Array, from: number, to: number): void {
    this.#text += escapeText(Buffer.from(bytes.subarray(from, to)).toString('utf8'));
  }

  end({ name }: XmlEnd): void {
    this.#text += `</${name.local}>`;
  }

  /** What has come together, once it is enough to be worth a piece. */
  drain(last = false): readonly Uint8Array[] {
    if (this.#text.length < (last ? 1 : PIECE_CHARACTERS)) return [];
    const piece = Buffer.from(this.#text, 'utf8');
    this.#text = '';
    return [piece];
  }
}
