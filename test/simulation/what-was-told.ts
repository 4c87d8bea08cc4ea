// Reads what the ERP saw and what it had dropped, as any program could that knows the formats and nothing of us.

import { formatDecimal } from '../../src/domain/decimal.ts';
import { parseSmallDocument, type XmlNode } from '../../src/xml/small-document.ts';
import { each, one, optTextOf, textOf } from '../../src/xml/xml-path.ts';
import { readMessages } from '../erp/mt940/read-mt940.ts';
import { transfersOf } from './message-at-the-bank.ts';
import { sha256 } from './simulated-erp.ts';
import type { World } from './world.ts';

/** What one status file in the inbox says. */
export interface Told {
  readonly fileName: string;
  readonly order: string;
  readonly number: number;
  readonly final: boolean;
  readonly messageId: string;
  readonly groupStatus: string;
  readonly transfers: readonly { readonly endToEndId: string; readonly status: string }[];
}

/** One transfer as the ERP wrote it. */
export interface Wanted {
  readonly endToEndId: string;
  readonly amount: string;
  readonly account: string;
}

/** Runs of one scenario tell the same again and again: what was read once is not read again. */
const CACHE_MAX = 2_000;

/** What the ERP saw about one order, in the order of their numbers. */
export function toldOf(world: World, order: string): Told[] {
  const told = [...world.erp.seen].flatMap(([fileName, content]): Told[] => {
    const match = /^pain\.002_.*_([0-9A-Z]{26})_(\d+)(-final)?\.xml$/.exec(fileName);
    if (match?.[1] !== order) return [];
    const number = Number(match[2]);
    return [{ fileName, order, number, final: match[3] !== undefined, ...report(content) }];
  });
  return told.toSorted((a, b) => a.number - b.number || Number(a.final) - Number(b.final));
}

const report = remembered((content) => {
  const found = one(rootOf(content), 'CstmrPmtStsRpt');
  return {
    messageId: textOf(found, 'GrpHdr/MsgId'),
    groupStatus: textOf(found, 'OrgnlGrpInfAndSts/GrpSts'),
    transfers: each(found, 'OrgnlPmtInfAndSts/TxInfAndSts').map((transfer) => ({
      endToEndId: optTextOf(transfer, 'OrgnlEndToEndId') ?? '',
      status: textOf(transfer, 'TxSts'),
    })),
  };
});

/** The transfers of a dropped file; none when it is no payment file. */
export const wantedIn = remembered((content): readonly Wanted[] => {
  if (content.startsWith('110,')) return listed(content);
  const root = parseSmallDocument(Buffer.from(content));
  if ('rule' in root || optTextOf(root, 'CstmrCdtTrfInitn/GrpHdr/MsgId') === undefined) return [];
  return transfersOf(root).map(({ endToEndId, amount, debtor }) => ({
    endToEndId,
    amount: formatDecimal(amount),
    account: debtor,
  }));
});

/** Of an Elixir-O list without commas in its texts; an order without reference is known by its line and all before. */
function listed(content: string): readonly Wanted[] {
  const lines = content.split('\r\n').slice(0, -1);
  return lines.map((line, index) => {
    const fields = line.split(',').map((field) => field.replaceAll('"', ''));
    const [grosze = '', debtor = '', reference = ''] = [fields[2], fields[5], fields[15]];
    const before = lines.slice(0, index + 1).join('');
    const made = `L${index + 1}X${sha256(Buffer.from(before)).slice(0, 20).toUpperCase()}`;
    return {
      endToEndId: reference === '' ? made : reference,
      amount: formatDecimal({ coefficient: BigInt(grosze), scale: 2 }),
      account: `PL${debtor}`,
    };
  });
}

/** What an account report in the inbox says. */
export const accountReport = remembered((content) => {
  const root = one(rootOf(content), 'BkToCstmrAcctRpt');
  return {
    messageId: textOf(root, 'GrpHdr/MsgId'),
    account: textOf(root, 'Rpt/Acct/Id/IBAN'),
    balances: each(root, 'Rpt/Bal').map((balance) => ({
      amount: textOf(balance, 'Amt'),
      direction: textOf(balance, 'CdtDbtInd'),
    })),
    entries: each(root, 'Rpt/Ntry').map((entry) => textOf(entry, 'NtryRef')),
  };
});

/** What an MT940 or MT942 in the inbox says. */
export const interimReport = remembered((content) => {
  const messages = readMessages(content);
  return {
    messageId: messages.map(({ fields }) => fields.get('20')).join(' '),
    entries: messages.flatMap(({ entries }) => entries.map(({ bankReference }) => bankReference)),
  };
});

export function rootOf(content: string): XmlNode {
  const root = parseSmallDocument(Buffer.from(content));
  if ('rule' in root) throw new Error(root.message);
  return root;
}

function remembered<Result>(read: (content: string) => Result): (content: string) => Result {
  const known = new Map<string, Result>();
  return (content) => {
    const found = known.get(content);
    if (found !== undefined) return found;
    if (known.size >= CACHE_MAX) known.clear();
    const result = read(content);
    known.set(content, result);
    return result;
  };
}
