// Reads a camt.053.001.02: the bank's document itself, and the facts that continuity asks for.

import { addDecimals, negate, parseDecimal, ZERO, type Decimal } from '../../../domain/decimal.ts';
import type { BookedEntry } from '../../../domain/entry.ts';
import { DocumentChecker } from '../../../iso20022/document-checker.ts';
import { camt05300102 } from '../../../iso20022/messages/camt.053.001.02.ts';
import type { XmlNode } from '../../../xml/small-document.ts';
import { optTextOf, XmlPathError } from '../../../xml/xml-path.ts';
import type { StatementDocument, StatementFacts, Unreadable } from '../../channel.ts';
import type { CdcDialect } from '../dialects/dialect.ts';
import { accountOf, currencyOf } from './account.ts';
import { readEntry } from './entry.ts';
import { localDay } from './local-day.ts';
import { morePagesFollow, readReports, type ReportParts } from './reports.ts';
import { describeFaults, FAULTS_MAX } from './schema-faults.ts';
import { orUnreadable, unreadable } from './unreadable.ts';

/**
 * A statement is passed on whatever is wrong in it: an entry or a balance that cannot be read is left out of the facts
 * and named among the faults. Only one that is no XML, or another version, is
 * unreadable.
 */
export function readStatementDocument(
  document: Uint8Array,
  dialect: CdcDialect,
): StatementDocument | Unreadable {
  const checker = new DocumentChecker(camt05300102, {}, FAULTS_MAX);
  const reading = new StatementReading(dialect);
  return orUnreadable(() => {
    const reason = readReports(document, camt05300102.namespace, reading, checker);
    if (reason !== undefined) return unreadable(reason);
    return {
      document,
      statements: reading.statements,
      entries: reading.entries,
      schemaFaults: [...reading.faults, ...describeFaults(checker)],
    };
  });
}

type Growing = { -readonly [Key in keyof StatementFacts]: StatementFacts[Key] };

class StatementReading implements ReportParts {
  readonly statements: StatementFacts[] = [];
  readonly entries: BookedEntry[] = [];
  readonly faults: string[] = [];
  readonly #dialect: CdcDialect;
  #facts = emptyFacts();

  constructor(dialect: CdcDialect) {
    this.#dialect = dialect;
  }

  header(node: XmlNode): void {
    if (morePagesFollow(node))
      this.faults.push(
        'GrpHdr/MsgPgntn/LastPgInd: the bank says that more pages follow, and it has no query for them.',
      );
  }

  begin(): void {
    this.#facts = emptyFacts();
  }

  part(node: XmlNode, copy: () => Uint8Array): void {
    const facts = this.#facts;
    this.#flagged(() => {
      switch (node.name) {
        case 'Id':
          facts.id = node.text.trim();
          break;
        case 'FrToDt':
          facts.fromDay = this.#day(optTextOf(node, 'FrDtTm'));
          facts.toDay = this.#day(optTextOf(node, 'ToDtTm'));
          break;
        case 'Acct':
          facts.account = accountOf(node) || undefined;
          facts.currency = currencyOf(node)[0];
          break;
        case 'Bal':
          this.#balance(node, facts);
          break;
        case 'Ntry':
          this.#entry(node, copy, facts);
          break;
      }
    });
  }

  end(): void {
    this.statements.push(this.#facts);
  }

  /** OPBD and CLBD are the booked balances of the day (ISO 20022, external balance type codes); PRCD is another name for the first. */
  #balance(node: XmlNode, facts: Growing): void {
    const code = (optTextOf(node, 'Tp/CdOrPrtry/Cd') ?? optTextOf(node, 'Tp/CdOrPrtry/Prtry'))?.trim();
    if (code === 'OPBD' || (code === 'PRCD' && facts.opening === undefined)) {
      facts.opening = signedAmount(node);
      facts.fromDay ??= this.#day(optTextOf(node, 'Dt/Dt') ?? optTextOf(node, 'Dt/DtTm'));
    } else if (code === 'CLBD') {
      facts.closing = signedAmount(node);
      facts.toDay ??= this.#day(optTextOf(node, 'Dt/Dt') ?? optTextOf(node, 'Dt/DtTm'));
    }
  }

  #entry(node: XmlNode, copy: () => Uint8Array, facts: Growing): void {
    const entry = readEntry(node, this.#dialect, facts.toDay, copy());
    this.entries.push(entry);
    if (entry.status !== 'BOOK') return;
    facts.entryCount += 1;
    facts.entrySum = addDecimals(
      facts.entrySum,
      entry.direction === 'credit' ? entry.amount : negate(entry.amount),
    );
  }

  #day(text: string | undefined): string | undefined {
    return text === undefined ? undefined : localDay(text, this.#dialect.zone);
  }

  #flagged(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof XmlPathError)) throw error;
      this.faults.push(`${error.message} It is left out of the sums (line ${error.line}).`);
    }
  }
}

function emptyFacts(): Growing {
  return {
    id: '',
    account: undefined,
    currency: undefined,
    fromDay: undefined,
    toDay: undefined,
    opening: undefined,
    closing: undefined,
    entrySum: ZERO,
    entryCount: 0,
  };
}

function signedAmount(balance: XmlNode): Decimal {
  const text = optTextOf(balance, 'Amt')?.trim() ?? '';
  const amount = parseDecimal(text);
  if (amount === undefined) throw new XmlPathError(balance, 'Amt', `is not a number but "${text}"`);
  const direction = optTextOf(balance, 'CdtDbtInd')?.trim();
  if (direction === 'CRDT') return amount;
  if (direction === 'DBIT') return negate(amount);
  throw new XmlPathError(balance, 'CdtDbtInd', 'is neither CRDT nor DBIT');
}
