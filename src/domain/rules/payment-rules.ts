// The rules a payment file must keep beyond its schema; fed in file order, it finds every fault and never stops at the first.

import { counted } from '../counted.ts';
import type { BankTerms, Operation } from '../bank-profile.ts';
import { addDecimals, compareDecimals, formatDecimal, ZERO, type Decimal } from '../decimal.ts';
import type { Fault } from '../fault.ts';
import type { FileIdSet } from '../order-event.ts';
import type { BlockFacts, GroupFacts, Placed, TransferFacts } from '../payment.ts';
import { accountFaults } from './account-rules.ts';
import { amountFaults } from './amount-rules.ts';
import { dateFaults, type DateBounds } from './date-rules.ts';
import { fault, NO_FAULTS } from './fault-at.ts';
import { debtorFaults, operationFaults } from './operation-rules.ts';
import { SeenIds } from './seen-ids.ts';
import { textFaults } from './text-rules.ts';

/** One of our accounts, by IBAN. */
export interface OwnAccount {
  readonly iban: string;
  readonly currency: string;
  readonly terms: BankTerms;
}

export interface RuleContext {
  /** The accounts of the company whose outbox the file came from. */
  readonly account: (iban: string) => OwnAccount | undefined;
  readonly dates: DateBounds;
  readonly faultsMax: number;
}

/** What a transfer that keeps the rules is to become. */
export interface RoutedTransfer {
  readonly terms: BankTerms;
  readonly operation: Operation;
  readonly block: BlockFacts;
  readonly transfer: TransferFacts;
}

export class PaymentRules {
  readonly #context: RuleContext;
  readonly #route: (transfer: RoutedTransfer) => void;
  readonly #faults: Fault[] = [];
  readonly #endToEndIds = new SeenIds();
  readonly #blockIds = new SeenIds();
  /** Banks whose rules the group header has been held against. */
  readonly #groupCheckedFor = new Set<string>();
  #faultCount = 0;
  #group: GroupFacts | undefined;
  #block: BlockFacts | undefined;
  /** The account the open block is to be charged to. */
  #own: OwnAccount | undefined;
  #count = 0;
  /** Of the blocks that have ended. */
  #sum: Decimal = ZERO;
  #blockCount = 0;
  #blockSum: Decimal = ZERO;
  /** Operations that the debtor of the open block has been held against. */
  readonly #debtorCheckedFor = new Set<Operation>();

  /** `route` is called for every transfer that has an account and an operation, also in a file that has faults. */
  constructor(context: RuleContext, route: (transfer: RoutedTransfer) => void) {
    this.#context = context;
    this.#route = route;
  }

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  /** All faults found, also those over the limit that are not kept. */
  get faultCount(): number {
    return this.#faultCount;
  }

  get count(): number {
    return this.#count;
  }

  get sum(): Decimal {
    return addDecimals(this.#sum, this.#blockSum);
  }

  /** The ids of the file, each once, to be asked for after its end; undefined when there are more than `max`, which are then forgotten. */
  ids(max: number): FileIdSet | undefined {
    if (this.#blockIds.count + this.#endToEndIds.count > max) {
      this.#blockIds.forget();
      this.#endToEndIds.forget();
      return undefined;
    }
    return { paymentInformation: this.#blockIds.all(), endToEnd: this.#endToEndIds.all() };
  }

  group(facts: GroupFacts): void {
    this.#group = facts;
  }

  block(facts: BlockFacts): void {
    this.#block = facts;
    this.#blockCount = 0;
    this.#blockSum = ZERO;
    this.#debtorCheckedFor.clear();
    this.#note(this.#repeated(this.#blockIds, facts.paymentInformationId, 'PmtInfId'));
    if (facts.method !== '' && facts.method !== 'TRF') {
      this.#note([
        fault(
          'rule.payment-method',
          facts.place,
          facts.method,
          'The payment method is not a credit transfer.',
          'Use TRF; cheques and transfer advices can not be sent through this bank service.',
        ),
      ]);
    }
    this.#note(dateFaults(facts, this.#context.dates));
    this.#note(accountFaults.debtor(facts, this.#context.account));
    const own = this.#ownAccount(facts);
    this.#own = own;
    if (own !== undefined && this.#group !== undefined && !this.#groupCheckedFor.has(own.terms.name)) {
      this.#groupCheckedFor.add(own.terms.name);
      this.#note(textFaults.group(this.#group, own.terms.rules));
    }
  }

  transfer(transfer: TransferFacts): void {
    const block = this.#block;
    if (block === undefined) return;
    const { endToEndId } = transfer;
    this.#count += 1;
    this.#blockCount += 1;
    this.#blockSum = addDecimals(this.#blockSum, transfer.amount.value);
    if (endToEndId.value !== 'NOTPROVIDED')
      this.#note(this.#repeated(this.#endToEndIds, endToEndId, 'EndToEndId'));
    this.#note(amountFaults(transfer));
    this.#note(accountFaults.creditor(transfer));
    const own = this.#own;
    if (own === undefined) return;
    this.#note(textFaults.transfer(transfer, own.terms.rules));
    const { operation, faults } = operationFaults(own.terms, block, transfer);
    this.#note(faults);
    if (operation === undefined) return;
    // Said once for the block, not again for each of its transfers.
    if (!this.#debtorCheckedFor.has(operation)) {
      this.#note(debtorFaults(operation, transfer));
      this.#debtorCheckedFor.add(operation);
    }
    this.#route({ terms: own.terms, operation, block, transfer });
  }

  blockEnd(): void {
    const block = this.#block;
    if (block === undefined) return;
    if (this.#own !== undefined) this.#note(textFaults.block(block, this.#own.terms.rules));
    this.#note(countFaults(block.declaredCount, this.#blockCount, 'this payment block'));
    this.#note(sumFaults(block.declaredSum, this.#blockSum, 'this payment block'));
    this.#sum = this.sum;
    this.#blockSum = ZERO;
  }

  /** After the last block: what only the whole file can show. */
  end(): void {
    if (this.#group === undefined) return;
    this.#note(countFaults(this.#group.declaredCount, this.#count, 'the file'));
    this.#note(sumFaults(this.#group.declaredSum, this.sum, 'the file'));
  }

  #ownAccount(block: BlockFacts): OwnAccount | undefined {
    return this.#context.account(block.debtorAccount?.iban ?? block.debtorAccount?.value ?? '');
  }

  #repeated(seen: SeenIds, id: Placed<string>, name: string): readonly Fault[] {
    if (id.value === '') return NO_FAULTS;
    const line = seen.note(id.value, id.place.line);
    if (line === undefined) return NO_FAULTS;
    return [
      fault(
        'rule.repeated-id',
        id.place,
        id.value,
        `This ${name} was already used in line ${line} of this file.`,
        `Give every ${name === 'PmtInfId' ? 'payment block' : 'transfer'} an id of its own.`,
      ),
    ];
  }

  #note(faults: readonly Fault[]): void {
    this.#faultCount += faults.length;
    for (const found of faults) if (this.#faults.length < this.#context.faultsMax) this.#faults.push(found);
  }
}

function countFaults(declared: Placed<string> | undefined, count: number, of: string): Fault[] {
  if (
    declared === undefined ||
    !/^\d{1,15}$/.test(declared.value) ||
    BigInt(declared.value) === BigInt(count)
  )
    return [];
  return [
    fault(
      'rule.count',
      declared.place,
      declared.value,
      `NbOfTxs says ${declared.value}, but ${of} has ${counted(count, 'transfer')}.`,
      'Export the file again; a part of it may be missing.',
    ),
  ];
}

function sumFaults(declared: Placed<Decimal> | undefined, sum: Decimal, of: string): Fault[] {
  if (declared === undefined || compareDecimals(declared.value, sum) === 0) return [];
  const found = formatDecimal(declared.value);
  return [
    fault(
      'rule.control-sum',
      declared.place,
      found,
      `CtrlSum says ${found}, but the amounts of ${of} add up to ${formatDecimal(sum)}.`,
      'Export the file again; an amount may have been changed or a part may be missing.',
    ),
  ];
}
