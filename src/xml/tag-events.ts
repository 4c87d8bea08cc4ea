/** What the visitor is told of tags: one object for all starts and one for all ends, filled anew for each. */
import type { NamespaceDeclaration, XmlAttribute, XmlEnd, XmlName, XmlStart } from './xml-events.ts';

const NO_NAME: XmlName = { prefix: '', local: '', namespace: '' };
const NO_BYTES: Uint8Array = new Uint8Array(0);
const NO_ATTRIBUTES: readonly XmlAttribute[] = Object.freeze([]);
const NO_DECLARATIONS: readonly NamespaceDeclaration[] = Object.freeze([]);

/** A start tag; canonical until something in it turns out to be written otherwise. */
export class StartEvent implements XmlStart {
  name = NO_NAME;
  attributes = NO_ATTRIBUTES;
  declarations = NO_DECLARATIONS;
  depth = 0;
  line = 1;
  column = 1;
  offset = 0;
  bytes = NO_BYTES;
  from = 0;
  to = 0;
  canonical = true;

  /** Starts again at this '<'. */
  reset(line: number, column: number, offset: number, depth: number): void {
    this.line = line;
    this.column = column;
    this.offset = offset;
    this.depth = depth;
    this.canonical = true;
    if (this.attributes !== NO_ATTRIBUTES) this.attributes = NO_ATTRIBUTES;
    if (this.declarations !== NO_DECLARATIONS) this.declarations = NO_DECLARATIONS;
  }

  written(bytes: Uint8Array, from: number, to: number): void {
    if (this.bytes !== bytes) this.bytes = bytes;
    this.from = from;
    this.to = to;
  }
}

/** An end tag, or the end that an empty-element tag implies, which is never canonical. */
export class EndEvent implements XmlEnd {
  name = NO_NAME;
  depth = 0;
  line = 1;
  column = 1;
  offset = 0;
  endOffset = 0;
  bytes = NO_BYTES;
  from = 0;
  to = 0;
  canonical = true;

  written(bytes: Uint8Array, from: number, to: number, canonical: boolean): void {
    if (this.bytes !== bytes) this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.canonical = canonical;
  }

  /** Becomes the end that this empty-element tag implies. */
  impliedBy(start: StartEvent): void {
    this.name = start.name;
    this.depth = start.depth;
    this.line = start.line;
    this.column = start.column;
    this.offset = start.offset;
    this.endOffset = start.offset + start.to - start.from;
    this.written(start.bytes, start.from, start.to, false);
  }
}
