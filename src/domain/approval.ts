// What a company wants a person to see before it is sent: large transfers, large files, creditors that are on no list of its own.

import { addDecimals, compareDecimals, formatDecimal, ZERO, type Decimal, type Money } from './decimal.ts';
import { asIban } from './iban.ts';
import type { TransferFacts } from './payment.ts';

export interface ApprovalPolicy {
  /** A larger transfer needs a person; where any amount is given, so does a transfer in a currency without one. */
  readonly transferAbove: readonly Money[];
  /** The same for the sum of a file's transfers in one currency. */
  readonly fileAbove: readonly Money[];
  /** Accounts that may be paid without a person, IBANs in electronic form; undefined: all of them. */
  readonly creditors: ReadonlySet<string> | undefined;
}

/** Of one rule; the others are counted. */
const NAMED_MAX = 3;

/** Is told of every transfer of one file, and says then why a person must see it. */
export class ApprovalReading {
  readonly #policy: ApprovalPolicy;
  readonly #sums = new Map<string, Decimal>();
  readonly #large = new Hits();
  readonly #unlisted = new Hits();

  constructor(policy: ApprovalPolicy) {
    this.#policy = policy;
  }

  add(transfer: TransferFacts): void {
    const { transferAbove, fileAbove, creditors } = this.#policy;
    const { currency, creditorAccount } = transfer;
    const amount = transfer.amount.value;
    if (isAbove(transferAbove, currency, amount))
      this.#large.add(transfer, () => `${money(amount, currency)}${than(transferAbove, currency)}`);
    if (fileAbove.length > 0) this.#sums.set(currency, addDecimals(this.#sums.get(currency) ?? ZERO, amount));
    if (creditors !== undefined) {
      const account = creditorAccount && (creditorAccount.iban ?? asIban(creditorAccount.value));
      if (account === undefined || !creditors.has(account))
        this.#unlisted.add(transfer, () => `${money(amount, currency)} to ${account ?? 'no account'}`);
    }
  }

  /** Sentences, each beginning with the name of the rule; none where the file may go as it is. */
  reasons(): readonly string[] {
    const { fileAbove } = this.#policy;
    const large = [...this.#sums].filter(([currency, sum]) => isAbove(fileAbove, currency, sum));
    return [
      ...this.#large.told('transferAbove', 'A transfer is larger than may go without a person'),
      ...large.map(
        ([currency, sum]) =>
          `fileAbove: The transfers of the file come to ${money(sum, currency)}${than(fileAbove, currency)}.`,
      ),
      ...this.#unlisted.told('creditorsNotIn', 'A creditor account is not on the list'),
    ];
  }
}

/** Transfers that met one rule: the first few by name. */
class Hits {
  readonly #named: string[] = [];
  #count = 0;

  add({ place, endToEndId }: TransferFacts, what: () => string): void {
    this.#count += 1;
    if (this.#named.length < NAMED_MAX)
      this.#named.push(`line ${place.line}, EndToEndId ${endToEndId.value}: ${what()}`);
  }

  told(rule: string, sentence: string): string[] {
    if (this.#count === 0) return [];
    const more = this.#count - this.#named.length;
    return [`${rule}: ${sentence} (${this.#named.join('; ')}${more > 0 ? `; and ${more} more` : ''}).`];
  }
}

/** A currency that nobody thought of must not be the way around the others. */
function isAbove(limits: readonly Money[], currency: string, amount: Decimal): boolean {
  if (limits.length === 0) return false;
  const limit = limitFor(limits, currency);
  return limit === undefined || compareDecimals(amount, limit) > 0;
}

function than(limits: readonly Money[], currency: string): string {
  const limit = limitFor(limits, currency);
  return limit === undefined
    ? `, and ${currency} has no limit of its own`
    : `, more than ${money(limit, currency)}`;
}

function limitFor(limits: readonly Money[], currency: string): Decimal | undefined {
  return limits.find((limit) => limit.currency === currency)?.amount;
}

function money(amount: Decimal, currency: string): string {
  return `${formatDecimal(amount)} ${currency}`;
}
