// Recognises entries across overlapping downloads: nothing is shown twice, and two equal fees stay two.

import type { ShownEntry } from './account-event.ts';
import { formatDecimal, withScale } from './decimal.ts';
import type { BookedEntry } from './entry.ts';

/** How often this identity has already been shown for that booking day. */
export type ShownCount = (entry: ShownEntry) => number;

/**
 * The entries the ERP has not seen. Each identity counts as a multiset: of k in this answer, those beyond the m already
 * shown are new. An answer that starts after a cursor does not repeat what lies before it, so there an identity that is
 * not stable (a position, a content hash) says nothing about earlier ones and the entry is new.
 */
export function newEntries(
  entries: readonly BookedEntry[],
  shown: ShownCount,
  coversWholeDay: boolean,
): { entry: BookedEntry; identity: ShownEntry }[] {
  const seen = new Map<string, number>();
  const fresh: { entry: BookedEntry; identity: ShownEntry }[] = [];
  for (const entry of entries) {
    const { identity, stable } = identityOf(entry);
    const key = `${identity.bookingDay} ${identity.rung} ${identity.value}`;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    const known = stable || coversWholeDay ? shown(identity) : 0;
    if (nth > known) fresh.push({ entry, identity });
  }
  return fresh;
}

/** As many as ISO 20022 amounts can have: 12.5 and 12.50 are one amount. */
const AMOUNT_DECIMALS = 5;

/** The best stable rung, else the content; amount, direction and status belong to it, because banks reuse references for fees. */
function identityOf(entry: BookedEntry): { identity: ShownEntry; stable: boolean } {
  const best = entry.identities.find((candidate) => candidate.stable) ?? entry.identities.at(-1);
  const value = [
    best?.value ?? '',
    formatDecimal(withScale(entry.amount, AMOUNT_DECIMALS)),
    entry.currency,
    entry.direction,
    entry.status,
  ].join('|');
  return {
    identity: { bookingDay: entry.bookingDay, rung: best?.rung ?? 'none', value },
    stable: best?.stable ?? false,
  };
}
