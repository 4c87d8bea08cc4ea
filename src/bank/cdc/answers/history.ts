// Reads a camt.052.001.02: operations as the bank lists them, one at a time.

import type { EntryPlace, ListedEntry } from '../../../domain/entry.ts';
import { camt05200102WithBookingSystemDate as MESSAGE } from '../../../iso20022/messages/camt.052.001.02-booking-system-date.ts';
import type { XmlNode } from '../../../xml/small-document.ts';
import { XmlPathError } from '../../../xml/xml-path.ts';
import type { AnswerBytes, History, TakeEntries, Unreadable } from '../../channel.ts';
import type { CdcDialect } from '../dialects/dialect.ts';
import { accountOf, currencyOf } from './account.ts';
import { copyEntries } from './copy-entries.ts';
import { EntryBatches } from './entry-batches.ts';
import { EntryReader } from './entry.ts';
import { localDay } from '../../../domain/local-day.ts';
import { readAnswer } from './read-answer.ts';
import { morePagesFollow, ReportWalk, type ReportParts } from './reports.ts';
import { describeFaults, FAULTS_MAX } from './schema-faults.ts';
import { isUnreadable, unreadable } from './unreadable.ts';

/** Every entry must be readable: one that is left out silently would be missing in the ERP's books. */
export async function readHistory(
  answer: AnswerBytes,
  dialect: CdcDialect,
  take: TakeEntries<ListedEntry>,
): Promise<History | Unreadable> {
  const parts = new HistoryParts(dialect);
  const walk = new ReportWalk(MESSAGE, parts, FAULTS_MAX);
  const found = await readAnswer(
    answer,
    (_name, outside) => walk.within(outside),
    () => parts.batches.hand(take),
  );
  if (isUnreadable(found)) return found;
  if (walk.otherVersion !== undefined) return unreadable(walk.otherVersion);
  await parts.batches.handLast(take);
  return {
    currency: parts.currency,
    accounts: [...parts.accounts],
    complete: parts.complete,
    copyEntries: (places) => copyEntries(answer, walk.namespace, places),
    schemaFaults: describeFaults(walk.checker, walk.lineShift),
  };
}

class HistoryParts implements ReportParts {
  readonly names = new Set(['CreDtTm', 'Acct']);
  readonly batches = new EntryBatches<ListedEntry>();
  readonly entries: EntryReader;
  readonly #dialect: CdcDialect;
  #entryCount = 0;
  #reportDay: string | undefined;
  readonly accounts = new Set<string>();
  currency: string | undefined;
  complete = true;

  constructor(dialect: CdcDialect) {
    this.#dialect = dialect;
    this.entries = new EntryReader(dialect, true);
  }

  header(node: XmlNode): void {
    if (morePagesFollow(node)) this.complete = false;
  }

  begin(): void {
    this.#reportDay = undefined;
  }

  part(node: XmlNode): void {
    if (node.name === 'CreDtTm') {
      this.#reportDay = localDay(node.text, this.#dialect.zone);
      return;
    }
    this.currency ??= currencyOf(node)[0];
    const account = accountOf(node);
    if (account !== '') this.accounts.add(account);
  }

  entry(place: EntryPlace): void {
    this.#entryCount += 1;
    try {
      const entry = this.entries.read(this.#reportDay);
      this.batches.add({ ...entry, identity: this.entries.identityOf(entry), place });
    } catch (error) {
      if (error instanceof XmlPathError) error.message = `Entry ${this.#entryCount}: ${error.message}`;
      throw error;
    }
  }
}
