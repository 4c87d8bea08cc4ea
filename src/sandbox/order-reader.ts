// Hears a pain.001.001.03 and keeps what the bank needs of it.

import type { ElementListener } from '../iso20022/element-listener.ts';

/** A transfer as it was ordered, not judged yet. */
export interface OrderedTransfer {
  instructionId: string | undefined;
  endToEndId: string;
  amount: string;
  currency: string;
  creditorName: string;
  creditorAddress: string[];
  creditorAccount: string | undefined;
  creditorBic: string | undefined;
  creditorSortCode: string | undefined;
  remittance: string[];
}

export interface OrderedBlock {
  paymentInformationId: string;
  method: string;
  count: string | undefined;
  sum: string | undefined;
  executionDate: string;
  debtorName: string;
  debtorAddress: string[];
  debtorAccount: string | undefined;
  debtorSortCode: string | undefined;
  readonly transfers: OrderedTransfer[];
}

const GROUP = 'CstmrCdtTrfInitn/GrpHdr';
const BLOCK = 'CstmrCdtTrfInitn/PmtInf';
const TRANSFER = `${BLOCK}/CdtTrfTxInf`;

export class OrderReader implements ElementListener {
  messageId = '';
  createdAt = '';
  count = '';
  sum: string | undefined;
  initiatingParty: string | undefined;
  readonly blocks: OrderedBlock[] = [];

  enter(path: string): void {
    if (path === BLOCK) this.blocks.push(emptyBlock());
    else if (path === TRANSFER) this.blocks.at(-1)?.transfers.push(emptyTransfer());
  }

  value(path: string, text: string, attributes: Readonly<Record<string, string>>): void {
    const block = this.blocks.at(-1);
    const transfer = block?.transfers.at(-1);
    if (path.startsWith(TRANSFER)) {
      if (transfer !== undefined) readTransfer(transfer, path.slice(TRANSFER.length + 1), text, attributes);
    } else if (path.startsWith(BLOCK)) {
      if (block !== undefined) readBlock(block, path.slice(BLOCK.length + 1), text);
    } else {
      this.#readGroup(path.slice(GROUP.length + 1), text);
    }
  }

  #readGroup(path: string, text: string): void {
    if (path === 'MsgId') this.messageId = text;
    else if (path === 'CreDtTm') this.createdAt = text;
    else if (path === 'NbOfTxs') this.count = text;
    else if (path === 'CtrlSum') this.sum = text;
    else if (path === 'InitgPty/Nm') this.initiatingParty = text;
  }
}

function readBlock(block: OrderedBlock, path: string, text: string): void {
  switch (path) {
    case 'PmtInfId':
      block.paymentInformationId = text;
      break;
    case 'PmtMtd':
      block.method = text;
      break;
    case 'NbOfTxs':
      block.count = text;
      break;
    case 'CtrlSum':
      block.sum = text;
      break;
    case 'ReqdExctnDt':
      block.executionDate = text;
      break;
    case 'Dbtr/Nm':
      block.debtorName = text;
      break;
    case 'Dbtr/PstlAdr/AdrLine':
      block.debtorAddress.push(text);
      break;
    case 'DbtrAcct/Id/IBAN':
    case 'DbtrAcct/Id/Othr/Id':
      block.debtorAccount = text;
      break;
    case 'DbtrAgt/FinInstnId/ClrSysMmbId/MmbId':
      block.debtorSortCode = text;
      break;
  }
}

function readTransfer(
  transfer: OrderedTransfer,
  path: string,
  text: string,
  attributes: Readonly<Record<string, string>>,
): void {
  switch (path) {
    case 'PmtId/InstrId':
      transfer.instructionId = text;
      break;
    case 'PmtId/EndToEndId':
      transfer.endToEndId = text;
      break;
    case 'Amt/InstdAmt':
      transfer.amount = text;
      transfer.currency = attributes.Ccy ?? '';
      break;
    case 'CdtrAgt/FinInstnId/BIC':
      transfer.creditorBic = text;
      break;
    case 'CdtrAgt/FinInstnId/ClrSysMmbId/MmbId':
      transfer.creditorSortCode = text;
      break;
    case 'Cdtr/Nm':
      transfer.creditorName = text;
      break;
    case 'Cdtr/PstlAdr/AdrLine':
      transfer.creditorAddress.push(text);
      break;
    case 'CdtrAcct/Id/IBAN':
    case 'CdtrAcct/Id/Othr/Id':
      transfer.creditorAccount = text;
      break;
    case 'RmtInf/Ustrd':
      transfer.remittance.push(text);
      break;
  }
}

function emptyBlock(): OrderedBlock {
  return {
    paymentInformationId: '',
    method: '',
    count: undefined,
    sum: undefined,
    executionDate: '',
    debtorName: '',
    debtorAddress: [],
    debtorAccount: undefined,
    debtorSortCode: undefined,
    transfers: [],
  };
}

/** EqvtAmt leaves the amount empty, which the rules reject. */
function emptyTransfer(): OrderedTransfer {
  return {
    instructionId: undefined,
    endToEndId: '',
    amount: '',
    currency: '',
    creditorName: '',
    creditorAddress: [],
    creditorAccount: undefined,
    creditorBic: undefined,
    creditorSortCode: undefined,
    remittance: [],
  };
}
