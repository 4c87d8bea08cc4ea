// The facts of the transfer that is being told. Each is read when somebody asks for it, because most rules look at few of them.

import { ZERO, type Decimal } from '../../domain/decimal.ts';
import type {
  AccountId,
  AddressFacts,
  PaymentType,
  Place,
  Placed,
  TransferFacts,
} from '../../domain/payment.ts';
import { account, accountKeys, addressKeys, paymentType, paymentTypeKeys } from './payment-facts.ts';
import { placeKey, TRANSFER } from './payment-paths.ts';
import type { Values } from './values.ts';

/** One object for all transfers of a file, each in its turn. What was asked for twice is the same object both times. */
export class TransferReading implements TransferFacts {
  index = -1;
  block = -1;
  place: Place = NOWHERE;
  debtorAddress: AddressFacts | undefined;
  #values: Values;
  #endToEndId: Placed<string> | undefined;
  #amount: Placed<Decimal> | undefined;
  #account: AccountId | undefined | null = null;
  #name: Placed<string> | undefined | null = null;
  #remittance: string | undefined;
  #address: AddressReading | undefined;

  constructor(values: Values) {
    this.#values = values;
  }

  /** From here on it is the next transfer, with these values. */
  next(values: Values, block: number, place: Place, debtorAddress: AddressFacts | undefined): void {
    this.index++;
    if (values !== this.#values) this.#address = undefined;
    this.#values = values;
    this.block = block;
    this.place = place;
    this.debtorAddress = debtorAddress;
    this.#endToEndId = undefined;
    this.#amount = undefined;
    this.#account = null;
    this.#name = null;
    this.#remittance = undefined;
  }

  get instructionId(): Placed<string> | undefined {
    return this.#values.optional(INSTRUCTION_ID);
  }

  get endToEndId(): Placed<string> {
    return (this.#endToEndId ??= this.#values.required(END_TO_END_ID, this.place));
  }

  get type(): PaymentType | undefined {
    return this.#values.has(PAYMENT_TYPE) ? paymentType(this.#values, PAYMENT_TYPE_KEYS) : undefined;
  }

  get amount(): Placed<Decimal> {
    return (this.#amount ??= this.#values.decimal(this.#amountKey()) ?? { value: ZERO, place: this.place });
  }

  get currency(): string {
    return this.#values.currency(this.#amountKey()) ?? '';
  }

  get equivalent(): boolean {
    return this.#values.has(EQUIVALENT);
  }

  get creditorName(): Placed<string> | undefined {
    if (this.#name === null) this.#name = this.#values.optional(CREDITOR_NAME);
    return this.#name;
  }

  get creditorAccount(): AccountId | undefined {
    if (this.#account === null) this.#account = account(this.#values, CREDITOR_ACCOUNT);
    return this.#account;
  }

  get creditorAgentBic(): string | undefined {
    return this.#values.text(CREDITOR_BIC) ?? this.#values.text(CREDITOR_BICFI);
  }

  get creditorAgentMember(): string | undefined {
    return this.#values.text(CREDITOR_MEMBER);
  }

  get creditorAddress(): AddressFacts | undefined {
    if (!this.#values.has(CREDITOR_ADDRESS.whole)) return undefined;
    return (this.#address ??= new AddressReading(this.#values));
  }

  /** The free text; where there is none, the structured references, because they are then what tells payments apart. */
  get remittance(): string {
    return (this.#remittance ??= (
      this.#values.has(FREE_TEXT) ? this.#values.all(FREE_TEXT) : this.#values.references()
    ).join(' '));
  }

  get texts(): readonly Placed<string>[] {
    return this.#values.restricted();
  }

  #amountKey(): number {
    return this.#values.has(AMOUNT) ? AMOUNT : EQUIVALENT;
  }
}

/** The address of the creditor of whichever transfer is being told; most rules ask for none of its parts. */
class AddressReading implements AddressFacts {
  readonly #values: Values;

  constructor(values: Values) {
    this.#values = values;
  }

  get place(): Place {
    return this.#values.required(CREDITOR_ADDRESS.whole, NOWHERE).place;
  }

  get town(): string | undefined {
    return this.#values.text(CREDITOR_ADDRESS.town);
  }

  get country(): string | undefined {
    return this.#values.text(CREDITOR_ADDRESS.country);
  }

  get lines(): readonly string[] {
    return this.#values.all(CREDITOR_ADDRESS.line);
  }
}

const NOWHERE: Place = { line: 1, column: 1, path: '' };

const PAYMENT_TYPE = placeKey(`${TRANSFER}/PmtTpInf`);
const PAYMENT_TYPE_KEYS = paymentTypeKeys(TRANSFER);
const INSTRUCTION_ID = placeKey(`${TRANSFER}/PmtId/InstrId`);
const END_TO_END_ID = placeKey(`${TRANSFER}/PmtId/EndToEndId`);
const AMOUNT = placeKey(`${TRANSFER}/Amt/InstdAmt`);
const EQUIVALENT = placeKey(`${TRANSFER}/Amt/EqvtAmt/Amt`);
const CREDITOR_NAME = placeKey(`${TRANSFER}/Cdtr/Nm`);
const CREDITOR_ACCOUNT = accountKeys(`${TRANSFER}/CdtrAcct`);
const CREDITOR_ADDRESS = addressKeys(`${TRANSFER}/Cdtr/PstlAdr`);
const CREDITOR_BIC = placeKey(`${TRANSFER}/CdtrAgt/FinInstnId/BIC`);
const CREDITOR_BICFI = placeKey(`${TRANSFER}/CdtrAgt/FinInstnId/BICFI`);
const CREDITOR_MEMBER = placeKey(`${TRANSFER}/CdtrAgt/FinInstnId/ClrSysMmbId/MmbId`);
const FREE_TEXT = placeKey(`${TRANSFER}/RmtInf/Ustrd`);
