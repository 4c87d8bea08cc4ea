// Which transfers go into which bank message: by bank, by operation, by the bank's limit. Decided once, while the file is read.

import { addDecimals, formatDecimal, ZERO, type Decimal } from './decimal.ts';
import { asIban } from './iban.ts';
import { bankMessageId, cutBlockId } from './identifiers.ts';
import type { BankTerms, Operation } from './bank-profile.ts';
import type { PlannedSubmission } from './order-event.ts';
import type { BlockFacts, TransferFacts } from './payment.ts';
import { extendRuns } from './transfer-state.ts';

interface OpenBlock {
  readonly block: number;
  readonly paymentInformationId: string;
  readonly executionDate: string;
  readonly debtorAccount: string | undefined;
  readonly runs: [number, number][];
  count: number;
  sum: Decimal;
}

interface OpenPart {
  readonly terms: BankTerms;
  readonly operation: Operation;
  readonly blocks: OpenBlock[];
  count: number;
}

/** What the plan must know of a transfer. */
export interface PlannableTransfer {
  readonly terms: BankTerms;
  readonly operation: Operation;
  readonly block: Pick<BlockFacts, 'index' | 'paymentInformationId' | 'executionDate' | 'debtorAccount'>;
  readonly transfer: Pick<TransferFacts, 'index' | 'amount'>;
}

/** Takes transfers in file order and makes the plan; keeps runs of indexes only, so that big files stay small here. */
export class PlanBuilder {
  readonly #parts: OpenPart[] = [];
  /** The part being filled for each bank and operation. */
  readonly #open = new Map<string, OpenPart>();
  /** The part the last transfer went into, which is mostly that of the next one. */
  #last: OpenPart | undefined;
  readonly #partsOfBlock = new Map<number, number>();

  add({ terms, operation, block, transfer }: PlannableTransfer): void {
    const part = this.#partFor(terms, operation);
    let open = part.blocks.at(-1);
    if (open?.block !== block.index) {
      open = {
        block: block.index,
        paymentInformationId: block.paymentInformationId.value,
        executionDate: block.executionDate.value,
        debtorAccount: block.debtorAccount && asIban(block.debtorAccount.value),
        runs: [],
        count: 0,
        sum: ZERO,
      };
      part.blocks.push(open);
      this.#partsOfBlock.set(block.index, (this.#partsOfBlock.get(block.index) ?? 0) + 1);
    }
    extendRuns(open.runs, transfer.index);
    open.count += 1;
    open.sum = addDecimals(open.sum, transfer.amount.value);
    part.count += 1;
  }

  /** The plan under this order's ids. A block that had to be cut gets a new id in every part, and so does one that has none. */
  plan(orderId: string): PlannedSubmission[] {
    return this.#parts.map((part, position) => {
      const number = position + 1;
      const blocks = part.blocks.map((open) => ({
        block: open.block,
        paymentInformationId:
          open.paymentInformationId === '' || (this.#partsOfBlock.get(open.block) ?? 1) > 1
            ? cutBlockId(orderId, number, open.block)
            : open.paymentInformationId,
        executionDate: open.executionDate,
        ...(open.debtorAccount === undefined ? {} : { debtorAccount: open.debtorAccount }),
        transfers: open.runs,
        count: open.count,
        controlSum: formatDecimal(open.sum),
      }));
      return {
        part: number,
        messageId: bankMessageId(part.terms.rules.messageIdPrefix, orderId, number),
        bank: part.terms.name,
        operation: part.operation,
        count: part.count,
        controlSum: formatDecimal(part.blocks.reduce((sum, open) => addDecimals(sum, open.sum), ZERO)),
        blocks,
      };
    });
  }

  #partFor(terms: BankTerms, operation: Operation): OpenPart {
    const last = this.#last;
    if (
      last?.terms === terms &&
      last.operation === operation &&
      last.count < terms.rules.transfersPerMessageMax
    )
      return last;
    return (this.#last = this.#openPartFor(terms, operation));
  }

  #openPartFor(terms: BankTerms, operation: Operation): OpenPart {
    const key = `${terms.name} ${operation}`;
    let part = this.#open.get(key);
    if (part === undefined || part.count >= terms.rules.transfersPerMessageMax) {
      part = { terms, operation, blocks: [], count: 0 };
      this.#open.set(key, part);
      this.#parts.push(part);
    }
    return part;
  }
}
