// Payment files as an ERP would write them, with valid accounts and today's date.

import { addDecimals, formatDecimal, parseDecimal, ZERO } from '../../../src/domain/decimal.ts';
import { dayAt } from '../../../src/domain/calendar.ts';
import { PLN_ACCOUNT } from './office.ts';

export interface Transfer {
  readonly id: string;
  readonly amount: string;
  readonly currency?: string;
  readonly iban?: string;
  readonly name?: string;
  readonly text?: string;
  /** Raw XML of PstlAdr. */
  readonly address?: string;
}

export interface Block {
  readonly debtor?: string;
  readonly day?: string;
  readonly transfers: readonly Transfer[];
}

export const CREDITOR = 'PL55114000029900000000000022';
export const TODAY = dayAt(Date.now(), 'Europe/Warsaw');

export function paymentFile(
  messageId: string,
  blocks: readonly Block[],
  change: { readonly count?: number; readonly sum?: string } = {},
): string {
  const all = blocks.flatMap(({ transfers }) => transfers);
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">
  <CstmrCdtTrfInitn>
    <GrpHdr>
      <MsgId>${messageId}</MsgId>
      <CreDtTm>${TODAY}T08:00:00</CreDtTm>
      <NbOfTxs>${change.count ?? all.length}</NbOfTxs>
      <CtrlSum>${change.sum ?? sumOf(all)}</CtrlSum>
      <InitgPty><Nm>WYTWORNIA</Nm></InitgPty>
    </GrpHdr>
${blocks.map((block, index) => blockXml(`${messageId}-${index + 1}`, block)).join('\n')}
  </CstmrCdtTrfInitn>
</Document>
`;
}

/** One small transfer in a file of its own. */
export function singlePayment(id: string, more: Partial<Transfer> = {}): string {
  return paymentFile(`M-${id}`, [{ transfers: [{ id: `E-${id}`, amount: '10.00', ...more }] }]);
}

function blockXml(id: string, { debtor = PLN_ACCOUNT, day = TODAY, transfers }: Block): string {
  return `    <PmtInf>
      <PmtInfId>${id}</PmtInfId>
      <PmtMtd>TRF</PmtMtd>
      <NbOfTxs>${transfers.length}</NbOfTxs>
      <CtrlSum>${sumOf(transfers)}</CtrlSum>
      <ReqdExctnDt>${day}</ReqdExctnDt>
      <Dbtr><Nm>Wytwornia</Nm></Dbtr>
      <DbtrAcct><Id><IBAN>${debtor}</IBAN></Id></DbtrAcct>
      <DbtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>PLKNR</Cd></ClrSysId><MmbId>16001462</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>
${transfers.map(transferXml).join('\n')}
    </PmtInf>`;
}

function transferXml({
  id,
  amount,
  currency = 'PLN',
  iban = CREDITOR,
  name = 'Odbiorca',
  text = `Faktura ${id}`,
  address = '',
}: Transfer): string {
  return `      <CdtTrfTxInf>
        <PmtId><EndToEndId>${id}</EndToEndId></PmtId>
        <Amt><InstdAmt Ccy="${currency}">${amount}</InstdAmt></Amt>
        <Cdtr><Nm>${name}</Nm>${address}</Cdtr>
        <CdtrAcct><Id><IBAN>${iban}</IBAN></Id></CdtrAcct>
        <RmtInf><Ustrd>${text}</Ustrd></RmtInf>
      </CdtTrfTxInf>`;
}

function sumOf(transfers: readonly Transfer[]): string {
  return formatDecimal(transfers.map(({ amount }) => parseDecimal(amount) ?? ZERO).reduce(addDecimals, ZERO));
}
