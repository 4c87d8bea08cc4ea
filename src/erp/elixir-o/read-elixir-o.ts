// Reads an Elixir-O file as payments: the same facts that a pain.001 gives, each with the line and field it stood in.

import { accountId } from '../../domain/iban.ts';
import type { ElixirOForm } from '../../domain/erp-formats.ts';
import type { AddressFacts, BlockFacts, GroupFacts, Placed, TransferFacts } from '../../domain/payment.ts';
import type { ByteSource, FileIds, PaymentSink, ReadVerdict } from '../format.ts';
import { ListReader, type ListedTransfer } from './read-list.ts';
import type { Party } from './transfer.ts';

/** By which name orders of this format are known in records and to the ERP. */
export const ELIXIR_O = 'Elixir-O';

const CURRENCY = 'PLN';

/** In this encoding every byte is a character. */
const SOME_FORM: ElixirOForm = {
  encoding: 'cp852',
  complete: 'rename',
  splitPayment: 'title',
  language: 'en',
};

/** Orders of one day and one orderer that follow each other become one block. The source is read once, to its end. */
export async function readElixirO(
  source: ByteSource,
  sink: PaymentSink,
  form: ElixirOForm,
): Promise<ReadVerdict> {
  const reader = new ListReader(form);
  let index = 0;
  let block = -1;
  for await (const listed of reader.transfers(source())) {
    if (block < 0) sink.group(groupFacts(listed));
    if (listed.beginsBlock) {
      if (block >= 0) sink.blockEnd(block);
      sink.block(blockFacts(listed, ++block));
    }
    sink.transfer(transferFacts(listed, index++, block));
  }
  if (block >= 0) sink.blockEnd(block);
  return {
    messageName: ELIXIR_O,
    kind: 'payment',
    complete: reader.isComplete,
    faults: reader.faults,
    faultCount: reader.faultCount,
    requests: [],
    requestMessageId: undefined,
    layout: undefined,
  };
}

/**
 * The ids of a file that was read without faults before, whatever is configured by now: which lines there are, and all of them
 * but references in other letters than the plain ones, does not depend on it.
 */
export async function readElixirOIds(source: ByteSource, form: ElixirOForm = SOME_FORM): Promise<FileIds> {
  const reader = new ListReader(form);
  const blocks: FileIds['blocks'][number][] = [];
  const transfers: FileIds['transfers'][number][] = [];
  for await (const listed of reader.transfers(source())) {
    if (listed.beginsBlock)
      blocks.push({ paymentInformationId: '', debtorAccount: listed.ordererAccount.value });
    transfers.push({
      index: transfers.length,
      block: blocks.length - 1,
      instructionId: undefined,
      line: listed.place.line,
      endToEndId: listed.endToEndId,
      amount: listed.amount.value,
      currency: CURRENCY,
    });
  }
  return { blocks, transfers };
}

/** The list itself has neither an id nor counts and sums. */
function groupFacts({ orderer, place }: ListedTransfer): GroupFacts {
  return {
    messageId: { value: '', place },
    creationDateTime: '',
    declaredCount: { value: '', place },
    declaredSum: undefined,
    initiatingParty: { value: orderer.name, place: orderer.place },
  };
}

function blockFacts(listed: ListedTransfer, index: number): BlockFacts {
  const { orderer, ordererAccount, date, place } = listed;
  return {
    index,
    // Without one of the ERP's it gets one of ours when it is planned.
    paymentInformationId: { value: '', place },
    method: 'TRF',
    declaredCount: undefined,
    declaredSum: undefined,
    type: { serviceLevel: undefined, localInstrument: undefined, categoryPurpose: undefined },
    executionDate: date,
    debtorName: orderer.name,
    debtorAccount: accountId('other', ordererAccount.value, ordererAccount.place),
    debtorAccountCurrency: CURRENCY,
    chargeBearer: undefined,
    texts: partyTexts(orderer),
    place,
  };
}

function transferFacts(listed: ListedTransfer, index: number, block: number): TransferFacts {
  const { beneficiary, beneficiaryAccount, amount, title, reference, place } = listed;
  return {
    index,
    block,
    instructionId: undefined,
    endToEndId: { value: listed.endToEndId, place: reference.place },
    type: undefined,
    amount,
    currency: CURRENCY,
    equivalent: false,
    creditorName: { value: beneficiary.name, place: beneficiary.place },
    creditorAccount: accountId('other', beneficiaryAccount.value, beneficiaryAccount.place),
    creditorAgentBic: undefined,
    creditorAgentMember: beneficiaryAccount.value.slice(2, 10),
    creditorAddress: addressFacts(beneficiary),
    debtorAddress: addressFacts(listed.orderer),
    remittance: title.value,
    texts: [...partyTexts(beneficiary), title],
    place,
  };
}

function partyTexts({ name, address, place }: Party): Placed<string>[] {
  return [name, ...address].map((value) => ({ value, place }));
}

function addressFacts({ address, place }: Party): AddressFacts | undefined {
  return address.length === 0 ? undefined : { place, town: undefined, country: undefined, lines: address };
}
