/** Copies an element out of a document that is being read into one that we compose. */
import { ByteBuffer } from './byte-buffer.ts';
import { escapeAttribute } from './escape.ts';
import { ScopedMap } from './scoped-map.ts';
import type { XmlName, XmlStart, XmlVisitor } from './xml-events.ts';

/**
 * Takes the reader's events of one element, from its start to its end, and writes it for a place where `namespace` is
 * the default namespace and no prefix is declared: elements in it get neither prefix nor xmlns, anything else is
 * declared where it is used. Comments and instructions are left out; text is copied as it is, blanks included.
 * A prefix that occurs in a value only (as in xsi:type) is not declared.
 */
export class ElementCopy implements XmlVisitor {
  readonly #parts: Buffer[] = [];
  readonly #out = new ByteBuffer((bytes) => this.#parts.push(Buffer.from(bytes)));
  readonly #declared = new ScopedMap();
  readonly #tags: string[] = [];
  #started = false;

  constructor(namespace: string) {
    this.#declared.set('', namespace, 0);
  }

  /** True once the element has ended; nothing must be told after that. */
  get complete(): boolean {
    return this.#started && this.#tags.length === 0;
  }

  start(start: XmlStart): void {
    this.#started = true;
    const depth = this.#tags.length + 1;
    const tag = this.#elementTag(start.name);
    let attributes = this.#declaration(tag.prefix, start.name.namespace, depth);
    for (const { name, value } of start.attributes) {
      if (name.prefix !== '' && name.prefix !== 'xml')
        attributes += this.#declaration(name.prefix, name.namespace, depth);
      attributes += ` ${written(name.prefix, name.local)}="${escapeAttribute(value)}"`;
    }
    this.#tags.push(tag.text);
    this.#out.writeString(`<${tag.text}${attributes}>`);
  }

  text(bytes: Uint8Array, from: number, to: number): void {
    this.#out.writeText(bytes, from, to);
  }

  end(): void {
    this.#declared.leave(this.#tags.length);
    this.#out.writeString(`</${this.#tags.pop() ?? ''}>`);
  }

  /** The element, in UTF-8, for `XmlWriter.raw`. */
  toBytes(): Buffer {
    if (!this.complete) throw new Error('The element has not ended.');
    this.#out.flush();
    return Buffer.concat(this.#parts);
  }

  /** Without a prefix where the default namespace is the right one already; otherwise as in the source. */
  #elementTag({ prefix, local, namespace }: XmlName): { readonly prefix: string; readonly text: string } {
    const own = namespace === this.#declared.get('') ? '' : prefix;
    return { prefix: own, text: written(own, local) };
  }

  /** Declares a prefix unless it stands for this namespace here already. */
  #declaration(prefix: string, namespace: string, depth: number): string {
    if (this.#declared.get(prefix) === namespace || prefix === 'xml') return '';
    this.#declared.set(prefix, namespace, depth);
    return ` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeAttribute(namespace)}"`;
  }
}

function written(prefix: string, local: string): string {
  return prefix === '' ? local : `${prefix}:${local}`;
}
