// Reads a camt.053 or camt.052 part by part, so that of a million entries one is in memory.

import { ElementTree } from '../../xml/element-tree.ts';
import { decodeToUtf8 } from '../../xml/decode.ts';
import type { XmlNode } from '../../xml/small-document.ts';
import type { XmlStart, XmlVisitor } from '../../xml/xml-events.ts';
import { XmlPathError } from '../../xml/xml-path.ts';
import { XmlReader } from '../../xml/xml-reader.ts';
import type { ByteSource } from '../format.ts';
import { readEntry, type OurSide } from './read-entry.ts';
import { GrowingHead } from './read-head.ts';
import type { StatementPart } from './statement.ts';

/** Those that came with each piece of the document. What is wrong in it comes as a part, and the rest of it still follows where it can. */
export async function* readStatements(
  document: ByteSource,
  ours: OurSide,
): AsyncGenerator<readonly StatementPart[]> {
  const walk = new StatementWalk(ours);
  const reader = new XmlReader(walk);
  const decoded = await decodeToUtf8(document());
  let fault;
  for await (const piece of decoded.bytes) {
    fault = reader.write(piece);
    yield walk.take();
    if (fault !== undefined) break;
  }
  fault ??= decoded.fault() ?? reader.end();
  const rest = walk.take();
  if (fault !== undefined)
    yield [...rest, { kind: 'fault', sentence: `The document is no XML: ${fault.message}` }];
  else yield walk.wasKnown ? rest : [...rest, { kind: 'fault', sentence: UNKNOWN }];
}

const KNOWN = ['', 'camt.053.001.02', 'camt.052.001.02'].map((name) =>
  name === '' ? '' : `urn:iso:std:iso:20022:tech:xsd:${name}`,
);
const UNKNOWN = 'The document is neither a camt.053.001.02 nor a camt.052.001.02.';

/** Document, root, then the statements, then their parts; below an entry, `NtryDtls` and its operations. */
const STATEMENT_DEPTH = 3;
const PART_DEPTH = STATEMENT_DEPTH + 1;
const OPERATION_DEPTH = PART_DEPTH + 2;

/** An entry may sum up a hundred thousand operations: so many are looked at, and the others counted. */
const OPERATIONS_MAX = 20;

class StatementWalk implements XmlVisitor {
  readonly #ours: OurSide;
  #parts: StatementPart[] = [];
  #depth = 0;
  #tree: ElementTree | undefined;
  /** So many elements are open that nobody reads. */
  #passedOver = 0;
  #operations = 0;
  #entries = 0;
  #head: GrowingHead | undefined;
  #isKnown = false;
  wasKnown = false;

  constructor(ours: OurSide) {
    this.#ours = ours;
  }

  /** What has been read since it was last asked for. */
  take(): readonly StatementPart[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  start(start: XmlStart): void {
    this.#depth += 1;
    if (this.#passedOver > 0) this.#passedOver += 1;
    else if (this.#tree !== undefined) this.#inside(start, this.#tree);
    else if (this.#depth === 1) this.#isKnown = KNOWN.includes(start.name.namespace);
    else if (this.#isKnown && this.#depth === STATEMENT_DEPTH) this.#begin(start.name.local);
    else if (this.#head !== undefined && this.#depth === PART_DEPTH) {
      this.#operations = 0;
      this.#tree = new ElementTree();
      this.#tree.start(start);
    }
  }

  text(bytes: Uint8Array, from: number, to: number): void {
    if (this.#passedOver === 0) this.#tree?.text(bytes, from, to);
  }

  end(): void {
    const depth = this.#depth;
    this.#depth -= 1;
    if (this.#passedOver > 0) this.#passedOver -= 1;
    else if (this.#tree !== undefined) {
      this.#tree.end();
      const node = this.#tree.complete;
      if (node === undefined) return;
      this.#tree = undefined;
      this.#part(node);
    } else if (depth === STATEMENT_DEPTH && this.#head !== undefined) {
      this.#giveHead();
      this.#parts.push({ kind: 'end' });
      this.#head = undefined;
    }
  }

  #begin(name: string): void {
    if (name !== 'Stmt' && name !== 'Rpt') return;
    this.wasKnown = true;
    this.#head = new GrowingHead(this.#ours.zone);
    this.#entries = 0;
  }

  #inside(start: XmlStart, tree: ElementTree): void {
    if (this.#depth === OPERATION_DEPTH && start.name.local === 'TxDtls') {
      this.#operations += 1;
      if (this.#operations > OPERATIONS_MAX) {
        this.#passedOver = 1;
        return;
      }
    }
    tree.start(start);
  }

  #part(node: XmlNode): void {
    try {
      if (node.name === 'Ntry') {
        this.#giveHead();
        this.#entries += 1;
        const entry = readEntry(node, this.#entries, this.#operations, this.#ours);
        this.#parts.push({ kind: 'entry', entry });
      } else this.#head?.add(node);
    } catch (error) {
      if (!(error instanceof XmlPathError)) throw error;
      const where = node.name === 'Ntry' ? `Entry ${this.#entries}: ` : '';
      this.#parts.push({ kind: 'fault', sentence: `${where}${error.message}` });
    }
  }

  /** Once, before the first entry or at the end of a statement without any. */
  #giveHead(): void {
    const head = this.#head?.close();
    if (head !== undefined) this.#parts.push({ kind: 'head', head });
  }
}
