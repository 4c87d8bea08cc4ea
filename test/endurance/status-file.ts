// What one file in the inbox says, read as an ERP would that knows nothing of Goniec but its documentation.

import { parseSmallDocument, type XmlNode } from '../../src/xml/small-document.ts';
import { each, optTextOf } from '../../src/xml/xml-path.ts';

export interface StatusFile {
  /** The ERP's file it speaks of, without its ending. */
  readonly stem: string;
  readonly order: string;
  readonly number: number;
  readonly final: boolean;
  readonly messageId: string;
  readonly groupStatus: string;
  /** True where the file says that it repeats another one and was not sent. */
  readonly repeats: boolean;
  /** True where it says that a person must decide. */
  readonly held: boolean;
  readonly transfers: readonly { readonly endToEndId: string; readonly status: string }[];
}

/** True for a whole XML document, false for anything cut off or half written. */
export function isWholeXml(text: string): boolean {
  return rootOf(text) !== undefined;
}

const NAME = /^pain\.002_\d{4}-\d\d-\d\d_(.+)_([0-9A-Z]{26})_(\d+)(-final)?\.xml$/;

/** undefined for a file that is no payment status. */
export function readStatusFile(name: string, text: string): StatusFile | undefined {
  const [, stem, order, number, final] = NAME.exec(name) ?? [];
  if (stem === undefined || order === undefined) return undefined;
  const root = rootOf(text);
  if (root === undefined) return undefined;
  const report = 'CstmrPmtStsRpt';
  const group = `${report}/OrgnlGrpInfAndSts`;
  return {
    stem,
    order,
    number: Number(number),
    final: final !== undefined,
    messageId: optTextOf(root, `${report}/GrpHdr/MsgId`) ?? '',
    groupStatus: optTextOf(root, `${group}/GrpSts`) ?? '',
    repeats: each(root, `${group}/StsRsnInf/AddtlInf`)
      .map((line) => line.text)
      .join(' ')
      .includes('has the same bytes as'),
    held: text.includes('Held by Goniec'),
    transfers: each(root, `${report}/OrgnlPmtInfAndSts/TxInfAndSts`).map((transfer) => ({
      endToEndId: optTextOf(transfer, 'OrgnlEndToEndId') ?? '',
      status: optTextOf(transfer, 'TxSts') ?? '',
    })),
  };
}

/** EndToEndIds of the debit entries in a camt.052 with operations. */
export function shownPayments(text: string): string[] {
  const root = rootOf(text);
  const entries = root === undefined ? [] : each(root, 'BkToCstmrAcctRpt/Rpt/Ntry');
  return entries
    .filter((entry) => optTextOf(entry, 'CdtDbtInd') === 'DBIT')
    .flatMap((entry) => each(entry, 'NtryDtls/TxDtls/Refs/EndToEndId'))
    .map((id) => id.text);
}

function rootOf(text: string): XmlNode | undefined {
  const parsed = parseSmallDocument(Buffer.from(text));
  return 'rule' in parsed ? undefined : parsed;
}
