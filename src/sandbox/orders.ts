// Orders of payment: checked, written down, and from then on the bank's to execute.

import {
  addDecimals,
  compareDecimals,
  formatDecimal,
  negate,
  parseDecimal,
  withScale,
  ZERO,
} from '../domain/decimal.ts';
import type { Decimal } from '../domain/decimal.ts';
import { asIban, isIban } from '../domain/iban.ts';
import { checkByStream } from '../signature/signature-check.ts';
import { strongSignatures, verifyEnvelopedSignature } from '../signature/verify.ts';
import type { AnswerDocument } from './answer-envelope.ts';
import { available } from './balance-query.ts';
import { documentId, isRegistered, present } from './bank.ts';
import type { Bank } from './bank.ts';
import { instantOf } from './bank-time.ts';
import type { RejectReason, TakenBlock, TakenEvent, TakenTransfer } from './ledger-event.ts';
import type { Dialect, OrderOperation } from './operations.ts';
import type { OrderedBlock, OrderedTransfer, OrderReader } from './order-reader.ts';
import { courseOf, dialectFault, messageReject, transferReject } from './order-rules.ts';
import { refusal } from './request-reader.ts';
import type { Refusal } from './request-reader.ts';
import { statusAnswer } from './status-answer.ts';

/** An order as it came over the wire, readable and by its definition. */
export interface ReceivedOrder {
  readonly bytes: Uint8Array;
  readonly dialect: Dialect;
  readonly customer: string;
  readonly operation: OrderOperation;
  readonly order: OrderReader;
  readonly hasSignature: boolean;
}

/**
 * Takes an order: when this resolves with an answer, the message is on disk and its good transfers will be executed
 * once each. A refusal has left nothing behind. A message rejected for its contents is taken too, so that it can be asked about.
 */
export async function takeOrder(bank: Bank, received: ReceivedOrder): Promise<AnswerDocument | Refusal> {
  const { order, customer } = received;
  const fault = dialectFault(order, received.dialect);
  if (fault !== undefined) return refusal('E102', fault);
  const unsigned = await signatureRefusal(bank, received);
  if (unsigned !== undefined) return unsigned;

  const isRepeated = (): boolean => bank.ledger.takingsOf(customer, order.messageId).length > 0;
  const takesRepeated =
    isRepeated() && (await bank.moods.use(['silently-takes-duplicates'], 'order')) !== undefined;
  // From this check to the record nothing else runs, so two copies that come at once cannot both be new.
  if (isRepeated() && !takesRepeated) return refusal('E401', `Message ${order.messageId} was taken before`);
  const nowMs = present(bank);
  bank.ledger.record([takenEvent(bank, received, nowMs)]);
  const taking = bank.ledger.takings.at(-1);
  if (taking === undefined) throw new Error('The ledger lost a message that it had just taken.');
  return statusAnswer(taking, documentId(bank, 'PSR'), present(bank));
}

async function signatureRefusal(bank: Bank, received: ReceivedOrder): Promise<Refusal | undefined> {
  if (!received.hasSignature)
    return bank.settings.unsigned ? undefined : refusal('E301', 'Orders must be signed');
  const verification = await verifyEnvelopedSignature(once(received.bytes), {
    trusted: { kind: 'authorities', certificates: [bank.certificates.authority] },
    at: new Date(bank.clock.now()),
    place: 'soap-body',
    accepted: strongSignatures,
    check: checkByStream,
  });
  if (verification.kind === 'invalid') return refusal('E302', verification.reason);
  const { certificate } = verification;
  if (isRegistered(certificate, bank.certificates.signing)) return undefined;
  return refusal('E303', certificate.subject);
}

function once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  return {
    async *[Symbol.asyncIterator]() {
      yield bytes;
    },
  };
}

function takenEvent(bank: Bank, received: ReceivedOrder, nowMs: number): TakenEvent {
  const { order } = received;
  const funds = new Funds(bank);
  const judge = (block: OrderedBlock, transfer: OrderedTransfer): RejectReason | undefined => {
    const iban = asIban(block.debtorAccount ?? '');
    const reject = transferReject(
      received.operation,
      received.dialect,
      block,
      transfer,
      bank.ledger.accounts.get(iban),
    );
    return reject ?? funds.take(iban, parseDecimal(transfer.amount) ?? ZERO);
  };
  return {
    type: 'taken',
    at: nowMs,
    customer: received.customer,
    messageId: order.messageId,
    operation: received.operation,
    approved: received.hasSignature,
    delayMs: bank.settings.bookingDelayMs,
    declaredCount: order.count,
    controlSum: order.sum,
    reject: messageReject(order),
    blocks: order.blocks.map((block) => takenBlock(block, judge)),
  };
}

type Judge = (block: OrderedBlock, transfer: OrderedTransfer) => RejectReason | undefined;

function takenBlock(block: OrderedBlock, judge: Judge): TakenBlock {
  const debtor = {
    account: asIban(block.debtorAccount ?? ''),
    name: block.debtorName,
    address: block.debtorAddress,
  };
  return {
    paymentInformationId: block.paymentInformationId,
    notBefore: instantOf(block.executionDate.slice(0, 10), '00:00:00'),
    transfers: block.transfers.map((transfer): TakenTransfer => ({
      instructionId: transfer.instructionId,
      endToEndId: transfer.endToEndId,
      amount: formatDecimal(withScale(parseDecimal(transfer.amount) ?? ZERO, 2)),
      currency: transfer.currency,
      debtor,
      creditor: {
        account: accountNumber(transfer.creditorAccount),
        name: transfer.creditorName,
        address: transfer.creditorAddress,
      },
      remittance: transfer.remittance.join(''),
      course: courseOf(transfer),
      reject: judge(block, transfer),
    })),
  };
}

/** An account abroad that is no IBAN is kept as it was written. */
function accountNumber(account: string | undefined): string {
  const iban = asIban(account ?? '');
  return isIban(iban) ? iban : (account ?? '');
}

/** What is left on each account while the transfers of one message are gone through in their order. */
class Funds {
  readonly #bank: Bank;
  readonly #left = new Map<string, Decimal>();

  constructor(bank: Bank) {
    this.#bank = bank;
  }

  take(iban: string, amount: Decimal): RejectReason | undefined {
    const account = this.#bank.ledger.accounts.get(iban);
    if (account === undefined) return undefined;
    const left = this.#left.get(iban) ?? available(this.#bank, account);
    const rest = addDecimals(left, negate(amount));
    if (compareDecimals(rest, ZERO) < 0) return { code: 'AM04', text: 'Insufficient funds' };
    this.#left.set(iban, rest);
    return undefined;
  }
}
