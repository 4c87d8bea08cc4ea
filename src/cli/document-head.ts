// Finds where a payment document begins and where its message id stands.

import { pain00100103 } from '../iso20022/messages/pain.001.001.03.ts';
import { utf8String } from '../xml/utf8.ts';
import { XmlReader, type XmlEnd, type XmlFault, type XmlStart, type XmlVisitor } from '../xml/xml-reader.ts';

/** Takes the bytes of a document until both are known. */
export class DocumentHead implements XmlVisitor {
  root: { readonly offset: number; readonly line: number } | undefined;
  /** What stands in `GrpHdr/MsgId`, and between which byte offsets. */
  id: { readonly text: string; readonly from: number; readonly to: number } | undefined;
  fault: XmlFault | undefined;
  readonly #reader = new XmlReader(this);
  readonly #path: string[] = [];
  #from = 0;
  #text = '';

  /** Whether there is nothing more to be learnt. */
  write(chunk: Uint8Array): boolean {
    this.fault = this.#reader.write(chunk);
    return (
      this.fault !== undefined || this.id !== undefined || (this.#path.length > 0 && this.root === undefined)
    );
  }

  start({ name, depth, offset, line, from, to }: XmlStart): void {
    if (depth === 1 && name.local === 'Document' && name.namespace === pain00100103.namespace)
      this.root = { offset, line };
    this.#path.push(name.local);
    this.#from = offset + to - from;
    this.#text = '';
  }

  text(bytes: Uint8Array, from: number, to: number): void {
    if (this.id === undefined) this.#text += utf8String(bytes, from, to);
  }

  end({ offset }: XmlEnd): void {
    const path = this.#path.join('/');
    this.#path.pop();
    if (path !== 'Document/CstmrCdtTrfInitn/GrpHdr/MsgId') return;
    this.id ??= { text: this.#text.trim(), from: this.#from, to: offset };
  }
}
