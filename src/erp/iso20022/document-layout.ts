// Where the pieces of a pain.001.001.03 lie in its bytes, so that a part is cut without reading the rest.

import type { PlannedSubmission } from '../../domain/order-event.ts';
import { decodeToUtf8 } from '../../xml/decode.ts';
import { XmlReader } from '../../xml/xml-reader.ts';
import type { XmlEnd, XmlStart, XmlVisitor } from '../../xml/xml-reader.ts';
import type { ByteRange, ByteSource, PaymentLayout } from '../format.ts';

interface BlockLayout {
  /** From `<PmtInf` to its first transfer. */
  readonly from: number;
  readonly firstTransfer: number;
  /** The end tag. */
  endFrom: number;
  endTo: number;
}

/** About what a block takes in memory. */
const BLOCK_SIZE_BYTES = 64;

/** Filled in file order while a document is read; all offsets are in its UTF-8 form. */
export class DocumentLayout implements PaymentLayout {
  #headTo = 0;
  readonly #blocks: BlockLayout[] = [];
  /** Start and end of each transfer, as numbers of 64 bits because a file may be larger than 4 GB. */
  #transfers = new Float64Array(1 << 4);
  #count = 0;

  get sizeBytes(): number {
    return this.#transfers.byteLength + this.#blocks.length * BLOCK_SIZE_BYTES;
  }

  headEnds(at: number): void {
    this.#headTo = at;
  }

  blockStarts(at: number): void {
    this.#blocks.push({ from: at, firstTransfer: this.#count, endFrom: at, endTo: at });
  }

  transferStarts(at: number): void {
    // What it was before is given back at once and not at some later collection.
    if (2 * this.#count === this.#transfers.length)
      this.#transfers = new Float64Array(this.#transfers.buffer.transfer(2 * this.#transfers.byteLength));
    this.#transfers[2 * this.#count] = at;
    this.#count++;
  }

  transferEnds(at: number): void {
    this.#transfers[2 * this.#count - 1] = at;
  }

  blockEnds(from: number, to: number): void {
    const block = this.#blocks.at(-1);
    if (block === undefined) return;
    block.endFrom = from;
    block.endTo = to;
  }

  /**
   * The head of the document and, of each planned block, its header, its planned transfers and its end tag. What follows one
   * another in the document, with nothing but white space and comments between, is one range.
   */
  rangesOf(submission: PlannedSubmission): ByteRange[] {
    const ranges: { from: number; to: number }[] = [{ from: 0, to: this.#headTo }];
    let lastBlock = -1;
    for (const planned of submission.blocks) {
      const block = this.#blocks[planned.block];
      if (block === undefined) throw changed();
      const after = this.#blocks[planned.block + 1]?.firstTransfer ?? this.#count;
      let next = block.firstTransfer;
      extend(ranges, block.from, this.#start(next), planned.block === lastBlock + 1);
      for (const [first, last] of planned.transfers) {
        if (first < next || last >= after) throw changed();
        extend(ranges, this.#start(first), this.#end(last), first === next);
        next = last + 1;
      }
      extend(ranges, block.endFrom, block.endTo, next === after);
      lastBlock = planned.block;
    }
    return ranges;
  }

  #start(transfer: number): number {
    return this.#transfers[2 * transfer] ?? 0;
  }

  #end(transfer: number): number {
    return this.#transfers[2 * transfer + 1] ?? 0;
  }
}

/** Adds a range, to the last one when it follows it. */
function extend(
  ranges: { from: number; to: number }[],
  from: number,
  to: number,
  followsLast: boolean,
): void {
  const last = ranges.at(-1);
  if (followsLast && last !== undefined) last.to = to;
  else ranges.push({ from, to });
}

function changed(): Error {
  return new Error('The file has changed since it was checked: it does not hold the planned transfers.');
}

/**
 * The submission as it is numbered in a document that consists of its ranges alone: all blocks are planned, and all their
 * transfers.
 */
export function asNumberedInRanges(submission: PlannedSubmission): PlannedSubmission {
  let next = 0;
  const blocks = submission.blocks.map((planned, block) => {
    const first = next;
    next += planned.count;
    return { ...planned, block, transfers: [[first, next - 1] as const] };
  });
  return { ...submission, blocks };
}

/** Finds the layout of a document that was read without faults before. Throws an Error when it is no longer well-formed. */
export async function readLayout(source: ByteSource): Promise<DocumentLayout> {
  const visitor = new LayoutVisitor();
  const reader = new XmlReader(visitor);
  const decoded = await decodeToUtf8(source());
  for await (const chunk of decoded.bytes) if (reader.write(chunk) !== undefined) break;
  const fault = decoded.fault() ?? reader.end();
  if (fault !== undefined) throw new Error(`The file has changed since it was checked: ${fault.message}`);
  return visitor.layout;
}

/** Knows header and blocks at depth 3 and transfers at depth 4 by where they stand, as the file was checked before. */
class LayoutVisitor implements XmlVisitor {
  readonly layout = new DocumentLayout();
  #depth = 0;

  start({ depth, name, offset }: XmlStart): void {
    this.#depth = depth;
    if (depth === 3 && name.local === 'PmtInf') this.layout.blockStarts(offset);
    else if (depth === 4 && name.local === 'CdtTrfTxInf') this.layout.transferStarts(offset);
  }

  end({ name, offset, endOffset }: XmlEnd): void {
    if (this.#depth === 3 && name.local === 'GrpHdr') this.layout.headEnds(endOffset);
    else if (this.#depth === 3 && name.local === 'PmtInf') this.layout.blockEnds(offset, endOffset);
    else if (this.#depth === 4 && name.local === 'CdtTrfTxInf') this.layout.transferEnds(endOffset);
    this.#depth--;
  }
}
