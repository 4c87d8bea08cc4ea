// Reads a camt.052.001.02: operations as the bank lists them.

import type { BookedEntry } from '../../../domain/entry.ts';
import { DocumentChecker } from '../../../iso20022/document-checker.ts';
import { camt05200102WithBookingSystemDate } from '../../../iso20022/messages/camt.052.001.02-booking-system-date.ts';
import type { XmlNode } from '../../../xml/small-document.ts';
import { XmlPathError } from '../../../xml/xml-path.ts';
import type { History, Unreadable } from '../../channel.ts';
import type { CdcDialect } from '../dialects/dialect.ts';
import { accountOf, currencyOf } from './account.ts';
import { readEntry } from './entry.ts';
import { localDay } from './local-day.ts';
import { morePagesFollow, readReports } from './reports.ts';
import { describeFaults, FAULTS_MAX } from './schema-faults.ts';
import { orUnreadable, unreadable } from './unreadable.ts';

export interface HistoryAnswer extends History {
  /** The accounts the reports are about. */
  readonly accounts: readonly string[];
}

/** Every entry must be readable: one that is left out silently would be missing in the ERP's books. */
export function readHistoryDocument(document: Uint8Array, dialect: CdcDialect): HistoryAnswer | Unreadable {
  const checker = new DocumentChecker(camt05200102WithBookingSystemDate, {}, FAULTS_MAX);
  const entries: BookedEntry[] = [];
  const accounts: string[] = [];
  const currencies: string[] = [];
  let reportDay: string | undefined;
  let complete = true;
  const parts = {
    header: (node: XmlNode) => {
      if (morePagesFollow(node)) complete = false;
    },
    begin: () => {
      reportDay = undefined;
    },
    part: (node: XmlNode, copy: () => Uint8Array) => {
      if (node.name === 'CreDtTm') reportDay = localDay(node.text, dialect.zone);
      else if (node.name === 'Acct') {
        accounts.push(accountOf(node));
        currencies.push(...currencyOf(node));
      } else if (node.name === 'Ntry') {
        entries.push(inPlace(entries.length + 1, () => readEntry(node, dialect, reportDay, copy())));
      }
    },
    end: () => undefined,
  };
  return orUnreadable(() => {
    const reason = readReports(document, camt05200102WithBookingSystemDate.namespace, parts, checker);
    if (reason !== undefined) return unreadable(reason);
    return { currency: currencies[0], entries, complete, accounts, schemaFaults: describeFaults(checker) };
  });
}

/** Says which entry it was. */
function inPlace<T>(number: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof XmlPathError) error.message = `Entry ${number}: ${error.message}`;
    throw error;
  }
}
