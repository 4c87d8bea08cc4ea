// Walks a camt.052 or camt.053 as a stream and hands on its parts one at a time, so that memory does not grow with it.

import { ElementCopy } from '../../../xml/serialize-element.ts';
import type { XmlNode } from '../../../xml/small-document.ts';
import {
  XmlReader,
  type XmlEnd,
  type XmlPosition,
  type XmlStart,
  type XmlVisitor,
} from '../../../xml/xml-reader.ts';
import { optTextOf } from '../../../xml/xml-path.ts';
import { ElementTree } from './element-tree.ts';

export interface ReportParts {
  /** `GrpHdr`. */
  header(node: XmlNode): void;
  /** A `Rpt` or `Stmt` begins. */
  begin(): void;
  /** A child of it: `Id`, `Acct`, `Bal`, `Ntry` ...; the copy is the element alone, in the document's namespace. */
  part(node: XmlNode, copy: () => Uint8Array): void;
  end(): void;
}

/**
 * Reads a whole document of this version of the message, or one without any namespace; gives a sentence when it is
 * another version or no XML. `alongside` hears everything as well. What `parts` throws is not caught. Elements that are
 * not known are passed over.
 */
export function readReports(
  document: Uint8Array,
  namespace: string,
  parts: ReportParts,
  alongside: XmlVisitor,
): string | undefined {
  const walk = new ReportWalk(namespace, parts, alongside);
  const reader = new XmlReader(walk);
  const fault = reader.write(document) ?? reader.end();
  if (fault !== undefined) return `${fault.message} (line ${fault.line})`;
  if (walk.isExpected) return undefined;
  return `the document stands in the namespace ${walk.namespace} instead of ${namespace}`;
}

/** `LastPgInd` of a `GrpHdr`; one that is not there says that this is all. */
export function morePagesFollow(header: XmlNode): boolean {
  const last = optTextOf(header, 'MsgPgntn/LastPgInd')?.trim();
  return last === 'false' || last === '0';
}

/** Document, root, then GrpHdr and reports, then the parts of a report. */
const GROUP_DEPTH = 3;

class ReportWalk implements XmlVisitor {
  readonly #expected: string;
  readonly #parts: ReportParts;
  readonly #alongside: XmlVisitor;
  namespace = '';
  #depth = 0;
  #inReport = false;
  #tree: ElementTree | undefined;
  #copy: ElementCopy | undefined;

  constructor(expected: string, parts: ReportParts, alongside: XmlVisitor) {
    this.#expected = expected;
    this.#parts = parts;
    this.#alongside = alongside;
  }

  get isExpected(): boolean {
    return this.namespace === '' || this.namespace === this.#expected;
  }

  start(start: XmlStart): void {
    this.#alongside.start?.(start);
    this.#depth = start.depth;
    if (start.depth === 1) this.namespace = start.name.namespace;
    if (!this.isExpected) return;
    const { local } = start.name;
    if (start.depth === GROUP_DEPTH && (local === 'Rpt' || local === 'Stmt')) {
      this.#inReport = true;
      this.#parts.begin();
    } else if (start.depth === GROUP_DEPTH && local === 'GrpHdr') this.#tree = new ElementTree();
    else if (start.depth === GROUP_DEPTH + 1 && this.#inReport) {
      this.#tree = new ElementTree();
      this.#copy = new ElementCopy(this.namespace);
    }
    this.#tree?.start(start);
    this.#copy?.start(start);
  }

  text(bytes: Uint8Array, from: number, to: number, position: XmlPosition): void {
    this.#alongside.text?.(bytes, from, to, position);
    this.#tree?.text(bytes, from, to);
    this.#copy?.text(bytes, from, to);
  }

  end(end: XmlEnd): void {
    this.#alongside.end?.(end);
    this.#tree?.end();
    this.#copy?.end();
    this.#handOver();
    if (this.#depth === GROUP_DEPTH && this.#inReport) {
      this.#inReport = false;
      this.#parts.end();
    }
    this.#depth--;
  }

  #handOver(): void {
    const node = this.#tree?.complete;
    if (node === undefined) return;
    const copy = this.#copy;
    this.#tree = undefined;
    this.#copy = undefined;
    if (copy === undefined) this.#parts.header(node);
    else this.#parts.part(node, () => copy.toBytes());
  }
}
