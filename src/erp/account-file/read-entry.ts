// Reads one `Ntry` of a camt.053 or camt.052 as far as an ERP hears of it in other formats.

import { parseDecimal, type Decimal } from '../../domain/decimal.ts';
import { asIban } from '../../domain/iban.ts';
import { localDay } from '../../domain/local-day.ts';
import type { XmlNode } from '../../xml/small-document.ts';
import { attributeOf, each, one, opt, optTextOf, textOf, XmlPathError } from '../../xml/xml-path.ts';
import type { StatementEntry } from './statement.ts';

/** By which days and accounts are understood: the bank's zone, and the account that all of it is about. */
export interface OurSide {
  readonly zone: string;
  readonly iban: string;
}

/** Throws XmlPathError for what must be there once and is not. A date that is not there is for the formats to judge. */
export function readEntry(
  node: XmlNode,
  position: number,
  operations: number,
  { zone, iban }: OurSide,
): StatementEntry {
  const details = each(node, 'NtryDtls/TxDtls');
  const single = details.length === 1 ? details[0] : undefined;
  const direction = directionOf(node);
  return {
    position,
    line: node.line,
    bookingDay: dayAt(node, 'BookgDt', zone),
    valueDay: dayAt(node, 'ValDt', zone),
    amount: amountOf(node),
    currency: attributeOf(one(node, 'Amt'), 'Ccy').trim(),
    direction,
    reversal: ['true', '1'].includes(optTextOf(node, 'RvslInd')?.trim() ?? ''),
    status: textOf(node, 'Sts').trim(),
    bankCode: optTextOf(node, 'BkTxCd/Prtry/Cd')?.trim(),
    subFamily: optTextOf(node, 'BkTxCd/Domn/Fmly/SubFmlyCd')?.trim(),
    bankReference: firstText(
      optTextOf(node, 'AcctSvcrRef'),
      single && optTextOf(single, 'Refs/AcctSvcrRef'),
      single && optTextOf(single, 'Refs/TxId'),
    ),
    endToEndId: known(single && optTextOf(single, 'Refs/EndToEndId')),
    counterparty: single === undefined ? NOBODY : counterpartyOf(single, direction, iban),
    title: details
      .map(titleOf)
      .filter((title) => title !== '')
      .join('; '),
    description: firstText(optTextOf(node, 'AddtlNtryInf'), single && optTextOf(single, 'AddtlTxInf')) ?? '',
    operations: Math.max(1, operations),
  };
}

const NOBODY = { name: '', account: '' };

function amountOf(node: XmlNode): Decimal {
  const text = textOf(node, 'Amt').trim();
  const amount = parseDecimal(text);
  if (amount === undefined || amount.coefficient < 0n)
    throw new XmlPathError(node, 'Amt', `is "${text}", not an amount`);
  return amount;
}

function directionOf(node: XmlNode): 'credit' | 'debit' {
  const code = textOf(node, 'CdtDbtInd').trim();
  if (code === 'CRDT') return 'credit';
  if (code === 'DBIT') return 'debit';
  throw new XmlPathError(node, 'CdtDbtInd', `is "${code}", neither CRDT nor DBIT`);
}

/** A date that is there and can not be read is no date that is not there. */
function dayAt(node: XmlNode, name: string, zone: string): string | undefined {
  const text = optTextOf(node, `${name}/Dt`) ?? optTextOf(node, `${name}/DtTm`);
  if (text === undefined) return undefined;
  const day = localDay(text, zone);
  if (day === undefined) throw new XmlPathError(node, name, `holds no date but "${text.trim()}"`);
  return day;
}

/** The payer of a credit and the payee of a debit; where that is ourselves, as of a transfer that came back, the other one. */
function counterpartyOf(
  details: XmlNode,
  direction: 'credit' | 'debit',
  ours: string,
): StatementEntry['counterparty'] {
  const parties = opt(details, 'RltdPties');
  if (parties === undefined) return NOBODY;
  const [likely, other] = direction === 'credit' ? (['Dbtr', 'Cdtr'] as const) : (['Cdtr', 'Dbtr'] as const);
  const party = partyOf(parties, likely);
  return party.account === ours ? partyOf(parties, other) : party;
}

function partyOf(parties: XmlNode, role: string): StatementEntry['counterparty'] {
  const account =
    optTextOf(parties, `${role}Acct/Id/IBAN`) ?? optTextOf(parties, `${role}Acct/Id/Othr/Id`) ?? '';
  const texts = [
    'Nm',
    'PstlAdr/StrtNm',
    'PstlAdr/BldgNb',
    'PstlAdr/PstCd',
    'PstlAdr/TwnNm',
    'PstlAdr/AdrLine',
  ];
  const name = texts
    .flatMap((path) => each(parties, `${role}/${path}`).map(({ text }) => text.trim()))
    .filter((text) => text !== '')
    .join(' ');
  return { name, account: asIban(account.trim()) };
}

function titleOf(details: XmlNode): string {
  const lines = each(details, 'RmtInf/Ustrd').map(({ text }) => text.trim());
  if (lines.length > 0) return lines.join(' ');
  return (
    firstText(
      ...each(details, 'RmtInf/Strd/CdtrRefInf/Ref').map(({ text }) => text),
      ...each(details, 'RmtInf/Strd/AddtlRmtInf').map(({ text }) => text),
    ) ?? ''
  );
}

function firstText(...texts: readonly (string | undefined)[]): string | undefined {
  return texts.map((text) => text?.trim()).find((text) => text !== undefined && text !== '');
}

/** By ISO 20022 usage an id that nobody gave is written as NOTPROVIDED. */
function known(id: string | undefined): string | undefined {
  const trimmed = id?.trim();
  return trimmed === 'NOTPROVIDED' || trimmed === '' ? undefined : trimmed;
}
