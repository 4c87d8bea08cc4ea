// Recognises entries across overlapping downloads: nothing is shown twice, and two equal fees stay two.

import type { ShownEntry } from './account-event.ts';
import { formatDecimal, withScale } from './decimal.ts';
import type { ListedEntry } from './entry.ts';

/** What has been shown and not yet been found again in the present answer. */
export interface ShownBefore {
  /** Counts one off; false when none is left. */
  takeOne(shown: ShownEntry): boolean;
}

/**
 * Whether the ERP has not seen an entry; to be asked once for each, in the order of the answer. Each identity counts as a
 * multiset: of k in this answer, those beyond the m already shown are new. An answer that starts after a cursor does not
 * repeat what lies before it, so there an identity that is not stable (a content hash) says nothing about earlier ones and
 * the entry is new.
 */
export function isNew(
  entry: ListedEntry,
  identity: ShownEntry,
  shown: ShownBefore,
  coversWholeDay: boolean,
): boolean {
  const mayBeKnown = entry.identity.stable || coversWholeDay;
  return !(mayBeKnown && shown.takeOne(identity));
}

/** As many as ISO 20022 amounts can have: 12.5 and 12.50 are one amount. */
const AMOUNT_DECIMALS = 5;

/** Under what an entry is counted: amount, direction and status belong to it, because banks reuse references for fees. */
export function shownAs(entry: ListedEntry): ShownEntry {
  const { bookingDay, identity, currency, direction, status } = entry;
  const amount = formatDecimal(withScale(entry.amount, AMOUNT_DECIMALS));
  const value = `${identity.value}|${amount}|${currency}|${direction}|${status}`;
  return { bookingDay, rung: identity.rung, value };
}
