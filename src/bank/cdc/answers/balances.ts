// Reads a camt.004.001.04: the available and the booked balance of one account.

import { compareDecimals, negate, parseDecimal, type Decimal } from '../../../domain/decimal.ts';
import type { XmlNode } from '../../../xml/small-document.ts';
import { each, one, opt, optTextOf, textOf, XmlPathError } from '../../../xml/xml-path.ts';
import type { Balances } from '../../channel.ts';
import type { CdcDialect } from '../dialects/dialect.ts';
import { readErrorElement } from './service-fault.ts';

/** What the answer is about, or the error it carries in place of balances. */
export type BalancesAnswer =
  | { readonly kind: 'balances'; readonly account: string; readonly balances: Balances }
  | { readonly kind: 'error'; readonly code: string; readonly text: string };

/** Of the `Document` element; throws XmlPathError. */
export function balancesAnswerOf(root: XmlNode, dialect: CdcDialect): BalancesAnswer {
  const answer = one(root, 'RtrAcct');
  const report = opt(answer, 'BizRpt/AcctRpt');
  const error = opt(answer, 'OprlErr') ?? (report === undefined ? undefined : opt(report, 'BizErr'));
  if (error !== undefined) return { kind: 'error', ...readErrorElement(error) };
  const asked = one(answer, 'BizRpt/AcctRpt');
  return {
    kind: 'balances',
    account: accountOf(one(asked, 'AcctId')),
    balances: balancesOf(one(asked, 'Acct'), dialect),
  };
}

function accountOf(id: XmlNode): string {
  const iban =
    optTextOf(id, 'IBAN') ?? optTextOf(id, 'BBAN') ?? optTextOf(id, 'DmstAcct/Id') ?? optTextOf(id, 'UPIC');
  return iban?.trim() ?? '';
}

function balancesOf(account: XmlNode, dialect: CdcDialect): Balances {
  return {
    currency: textOf(account, 'Ccy').trim(),
    available: balanceOf(account, dialect.balanceCodes.available),
    booked: balanceOf(account, dialect.balanceCodes.booked),
  };
}

/** Several balances of one code must be the same number; which of two is meant would be a guess. */
function balanceOf(account: XmlNode, code: string): Decimal | undefined {
  const rows = each(account, 'MulBal').filter(
    (row) => (optTextOf(row, 'Tp/Cd') ?? optTextOf(row, 'Tp/Prtry'))?.trim() === code,
  );
  const [first, ...more] = rows.map(signedAmount);
  if (first !== undefined && more.some((amount) => compareDecimals(amount, first) !== 0)) {
    throw new XmlPathError(account, 'MulBal', `holds different balances of the code ${code}`);
  }
  return first;
}

/** The amount has no currency here, and its sign stands beside it. */
function signedAmount(row: XmlNode): Decimal {
  const amount = parseDecimal(textOf(row, 'Amt').trim());
  if (amount === undefined) throw new XmlPathError(row, 'Amt', 'is not a number');
  const direction = textOf(row, 'CdtDbtInd').trim();
  if (direction !== 'CRDT' && direction !== 'DBIT')
    throw new XmlPathError(row, 'CdtDbtInd', 'is neither CRDT nor DBIT');
  return direction === 'DBIT' ? negate(amount) : amount;
}
