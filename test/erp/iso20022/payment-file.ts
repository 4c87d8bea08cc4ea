// Payment files for tests, written by hand: how an ERP might write them, with all its habits.

import type { ByteSource } from '../../../src/erp/format.ts';

export interface TransferSketch {
  readonly endToEndId: string;
  readonly amount: string;
  readonly currency?: string;
  /** Goes into the transfer as it is, after the creditor account. */
  readonly extra?: string;
  readonly instructionId?: string;
}

export interface BlockSketch {
  readonly id: string;
  readonly transfers: readonly TransferSketch[];
  /** NbOfTxs and CtrlSum as they stand there; absent when left out. */
  readonly count?: string;
  readonly sum?: string;
}

export interface FileSketch {
  readonly messageId?: string;
  readonly blocks: readonly BlockSketch[];
  /** Prefix of all elements, e.g. `ns0:`. */
  readonly prefix?: string;
  readonly lineEnd?: string;
  readonly declaration?: string;
  readonly controlSum?: string;
}

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.03';

/** A pain.001.001.03. */
export function paymentFile(file: FileSketch): string {
  const p = file.prefix ?? '';
  const count = file.blocks.reduce((sum, block) => sum + block.transfers.length, 0);
  const declared = p === '' ? `xmlns="${NAMESPACE}"` : `xmlns:${p.slice(0, -1)}="${NAMESPACE}"`;
  const lines = [
    ...(file.declaration === undefined ? [] : [file.declaration]),
    `<Document ${declared} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`,
    '  <CstmrCdtTrfInitn>',
    '    <GrpHdr>',
    `      <MsgId>${file.messageId ?? 'ERP-1'}</MsgId>`,
    '      <CreDtTm>2026-11-23T10:00:00</CreDtTm>',
    `      <NbOfTxs>${count}</NbOfTxs>`,
    ...(file.controlSum === undefined ? [] : [`      <CtrlSum>${file.controlSum}</CtrlSum>`]),
    '      <InitgPty><Nm>Fabryka Okien</Nm><Id><OrgId><Othr><Id>5250001009</Id></Othr></OrgId></Id></InitgPty>',
    '    </GrpHdr>',
    ...file.blocks.map(blockText),
    '  </CstmrCdtTrfInitn>',
    '</Document>',
  ];
  const text = lines.join('\n').replace(/<(\/?)([A-Z])/g, `<$1${p}$2`);
  return text.replaceAll('\n', file.lineEnd ?? '\n');
}

function blockText(block: BlockSketch): string {
  return [
    '    <PmtInf>',
    `      <PmtInfId>${block.id}</PmtInfId>`,
    '      <PmtMtd>TRF</PmtMtd>',
    ...(block.count === undefined ? [] : [`      <NbOfTxs>${block.count}</NbOfTxs>`]),
    ...(block.sum === undefined ? [] : [`      <CtrlSum>${block.sum}</CtrlSum>`]),
    '      <PmtTpInf><SvcLvl><Cd>NURG</Cd></SvcLvl></PmtTpInf>',
    '      <ReqdExctnDt>2026-11-24</ReqdExctnDt>',
    '      <Dbtr><Nm>Fabryka Okien Sp. z o.o.</Nm><PstlAdr><TwnNm>Radom</TwnNm><Ctry>PL</Ctry></PstlAdr></Dbtr>',
    '      <DbtrAcct><Id><IBAN>PL61109010140000071219812874</IBAN></Id><Ccy>PLN</Ccy></DbtrAcct>',
    '      <DbtrAgt><FinInstnId><ClrSysMmbId><MmbId>10901014</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>',
    '      <ChrgBr>SLEV</ChrgBr>',
    ...block.transfers.map(transferText),
    '    </PmtInf>',
  ].join('\n');
}

function transferText(transfer: TransferSketch): string {
  const { endToEndId, amount, instructionId, currency = 'PLN', extra = '' } = transfer;
  const instruction = instructionId === undefined ? '' : `<InstrId>${instructionId}</InstrId>`;
  return [
    '      <CdtTrfTxInf>',
    `        <PmtId>${instruction}<EndToEndId>${endToEndId}</EndToEndId></PmtId>`,
    `        <Amt><InstdAmt Ccy="${currency}">${amount}</InstdAmt></Amt>`,
    '        <Cdtr><Nm>Huta Szkła</Nm><PstlAdr><TwnNm>Łódź</TwnNm><Ctry>PL</Ctry><AdrLine>ul. Prosta 1</AdrLine><AdrLine>lok. 2</AdrLine></PstlAdr></Cdtr>',
    '        <CdtrAcct><Id><IBAN>PL27114020040000300201355387</IBAN></Id></CdtrAcct>',
    `        ${extra}<RmtInf><Ustrd>FV/1/2026</Ustrd></RmtInf>`,
    '      </CdtTrfTxInf>',
  ].join('\n');
}

/** Bytes in chunks of a given size, as often as asked for; the buffer is reused, as a file reader may do. */
export function sourceOf(content: string | Uint8Array, chunkBytes = 1 << 16): ByteSource {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return async function* () {
    const buffer = new Uint8Array(chunkBytes);
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      const piece = bytes.subarray(at, at + chunkBytes);
      buffer.set(piece);
      yield buffer.subarray(0, piece.length);
    }
  };
}

/** All of a stream as text. */
export async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString('utf8');
}
