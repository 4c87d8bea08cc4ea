// Reads one `Ntry` of a camt.052 or camt.053 as the bank's dialect fills it.

import { parseDecimal, type Decimal } from '../../../domain/decimal.ts';
import type { BookedEntry } from '../../../domain/entry.ts';
import type { XmlNode } from '../../../xml/small-document.ts';
import { attributeOf, each, one, opt, optTextOf, textOf, XmlPathError } from '../../../xml/xml-path.ts';
import type { CdcDialect } from '../dialects/dialect.ts';
import { identitiesOf } from './entry-identities.ts';
import { localDay } from './local-day.ts';

/** `reportDay` stands in for a booking day where an entry has no date of its own. Throws XmlPathError. */
export function readEntry(
  entry: XmlNode,
  dialect: CdcDialect,
  reportDay: string | undefined,
  xml: Uint8Array,
): BookedEntry {
  const bookingDay = dayOf(entry, 'BookgDt', dialect) ?? dayOf(entry, 'ValDt', dialect) ?? reportDay;
  if (bookingDay === undefined)
    throw new XmlPathError(entry, 'BookgDt', 'is missing, and there is no other date');
  const facts = {
    bookingDay,
    amount: amountOf(entry, 'Amt'),
    currency: attributeOf(one(entry, 'Amt'), 'Ccy').trim(),
    direction: directionOf(entry),
    reversal: isTrue(optTextOf(entry, 'RvslInd')),
    status: textOf(entry, 'Sts').trim(),
  };
  return {
    ...facts,
    number: dailyNumber(entry, dialect),
    identities: identitiesOf(entry, facts, dialect),
    references: each(entry, 'NtryDtls/TxDtls').map((details) => referenceOf(details, dialect)),
    xml,
  };
}

function dayOf(entry: XmlNode, name: string, dialect: CdcDialect): string | undefined {
  const date = opt(entry, name);
  const text = date === undefined ? undefined : (optTextOf(date, 'Dt') ?? optTextOf(date, 'DtTm'));
  if (text === undefined) return undefined;
  const day = localDay(text, dialect.zone);
  if (day === undefined) throw new XmlPathError(entry, name, `holds no date but "${text.trim()}"`);
  return day;
}

function amountOf(node: XmlNode, path: string): Decimal {
  const text = textOf(node, path).trim();
  const amount = parseDecimal(text);
  if (amount === undefined) throw new XmlPathError(node, path, `is not a number but "${text}"`);
  return amount;
}

function directionOf(entry: XmlNode): 'credit' | 'debit' {
  const code = textOf(entry, 'CdtDbtInd').trim();
  if (code === 'CRDT') return 'credit';
  if (code === 'DBIT') return 'debit';
  throw new XmlPathError(entry, 'CdtDbtInd', `is neither CRDT nor DBIT but "${code}"`);
}

function isTrue(text: string | undefined): boolean {
  return text?.trim() === 'true' || text?.trim() === '1';
}

/** Of an entry with several details the largest, so that the next query goes on behind all of them. */
function dailyNumber(entry: XmlNode, dialect: CdcDialect): number | undefined {
  if (dialect.dailyNumber === undefined) return undefined;
  const numbers = each(entry, dialect.dailyNumber)
    .map((node) => node.text.trim())
    .filter((text) => /^\d{1,15}$/.test(text))
    .map(Number);
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

function referenceOf(details: XmlNode, dialect: CdcDialect): BookedEntry['references'][number] {
  const endToEndId = optTextOf(details, 'Refs/EndToEndId')?.trim();
  const amount = opt(details, 'AmtDtls/TxAmt/Amt') ?? opt(details, 'AmtDtls/InstdAmt/Amt');
  return {
    endToEndId: endToEndId === 'NOTPROVIDED' || endToEndId === '' ? undefined : endToEndId,
    messageId: dialect.messageIdInReferences ? optTextOf(details, 'Refs/MsgId')?.trim() : undefined,
    amount: amount === undefined ? undefined : parseDecimal(amount.text.trim()),
  };
}
