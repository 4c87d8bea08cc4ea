// Hears a pain.001 while it is checked and hands its facts to the sink, block by block and transfer by transfer.

import type { AddressFacts, Place } from '../../domain/payment.ts';
import type { ElementEnd, ElementListener, RawValue, WholeElement } from '../../iso20022/element-listener.ts';
import type { XmlPosition } from '../../xml/xml-reader.ts';
import type { PaymentSink } from '../format.ts';
import { DocumentLayout } from './document-layout.ts';
import { TransferPlace } from './part-place.ts';
import { PartValues } from './part-values.ts';
import { blockFacts, debtorAddress, groupFacts } from './payment-facts.ts';
import { BLOCK, GROUP, placeKey, placeUse, TRANSFER } from './payment-paths.ts';
import { TransferReading } from './transfer-reading.ts';
import { WholeValues } from './whole-values.ts';

/** What the listener asks of the checker: where the document has come to. */
export interface Whereabouts {
  /** The element path with indexes. */
  currentPath(): string;
  /** Which one the present element is among those of its name, from 1. */
  currentIndex(): number;
}

/**
 * Nothing is kept longer than its transfer, but for the header of the open block. A block is told before its first transfer,
 * or at its end when it has none. In a file with faults what is missing is empty, with the place of what it is missing in.
 */
export class PaymentListener implements ElementListener {
  readonly #sink: PaymentSink;
  readonly #whereabouts: Whereabouts;
  readonly layout = new DocumentLayout();
  readonly #values = new PartValues();
  readonly #wholeValues = new WholeValues();
  readonly #transfer = new TransferReading(this.#values);
  #partPlace: Place = NOWHERE;
  #block = -1;
  #blockPath = '';
  #blockTold = false;
  #debtorAddress: AddressFacts | undefined;

  constructor(sink: PaymentSink, whereabouts: Whereabouts) {
    this.#sink = sink;
    this.#whereabouts = whereabouts;
  }

  keyOf(path: string): number {
    return placeKey(path);
  }

  enter(path: string, start: XmlPosition, key: number): void {
    switch (key) {
      case GROUP_KEY:
        this.#begin(path, placeOf(start, this.#whereabouts.currentPath()));
        break;
      case BLOCK_KEY:
        this.#block++;
        this.#blockTold = false;
        this.layout.blockStarts(start.offset);
        this.#blockPath = this.#whereabouts.currentPath();
        this.#begin(path, placeOf(start, this.#blockPath));
        break;
      case TRANSFER_KEY:
        this.#tellBlock();
        this.layout.transferStarts(start.offset);
        this.#begin(path, this.#transferPlace(start, this.#whereabouts.currentIndex()));
        break;
      case BLOCK_TYPE_KEY:
      case TRANSFER_TYPE_KEY:
      case DEBTOR_ADDRESS_KEY:
      case CREDITOR_ADDRESS_KEY:
        this.#values.addPresence(key, start);
        break;
    }
  }

  rawValue(value: RawValue, key: number): void {
    const path = placeUse(key).isStructured ? this.#whereabouts.currentPath() : undefined;
    this.#values.add(key, value, path);
  }

  leave(_path: string, end: ElementEnd, key: number): void {
    switch (key) {
      case GROUP_KEY:
        this.layout.headEnds(end.endOffset);
        this.#sink.group(groupFacts(this.#values, this.#partPlace));
        break;
      case BLOCK_KEY:
        this.#tellBlock();
        this.layout.blockEnds(end.offset, end.endOffset);
        this.#sink.blockEnd(this.#block);
        break;
      case TRANSFER_KEY:
        this.layout.transferEnds(end.endOffset);
        this.#transfer.next(this.#values, this.#block, this.#partPlace, this.#debtorAddress);
        this.#sink.transfer(this.#transfer);
        break;
    }
  }

  /** Transfers in which nothing but values is new need not be put together from what is told. */
  whole(element: WholeElement, key: number): boolean {
    if (key !== TRANSFER_KEY) return false;
    this.#tellBlock();
    this.layout.transferStarts(element.offset);
    this.layout.transferEnds(element.endOffset);
    const place = this.#transferPlace(element, element.index);
    this.#wholeValues.begin(element, place);
    this.#transfer.next(this.#wholeValues, this.#block, place, this.#debtorAddress);
    this.#sink.transfer(this.#transfer);
    return true;
  }

  #begin(path: string, place: Place): void {
    this.#values.begin(path, place);
    this.#partPlace = place;
  }

  #transferPlace({ line, column }: XmlPosition, index: number): Place {
    return new TransferPlace(line, column, this.#blockPath, index);
  }

  #tellBlock(): void {
    if (this.#blockTold) return;
    this.#blockTold = true;
    this.#debtorAddress = debtorAddress(this.#values);
    this.#sink.block(blockFacts(this.#values, this.#partPlace, this.#block));
  }
}

function placeOf({ line, column }: XmlPosition, path: string): Place {
  return { line, column, path };
}

const NOWHERE: Place = { line: 1, column: 1, path: '' };

const GROUP_KEY = placeKey(GROUP);
const BLOCK_KEY = placeKey(BLOCK);
const TRANSFER_KEY = placeKey(TRANSFER);
const BLOCK_TYPE_KEY = placeKey(`${BLOCK}/PmtTpInf`);
const TRANSFER_TYPE_KEY = placeKey(`${TRANSFER}/PmtTpInf`);
const DEBTOR_ADDRESS_KEY = placeKey(`${BLOCK}/Dbtr/PstlAdr`);
const CREDITOR_ADDRESS_KEY = placeKey(`${TRANSFER}/Cdtr/PstlAdr`);
