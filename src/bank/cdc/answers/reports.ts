// Walks a camt.052 or camt.053 as a stream and hands on its parts one at a time, so that memory does not grow with it.

import type { EntryPlace } from '../../../domain/entry.ts';
import type { MessageDefinition } from '../../../iso20022/definition.ts';
import { DocumentChecker } from '../../../iso20022/document-checker.ts';
import { ScopedMap } from '../../../xml/scoped-map.ts';
import type { XmlNode } from '../../../xml/small-document.ts';
import type {
  XmlCursor,
  XmlEnd,
  XmlName,
  XmlPosition,
  XmlStart,
  XmlWholes,
  XmlWholeVisitor,
} from '../../../xml/xml-events.ts';
import { optTextOf } from '../../../xml/xml-path.ts';
import { ElementTree } from '../../../xml/element-tree.ts';
import type { EntryReader } from './entry.ts';
import { lineShift } from './envelope.ts';

export interface ReportParts {
  /** Local names of the children of a report that are wanted as trees. */
  readonly names: ReadonlySet<string>;
  /** `GrpHdr`. */
  header?(node: XmlNode): void;
  /** A `Rpt` or `Stmt` begins. */
  begin?(): void;
  part(node: XmlNode): void;
  /** Hears the inside of each `Ntry`; without it nobody does. */
  readonly entries?: EntryReader;
  /** An entry has ended. */
  entry?(place: EntryPlace): void;
  end?(): void;
}

/** `LastPgInd` of a `GrpHdr`; one that is not there says that this is all. */
export function morePagesFollow(header: XmlNode): boolean {
  const last = optTextOf(header, 'MsgPgntn/LastPgInd')?.trim();
  return last === 'false' || last === '0';
}

/** Document, root, then GrpHdr and reports, then the parts of a report. */
const GROUP_DEPTH = 3;
const PART_DEPTH = GROUP_DEPTH + 1;

/**
 * Hears a whole `Document` of one version of the message, or one without any namespace, and checks it. What `parts` throws is
 * not caught. Elements that are not known are passed over. Entries that are certainly in order are recognised by their bytes
 * and are not heard tag by tag; it makes no difference to `parts`.
 */
export class ReportWalk implements XmlWholeVisitor, XmlWholes {
  /** What the definition has against the document; of the faults at most `faultsMax` are kept. */
  readonly checker: DocumentChecker;
  readonly wholes = this;
  readonly #expected: string;
  readonly #parts: ReportParts;
  #namespace = '';
  #lineShift = 0;
  #outside: ReadonlyMap<string, string> = new Map();
  /** Declarations in force where the entries stand. */
  readonly #declared = new ScopedMap();
  #scope: ReadonlyMap<string, string> | undefined;
  #isExpected = false;
  #depth = 0;
  #inReport = false;
  #tree: ElementTree | undefined;
  #inEntry = false;
  /** The name of the part that ended last, if that was an entry: the next one may be taken whole. */
  #entryName: XmlName | undefined;
  #entryFrom = 0;
  #isPlain = true;
  /** Where the last entry ended, while nothing else has come. */
  #after: number | undefined;

  constructor(definition: MessageDefinition, parts: ReportParts, faultsMax = 0) {
    this.checker = new DocumentChecker(definition, parts.entries?.values.wholes ?? HEARS_NOTHING, faultsMax);
    this.#expected = definition.namespace;
    this.#parts = parts;
  }

  get namespace(): string {
    return this.#namespace;
  }

  /** From a line of the answer to that of the document as a file of its own. */
  get lineShift(): number {
    return this.#lineShift;
  }

  /** Why this is not the message expected; undefined when it is. */
  get otherVersion(): string | undefined {
    return this.#isExpected
      ? undefined
      : `the document stands in the namespace ${this.#namespace} instead of ${this.#expected}`;
  }

  /** What is declared around the document, because names in it may lean on that. */
  within(outside: ReadonlyMap<string, string>): this {
    this.#outside = outside;
    for (const [prefix, namespace] of outside) this.#declared.set(prefix, namespace, 0);
    return this;
  }

  /** Whether an entry follows upon an entry. */
  get wanted(): boolean {
    return this.#entryName !== undefined && this.#depth === GROUP_DEPTH && this.checker.wholes.wanted;
  }

  take(bytes: Uint8Array, at: number, end: number, cursor: XmlCursor): number {
    const name = this.#entryName;
    if (name === undefined) return -1;
    const values = this.#parts.entries?.values;
    values?.beginWhole(name, cursor.line + this.#lineShift);
    const next = this.checker.wholes.take(bytes, at, end, cursor);
    values?.endWhole();
    if (next < 0) return next;
    this.#isPlain = name.prefix === '';
    this.#tellEntry(cursor.base + at, cursor.base + next);
    return next;
  }

  start(start: XmlStart): void {
    this.#depth += 1;
    this.checker.start(this.#depth === 1 ? withDeclarations(start, this.#outside) : start);
    if (this.#depth <= GROUP_DEPTH) this.#declare(start);
    if (this.#inEntry) {
      if (this.#isPlain && !isPlain(start)) this.#isPlain = false;
      this.#parts.entries?.values.start(start);
    } else if (this.#tree !== undefined) this.#tree.start(start);
    else if (this.#depth <= PART_DEPTH) this.#begin(start);
  }

  text(bytes: Uint8Array, from: number, to: number, position: XmlPosition): void {
    this.checker.text(bytes, from, to, position);
    if (this.#inEntry) this.#parts.entries?.values.text(bytes, from, to);
    else if (this.#tree !== undefined) this.#tree.text(bytes, from, to);
    else if (this.#after !== undefined && !isBlank(bytes, from, to)) this.#after = undefined;
  }

  end(end: XmlEnd): void {
    this.checker.end(end);
    const depth = this.#depth;
    this.#depth -= 1;
    if (depth <= GROUP_DEPTH) {
      this.#declared.leave(depth);
      this.#scope = undefined;
    }
    if (this.#inEntry) {
      if (depth === PART_DEPTH) this.#endEntry(end);
      else this.#parts.entries?.values.end();
    } else if (this.#tree !== undefined) this.#endTree(this.#tree, depth);
    else if (depth === GROUP_DEPTH && this.#inReport) {
      this.#inReport = false;
      this.#entryName = undefined;
      this.#after = undefined;
      this.#parts.end?.();
    }
  }

  comment(): void {
    this.#isPlain = false;
    if (!this.#inEntry) this.#after = undefined;
  }

  instruction(): void {
    this.comment();
  }

  #begin(start: XmlStart): void {
    const { local, namespace } = start.name;
    if (this.#depth === 1) {
      this.#namespace = namespace;
      this.#lineShift = lineShift(start.line);
      this.#isExpected = namespace === '' || namespace === this.#expected;
    }
    if (!this.#isExpected) return;
    if (this.#depth === GROUP_DEPTH && (local === 'Rpt' || local === 'Stmt')) {
      this.#inReport = true;
      this.#parts.begin?.();
    } else if (this.#depth === GROUP_DEPTH && local === 'GrpHdr') this.#beginTree(start);
    else if (this.#depth === PART_DEPTH && this.#inReport) {
      if (local === 'Ntry') this.#beginEntry(start);
      else {
        this.#entryName = undefined;
        this.#after = undefined;
        if (this.#parts.names.has(local)) this.#beginTree(start);
      }
    }
  }

  #declare({ declarations }: XmlStart): void {
    for (const { prefix, namespace } of declarations) this.#declared.set(prefix, namespace, this.#depth);
    this.#scope = undefined;
  }

  #beginTree(start: XmlStart): void {
    this.#tree = new ElementTree(this.#lineShift);
    this.#tree.start(start);
  }

  #endTree(tree: ElementTree, depth: number): void {
    tree.end();
    const node = tree.complete;
    if (node === undefined) return;
    this.#tree = undefined;
    if (depth === GROUP_DEPTH) this.#parts.header?.(node);
    else this.#parts.part(node);
  }

  #beginEntry(start: XmlStart): void {
    this.#inEntry = true;
    this.#entryName = start.name;
    this.#entryFrom = start.offset;
    this.#isPlain = isPlain(start);
    this.#parts.entries?.values.begin(start.name, start.line + this.#lineShift);
  }

  #endEntry({ endOffset }: XmlEnd): void {
    this.#inEntry = false;
    this.#tellEntry(this.#entryFrom, endOffset);
  }

  #tellEntry(from: number, to: number): void {
    const after = this.#after;
    this.#after = to;
    const scope = this.#isPlain ? undefined : (this.#scope ??= new Map(this.#declared.entries()));
    this.#parts.entry?.({ from, to, scope, after });
  }
}

const HEARS_NOTHING = { keyOf: () => -1 };

function withDeclarations(start: XmlStart, outside: ReadonlyMap<string, string>): XmlStart {
  if (outside.size === 0) return start;
  const declarations = [...outside].map(([prefix, namespace]) => ({ prefix, namespace }));
  return { ...start, declarations: [...declarations, ...start.declarations] };
}

/** Without a prefix in it, so that it means the same in another document. */
function isPlain({ name, attributes, declarations }: XmlStart): boolean {
  if (name.prefix !== '' || declarations.length > 0) return false;
  return attributes.length === 0 || attributes.every((one) => one.name.prefix === '');
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return false;
  }
  return true;
}
