// Decides, while a pain.001 goes by, which of its bytes belong to one submission and what is written in place of others.

import { compareDecimals, parseDecimal } from '../../domain/decimal.ts';
import type { PlannedBlock, PlannedSubmission } from '../../domain/order-event.ts';
import type {
  XmlCursor,
  XmlEnd,
  XmlName,
  XmlPassing,
  XmlPosition,
  XmlStart,
  XmlWholes,
  XmlWholeVisitor,
} from '../../xml/xml-reader.ts';
import { AMOUNT_NAMES, AmountText } from './amount-text.ts';
import { fitsControlSum } from './control-sum.ts';
import type { PlainTransfers } from './plain-transfers.ts';
import { PlannedTransfers } from './planned-transfers.ts';
import { endTag, leaf, startTag } from './raw-tags.ts';
import type { Splice } from './splice.ts';

/** What GrpHdr says in the part. */
export interface PartHeader {
  readonly creationDateTime: string;
  readonly initiatingPartyName: string | undefined;
}

/** A header element of a block that is kept as it stands when it says the same as the plan, else written anew. */
interface Edited {
  readonly from: number;
  readonly name: string;
  readonly planned: string;
  text: string;
  /** A comment inside: then it cannot stay as it is. */
  interrupted: boolean;
}

/**
 * The document is read as `Document` (1), `CstmrCdtTrfInitn` (2), `GrpHdr` and `PmtInf` (3) and their children (4). The
 * first three levels are written by us, the fourth is copied from the source without comments and instructions. So nothing
 * between the pieces is kept, and within them everything. Prefixes declared above the pieces are declared there again.
 * Throws an Error when the transfers found are not those of the plan: then the source is not the file that was checked.
 */
export class PartCutter implements XmlWholeVisitor, XmlPassing, XmlWholes {
  readonly passing = this;
  readonly wholes = this;
  readonly version = 0;
  /** True once the closing tag of `Document` is written. */
  finished = false;
  readonly #splice: Splice;
  readonly #submission: PlannedSubmission;
  readonly #header: PartHeader;
  readonly #plain: PlainTransfers;
  readonly #planned: PlannedTransfers;
  readonly #amount = new AmountText();
  /** The element at depth 3 that is being written: undefined in a block that is not in the plan. */
  #inside: 'header' | PlannedBlock | undefined;
  /** InitgPty is being written around the children copied from it. */
  #inParty = false;
  #edited: Edited | undefined;
  /** Between the pieces of a block: a transfer may come that is copied without being read. */
  wanted = false;
  #transferFrom = 0;

  constructor(splice: Splice, plain: PlainTransfers, submission: PlannedSubmission, header: PartHeader) {
    this.#splice = splice;
    this.#plain = plain;
    this.#submission = submission;
    this.#header = header;
    this.#planned = new PlannedTransfers(submission);
  }

  start(start: XmlStart): void {
    if (this.finished) return;
    const { depth } = start;
    this.wanted = false;
    this.#reach(start.offset);
    if (depth <= 2) this.#splice.write(startTag(start, depth === 1 ? start.name.namespace : undefined));
    else if (depth === 3) this.#startPart(start);
    else if (depth === 4) this.#startPiece(start);
    else if (this.#inParty && depth === 5 && start.name.local !== 'Nm') this.#splice.startCopy(start.offset);
    this.#amount.start(start);
  }

  take(bytes: Uint8Array, at: number, end: number, cursor: XmlCursor): number {
    const next = this.#plain.read(bytes, at, end, cursor);
    const { amount } = this.#plain;
    if (next < 0 || amount === undefined) return next;
    if (this.#planned.next()) {
      this.#splice.copyPlain(cursor.base + at, cursor.base + next);
      this.#planned.add(amount);
    }
    this.#splice.reach(cursor.base + next);
    return next;
  }

  text(bytes: Uint8Array, from: number, to: number, position: XmlPosition): void {
    this.#reach(position.offset);
    this.pass(bytes, from, to);
  }

  /** What is in a piece after the header is copied or dropped with it, unless it is to be read. */
  mayPass({ local }: XmlName, depth: number): boolean {
    return depth > 4 && this.#inside !== 'header' && !AMOUNT_NAMES.has(local);
  }

  /** Nothing passes in what is read, so that there it is text. */
  pass(bytes: Uint8Array, from: number, to: number): void {
    if (this.#edited !== undefined)
      this.#edited.text += Buffer.from(bytes.subarray(from, to)).toString('utf8');
    this.#amount.text(bytes, from, to);
  }

  end(end: XmlEnd): void {
    if (this.finished) return;
    if (end.depth === 5 && this.#inParty) this.#splice.stopCopy(end.endOffset);
    else if (end.depth === 4) this.#endPiece(end);
    else if (end.depth === 3) this.#endPart(end);
    this.#amount.end();
    this.#reach(end.endOffset);
  }

  comment(_text: string, from: number, to: number): void {
    this.#leaveOut(from, to);
  }

  instruction(_target: string, _data: string, from: number, to: number): void {
    this.#leaveOut(from, to);
  }

  /** An element that may yet be copied as a whole is not decided about before its end. */
  #reach(offset: number): void {
    if (this.#edited === undefined) this.#splice.reach(offset);
  }

  #leaveOut(from: number, to: number): void {
    if (this.#edited !== undefined) this.#edited.interrupted = true;
    this.#splice.leaveOut(from, to);
    this.#reach(to);
  }

  #startPart(start: XmlStart): void {
    this.wanted = start.name.local === 'PmtInf';
    this.#inside = this.wanted ? this.#planned.nextBlock() : 'header';
    if (this.#inside !== undefined) this.#splice.write(startTag(start));
  }

  #endPart(end: XmlEnd): void {
    this.wanted = false;
    if (this.#inside === undefined) return;
    this.#splice.write(endTag(end.name.local));
    if (this.#inside === 'header' || !this.#planned.endBlock()) return;
    this.#splice.write(`${endTag('CstmrCdtTrfInitn')}${endTag('Document')}`);
    this.finished = true;
  }

  #startPiece(start: XmlStart): void {
    if (start.name.local === 'CdtTrfTxInf') this.#startTransfer(start);
    else if (this.#inside === 'header') this.#startHeaderPiece(start);
    else if (this.#inside !== undefined) this.#startBlockPiece(start, this.#inside);
  }

  #startTransfer(start: XmlStart): void {
    this.#transferFrom = start.offset;
    if (!this.#planned.next()) return;
    this.#splice.startCopy(start.offset);
    this.#amount.expect();
  }

  #startHeaderPiece(start: XmlStart): void {
    const { initiatingPartyName } = this.#header;
    const written = this.#headerText(start.name.local);
    if (written !== undefined) this.#splice.write(written);
    else if (start.name.local === 'InitgPty' && initiatingPartyName !== undefined) {
      this.#inParty = true;
      this.#splice.write(startTag(start) + leaf('Nm', initiatingPartyName));
    } else this.#splice.startCopy(start.offset);
  }

  /** CtrlSum stands right after NbOfTxs, so it is written there, whether or not the source has one. */
  #headerText(name: string): string | undefined {
    const { messageId, count, controlSum } = this.#submission;
    switch (name) {
      case 'MsgId':
        return leaf('MsgId', messageId);
      case 'CreDtTm':
        return leaf('CreDtTm', this.#header.creationDateTime);
      case 'NbOfTxs':
        return leaf('NbOfTxs', String(count)) + plannedLeaf('CtrlSum', controlSum);
      case 'CtrlSum':
        return '';
      default:
        return undefined;
    }
  }

  #startBlockPiece(start: XmlStart, block: PlannedBlock): void {
    const planned = plannedValue(start.name.local, block);
    if (planned === undefined) this.#splice.startCopy(start.offset);
    else this.#edited = { from: start.offset, name: start.name.local, planned, text: '', interrupted: false };
  }

  #endPiece(end: XmlEnd): void {
    const amount = this.#amount.take();
    if (amount !== undefined) this.#planned.add(amount);
    this.wanted = this.#inside !== 'header';
    if (end.name.local === 'CdtTrfTxInf') this.#learn(end);
    const edited = this.#edited;
    this.#edited = undefined;
    if (edited !== undefined) this.#endEdited(edited, end);
    else if (this.#inParty) this.#splice.write(endTag('InitgPty'));
    else this.#splice.stopCopy(end.endOffset);
    this.#inParty = false;
  }

  /** Of a transfer that came in several pieces the first are gone; the next one will do. */
  #learn({ endOffset }: XmlEnd): void {
    const written = this.#splice.held(this.#transferFrom, endOffset);
    if (written !== undefined) this.#plain.learn(written);
  }

  #endEdited(edited: Edited, end: XmlEnd): void {
    if (edited.interrupted || !saysPlanned(edited)) {
      this.#splice.write(plannedLeaf(edited.name, edited.planned));
      return;
    }
    this.#splice.startCopy(edited.from);
    this.#splice.stopCopy(end.endOffset);
  }
}

/** What the plan says in place of a header element of a block; undefined for one that is not touched. */
function plannedValue(name: string, block: PlannedBlock): string | undefined {
  switch (name) {
    case 'PmtInfId':
      return block.paymentInformationId;
    case 'NbOfTxs':
      return String(block.count);
    case 'CtrlSum':
      return block.controlSum;
    default:
      return undefined;
  }
}

/** CtrlSum may be left out, and is where no CtrlSum could hold the sum. */
function plannedLeaf(name: string, planned: string): string {
  return name === 'CtrlSum' && !fitsControlSum(planned) ? '' : leaf(name, planned);
}

/** A sum may be written with other zeros than the plan's and still be the same. */
function saysPlanned({ name, text, planned }: Edited): boolean {
  if (name !== 'CtrlSum') return text === planned;
  const [found, wanted] = [parseDecimal(text.trim()), parseDecimal(planned)];
  return found !== undefined && wanted !== undefined && compareDecimals(found, wanted) === 0;
}
