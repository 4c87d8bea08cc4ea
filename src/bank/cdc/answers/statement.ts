// Reads a camt.053.001.02: the bank's document itself, and the facts that continuity asks for.

import { addDecimals, negate, parseDecimal, ZERO, type Decimal } from '../../../domain/decimal.ts';
import type { BookedEntry } from '../../../domain/entry.ts';
import { camt05300102 } from '../../../iso20022/messages/camt.053.001.02.ts';
import type { XmlNode } from '../../../xml/small-document.ts';
import { optTextOf, XmlPathError } from '../../../xml/xml-path.ts';
import type {
  AnswerBytes,
  StatementDocument,
  StatementFacts,
  TakeEntries,
  Unreadable,
} from '../../channel.ts';
import type { CdcDialect } from '../dialects/dialect.ts';
import { accountOf, currencyOf } from './account.ts';
import { EntryBatches } from './entry-batches.ts';
import { EntryReader } from './entry.ts';
import { documentIn } from './envelope.ts';
import { localDay } from '../../../domain/local-day.ts';
import { readAnswer } from './read-answer.ts';
import { morePagesFollow, ReportWalk, type ReportParts } from './reports.ts';
import { describeFaults, FAULTS_MAX } from './schema-faults.ts';
import { isUnreadable, unreadable } from './unreadable.ts';

/**
 * A statement is passed on whatever is wrong in it: an entry or a balance that cannot be read is left out of the facts
 * and named among the faults. Only one that is no XML, or another version, is
 * unreadable.
 */
export async function readStatement(
  answer: AnswerBytes,
  dialect: CdcDialect,
  take: TakeEntries<BookedEntry>,
): Promise<StatementDocument | Unreadable> {
  const parts = new StatementParts(dialect);
  const walk = new ReportWalk(camt05300102, parts, FAULTS_MAX);
  const found = await readAnswer(
    answer,
    (_name, outside) => walk.within(outside),
    () => parts.batches.hand(take),
  );
  if (isUnreadable(found)) return found;
  if (walk.otherVersion !== undefined) return unreadable(walk.otherVersion);
  await parts.batches.handLast(take);
  return {
    document: () => documentIn(answer, found),
    statements: parts.statements,
    schemaFaults: [...parts.faults(), ...describeFaults(walk.checker, walk.lineShift)],
  };
}

type Growing = { -readonly [Key in keyof StatementFacts]: StatementFacts[Key] };

class StatementParts implements ReportParts {
  readonly names = new Set(['Id', 'FrToDt', 'Acct', 'Bal']);
  readonly statements: StatementFacts[] = [];
  readonly batches = new EntryBatches<BookedEntry>();
  readonly entries: EntryReader;
  readonly #faults: string[] = [];
  #faultCount = 0;
  readonly #dialect: CdcDialect;
  #facts = emptyFacts();

  constructor(dialect: CdcDialect) {
    this.#dialect = dialect;
    this.entries = new EntryReader(dialect, false);
  }

  /** The first ones; the last sentence counts the others. */
  faults(): readonly string[] {
    const more = this.#faultCount - this.#faults.length;
    return more === 0 ? this.#faults : [...this.#faults, `${more} more are left out of the sums.`];
  }

  header(node: XmlNode): void {
    if (morePagesFollow(node))
      this.#fault(
        'GrpHdr/MsgPgntn/LastPgInd: the bank says that more pages follow, and it has no query for them.',
      );
  }

  begin(): void {
    this.#facts = emptyFacts();
  }

  part(node: XmlNode): void {
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
      }
    });
  }

  entry(): void {
    this.#flagged(() => {
      const facts = this.#facts;
      const entry = this.entries.read(facts.toDay);
      this.batches.add(entry);
      if (entry.status !== 'BOOK') return;
      facts.entryCount += 1;
      facts.entrySum = addDecimals(
        facts.entrySum,
        entry.direction === 'credit' ? entry.amount : negate(entry.amount),
      );
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

  #day(text: string | undefined): string | undefined {
    return text === undefined ? undefined : localDay(text, this.#dialect.zone);
  }

  #flagged(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof XmlPathError)) throw error;
      this.#fault(`${error.message} It is left out of the sums (line ${error.line}).`);
    }
  }

  #fault(sentence: string): void {
    this.#faultCount += 1;
    if (this.#faults.length < FAULTS_MAX) this.#faults.push(sentence);
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
