// Hears a pain.001 while it is checked and hands its facts to the sink, block by block and transfer by transfer.

import type { AddressFacts, Place, Placed } from '../../domain/payment.ts';
import type { ElementListener } from '../../iso20022/element-listener.ts';
import type { XmlPosition, XmlStart } from '../../xml/xml-reader.ts';
import type { PaymentSink } from '../format.ts';
import { CollectedValues } from './collected-values.ts';
import {
  blockFacts,
  debtorAddress,
  groupFacts,
  STRUCTURED_REMITTANCE,
  transferFacts,
} from './payment-facts.ts';
import { BLOCK, GROUP, TRANSFER, valueUse } from './payment-paths.ts';

/**
 * Nothing is kept longer than its transfer, but for the header of the open block. A block is told before its first transfer,
 * or at its end when it has none. In a file with faults what is missing is empty, with the place of what it is missing in.
 */
export class PaymentListener implements ElementListener {
  readonly #sink: PaymentSink;
  readonly #currentPath: () => string;
  readonly #values = new CollectedValues();
  /** Definition path of the part being read, and the same with indexes. */
  #part = '';
  #partPath = '';
  #partPlace: Place = NOWHERE;
  #texts: Placed<string>[] = [];
  #block = -1;
  #blockTold = false;
  #debtorAddress: AddressFacts | undefined;
  #transfer = -1;

  /** `currentPath` gives the element path with indexes of what is being told at the moment. */
  constructor(sink: PaymentSink, currentPath: () => string) {
    this.#sink = sink;
    this.#currentPath = currentPath;
  }

  enter(path: string, start: XmlStart): void {
    switch (path) {
      case GROUP:
        break;
      case BLOCK:
        this.#block++;
        this.#blockTold = false;
        break;
      case TRANSFER:
        this.#transfer++;
        this.#tellBlock();
        break;
      default:
        if (path.endsWith('/PmtTpInf') || path.endsWith('/PstlAdr')) {
          this.#values.add(path, { value: '', place: this.#place(path, start), currency: undefined });
        }
        return;
    }
    this.#open(path, start);
  }

  value(path: string, text: string, attributes: Readonly<Record<string, string>>, at: XmlPosition): void {
    const { isText, isReference, repeats } = valueUse(path);
    const place = repeats ? placeAt(this.#currentPath(), at) : this.#place(path, at);
    if (isText) this.#texts.push({ value: text, place });
    if (repeats) this.#values.addRepeated(isReference ? STRUCTURED_REMITTANCE : path, { value: text, place });
    else this.#values.add(path, { value: text, place, currency: attributes.Ccy });
  }

  leave(path: string): void {
    switch (path) {
      case GROUP:
        this.#sink.group(groupFacts(this.#values, this.#partPlace));
        break;
      case BLOCK:
        this.#tellBlock();
        this.#sink.blockEnd(this.#block);
        break;
      case TRANSFER:
        this.#tellTransfer();
        break;
      default:
        return;
    }
    this.#close();
  }

  #open(path: string, start: XmlStart): void {
    this.#part = path;
    this.#partPath = this.#currentPath();
    this.#partPlace = placeAt(this.#partPath, start);
    this.#values.clear();
    this.#texts = [];
  }

  /** What comes now is out of order, which was reported: it must not be added to what was told already. */
  #close(): void {
    this.#texts = [];
  }

  #tellTransfer(): void {
    const facts = transferFacts(this.#values, {
      index: this.#transfer,
      block: this.#block,
      place: this.#partPlace,
      texts: this.#texts,
      debtorAddress: this.#debtorAddress,
    });
    this.#sink.transfer(facts);
  }

  #tellBlock(): void {
    if (this.#blockTold) return;
    this.#blockTold = true;
    this.#debtorAddress = debtorAddress(this.#values);
    this.#sink.block(blockFacts(this.#values, this.#partPlace, this.#block, this.#texts));
  }

  /** The indexes of the part are known; below it nothing repeats that comes here. */
  #place(path: string, at: XmlPosition): Place {
    return placeAt(this.#partPath + path.slice(this.#part.length), at);
  }
}

function placeAt(path: string, { line, column }: XmlPosition): Place {
  return { line, column, path };
}

const NOWHERE: Place = { line: 1, column: 1, path: '' };
