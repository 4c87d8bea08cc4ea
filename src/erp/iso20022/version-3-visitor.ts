// Turns a pain.001.001.09 into a pain.001.001.03 while it is read, and passes that on as if it were being read.

import { pain00100103 } from '../../iso20022/messages/pain.001.001.03.ts';
import { pain00100109 } from '../../iso20022/messages/pain.001.001.09.ts';
import type { XmlEnd, XmlName, XmlPosition, XmlStart, XmlVisitor } from '../../xml/xml-reader.ts';
import { changeFor } from './conversion-rules.ts';

/** Hears the converted document; positions are those of the source. White space between elements is gone. */
export type ConvertedVisitor = Required<Pick<XmlVisitor, 'start' | 'text' | 'end'>>;

/** What version 3 has no place for is passed on as it is, so that a check against version 3 finds it where it stands. */
export class Version3Visitor implements XmlVisitor {
  readonly #target: ConvertedVisitor;
  readonly #names = new Map<string, XmlName>();
  /** Open elements of the source, outermost first, with the name each was given; undefined for one left out. */
  readonly #open: { readonly local: string; readonly name: XmlName | undefined }[] = [];
  #depth = 0;
  /** Text since the last tag, and where it began. */
  #text: Buffer[] = [];
  #textAt: XmlPosition | undefined;
  /** The last tag was a start tag, so text before an end tag is a value and not white space between elements. */
  #inLeaf = false;

  constructor(target: ConvertedVisitor) {
    this.#target = target;
  }

  start(start: XmlStart): void {
    this.#passText(false);
    this.#inLeaf = true;
    const name = this.#nameFor(start.name);
    this.#open.push({ local: start.name.local, name });
    if (name === undefined) return;
    this.#depth++;
    // Under another name, or with other declarations, its bytes are not what is told.
    this.#target.start({ ...start, name, depth: this.#depth, declarations: [], canonical: false });
  }

  text(bytes: Uint8Array, from: number, to: number, position: XmlPosition): void {
    this.#textAt ??= { line: position.line, column: position.column, offset: position.offset };
    this.#text.push(Buffer.from(bytes.subarray(from, to)));
  }

  end(end: XmlEnd): void {
    this.#passText(this.#inLeaf);
    this.#inLeaf = false;
    const name = this.#open.pop()?.name;
    if (name === undefined) return;
    this.#depth--;
    this.#target.end({ ...end, name, canonical: false });
  }

  #passText(isValue: boolean): void {
    const at = this.#textAt;
    if (at === undefined) return;
    const text = Buffer.concat(this.#text);
    this.#text = [];
    this.#textAt = undefined;
    if (isValue || text.toString('latin1').trim() !== '') this.#target.text(text, 0, text.length, at);
  }

  #nameFor(source: XmlName): XmlName | undefined {
    if (source.namespace !== pain00100109.namespace) return source;
    const change = changeFor(source.local, [this.#open.at(-1)?.local, this.#open.at(-2)?.local]);
    if (change?.kind === 'unwrap') return undefined;
    return this.#name(change?.to ?? source.local);
  }

  /** The same object for the same name, which is what a checker compares by. */
  #name(local: string): XmlName {
    const known = this.#names.get(local);
    if (known !== undefined) return known;
    const name = { prefix: '', local, namespace: pain00100103.namespace };
    this.#names.set(local, name);
    return name;
  }
}
