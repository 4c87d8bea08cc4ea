// Places in a part of a payment message, whose paths are put together when somebody wants to read them, which is when something
// is wrong there.

import type { Place } from '../../domain/payment.ts';

/** Something in a part: `below` begins where the path of the part ends. */
export class PlaceInPart implements Place {
  readonly line: number;
  readonly column: number;
  readonly #part: Pick<Place, 'path'>;
  readonly #below: string;

  constructor(line: number, column: number, part: Pick<Place, 'path'>, below: string) {
    this.line = line;
    this.column = column;
    this.#part = part;
    this.#below = below;
  }

  get path(): string {
    return this.#part.path + this.#below;
  }
}

/** One of the transfers of a block; `index` from 1. */
export class TransferPlace implements Place {
  readonly line: number;
  readonly column: number;
  readonly #blockPath: string;
  readonly #index: number;

  constructor(line: number, column: number, blockPath: string, index: number) {
    this.line = line;
    this.column = column;
    this.#blockPath = blockPath;
    this.#index = index;
  }

  get path(): string {
    return `${this.#blockPath}/CdtTrfTxInf[${this.#index}]`;
  }
}
