// Recognises the transfers of a checked file that are written alike and as plainly as can be, so that they are copied as they
// stand: Canonical XML leaves every byte of them.

import type { Decimal } from '../../domain/decimal.ts';
import { Surveyor } from '../../xml/bytes-at-hand.ts';
import { MarkupShape } from '../../xml/markup-shape.ts';
import { plainValues } from '../../xml/plain-element.ts';
import type { XmlCursor } from '../../xml/xml-reader.ts';
import { plainDecimal } from './plain-decimal.ts';

/** Files made by one program have few. */
const KEPT_MAX = 4;
/** In a file that has ever new ones it does not pay to learn them. */
const LEARNED_MAX = 32;
/** A shape is as large as its transfer. */
const SHAPE_BYTES_MAX = 1 << 13;

interface Known {
  readonly shape: MarkupShape;
  /** Which of its values is the amount. */
  readonly amount: number;
}

/** Goes by the bytes alone, so what was learned from one document holds in any other. */
export class PlainTransfers {
  /** Of the transfer that was read last. */
  amount: Decimal | undefined;
  readonly #known: Known[] = [];
  readonly #surveyor = new Surveyor();
  #learned = 0;

  /** Another document begins, which may have shapes of its own. */
  begin(): void {
    this.#learned = 0;
  }

  /** The index after the transfer at this '<', with the cursor moved there; -1, and nothing changed, where it is not known to be plain. */
  read(bytes: Uint8Array, at: number, end: number, cursor: XmlCursor): number {
    const known = this.#known;
    const { line, lineBase } = cursor;
    for (let k = 0; k < known.length; k++) {
      const one = known[k];
      const next = one?.shape.read(this.#surveyor.look(bytes), at, end, cursor) ?? -1;
      if (one === undefined || next < 0) continue;
      const { shape, amount } = one;
      this.amount = plainDecimal(bytes, shape.values[amount] ?? 0, shape.starts[amount + 1] ?? 0);
      if (k > 0) known.unshift(...known.splice(k, 1));
      if (this.amount !== undefined) return next;
      cursor.line = line;
      cursor.lineBase = lineBase;
      return -1;
    }
    return -1;
  }

  /** Takes in how a transfer is written, which was found to be well-formed. */
  learn(transfer: Uint8Array): void {
    const { length } = transfer;
    if (this.#learned === LEARNED_MAX || length > SHAPE_BYTES_MAX || this.#isKnown(transfer)) return;
    this.#learned++;
    const values = plainValues(transfer, 0, length);
    const amounts = values?.flatMap(({ path }, n) => (AMOUNT.test(path) ? [n] : []));
    const [amount] = amounts ?? [];
    if (values === undefined || amount === undefined || amounts?.length !== 1) return;
    if (this.#known.length === KEPT_MAX) this.#known.pop();
    this.#known.unshift({ shape: new MarkupShape(transfer, 0, length, values), amount });
  }

  /** It was only read because the bytes at hand did not hold all of it. */
  #isKnown(transfer: Uint8Array): boolean {
    const own = Uint8Array.from(transfer);
    return this.read(own, 0, own.length, { base: 0, line: 1, lineBase: 0 }) >= 0;
  }
}

const AMOUNT = /^CdtTrfTxInf\/Amt\/(?:InstdAmt|EqvtAmt\/Amt)$/;
