// Writes an Elixir-O list as the pain.001.001.03 that bank messages are cut from. The mapping: docs/erp/elixir-o.md.

import type { ElixirOForm } from '../../domain/erp-formats.ts';
import { formatDecimal } from '../../domain/decimal.ts';
import { pain00100103 } from '../../iso20022/messages/pain.001.001.03.ts';
import { XmlWriter } from '../../xml/xml-writer.ts';
import type { ByteSource, Conversion } from '../format.ts';
import { ListReader, type ListedTransfer } from './read-list.ts';
import type { Party } from './transfer.ts';

/** What a person may want to know who compares the ERP's file with what went to the bank. */
export const TRANSLATION_EDITS: readonly string[] = [
  'The Elixir-O list is written as pain.001.001.03: of names with address the first line as Nm and the others as AdrLine, the title as one text, accounts as IBAN, sort codes as those of the accounts, no charge bearer.',
  'A transfer without client reference has an EndToEndId made of the file up to its line.',
];

const PIECE_CHARACTERS = 1 << 16;

/** Only of a file that was read without faults. Header ids and counts of this document are never sent: each message has its own. */
export function convertElixirO(source: ByteSource, form: ElixirOForm): Conversion {
  return { kind: 'converted', bytes: { [Symbol.asyncIterator]: () => written(source, form) } };
}

async function* written(source: ByteSource, form: ElixirOForm): AsyncGenerator<Uint8Array, void> {
  const reader = new ListReader(form);
  const writer = new XmlWriter('Document', pain00100103.namespace);
  let block = 0;
  for await (const listed of reader.transfers(source())) {
    if (block === 0) writeHeader(writer, listed);
    if (listed.beginsBlock) {
      if (block > 0) writer.close();
      writeBlock(writer, listed, ++block);
    }
    writeTransfer(writer, listed);
    if (writer.heldCharacters >= PIECE_CHARACTERS) yield writer.take();
  }
  const [fault] = reader.faults;
  if (fault !== undefined || block === 0)
    throw new Error(`The file has changed since it was checked: ${fault?.message ?? 'it is empty'}`);
  yield writer.close().close().toBytes();
}

function writeHeader(writer: XmlWriter, { date, orderer }: ListedTransfer): void {
  writer
    .open('CstmrCdtTrfInitn')
    .open('GrpHdr')
    .leaf('MsgId', 'LIST')
    .leaf('CreDtTm', `${date.value}T00:00:00`)
    .leaf('NbOfTxs', '0')
    .leaf('InitgPty/Nm', orderer.name)
    .close();
}

function writeBlock(
  writer: XmlWriter,
  { date, orderer, ordererAccount }: ListedTransfer,
  block: number,
): void {
  writer.open('PmtInf').leaf('PmtInfId', String(block)).leaf('PmtMtd', 'TRF').leaf('ReqdExctnDt', date.value);
  writeParty(writer, 'Dbtr', orderer);
  writer.open('DbtrAcct').leaf('Id/IBAN', `PL${ordererAccount.value}`).leaf('Ccy', 'PLN').close();
  writeAgent(writer, 'DbtrAgt', ordererAccount.value);
}

function writeTransfer(writer: XmlWriter, listed: ListedTransfer): void {
  const { amount, beneficiary, beneficiaryAccount, title } = listed;
  writer
    .open('CdtTrfTxInf')
    .leaf('PmtId/EndToEndId', listed.endToEndId)
    .leaf('Amt/InstdAmt', formatDecimal(amount.value), { Ccy: 'PLN' });
  writeAgent(writer, 'CdtrAgt', beneficiaryAccount.value);
  writeParty(writer, 'Cdtr', beneficiary);
  writer.leaf('CdtrAcct/Id/IBAN', `PL${beneficiaryAccount.value}`);
  if (title.value !== '') writer.leaf('RmtInf/Ustrd', title.value);
  writer.close();
}

function writeParty(writer: XmlWriter, element: string, { name, address }: Party): void {
  writer.open(element).leaf('Nm', name);
  if (address.length > 0) {
    writer.open('PstlAdr');
    for (const line of address) writer.leaf('AdrLine', line);
    writer.close();
  }
  writer.close();
}

/** By the sort code within the account, in the Polish clearing. */
function writeAgent(writer: XmlWriter, element: string, account: string): void {
  writer
    .open(`${element}/FinInstnId/ClrSysMmbId`)
    .leaf('ClrSysId/Cd', 'PLKNR')
    .leaf('MmbId', account.slice(2, 10))
    .close();
}
