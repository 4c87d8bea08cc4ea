// When a bank is asked, and asked again.

import type { BankTerms } from './bank-profile.ts';

/** No two questions follow each other faster, whatever the first wait of a bank is. */
const ASK_AGAIN_MIN_MS = 100;

/** When the bank is asked next: some time after `sinceMs`, then with growing waits. */
export function askDueMs(
  asked: { readonly count: number; readonly lastMs: number } | undefined,
  sinceMs: number,
  sendings: number,
  nowMs: number,
  follow: BankTerms['follow'],
): number {
  const { firstAskMs, askEveryMaxMs } = follow;
  if (asked === undefined) {
    const waitMs = sendings === 1 ? firstAskMs : backOff(firstAskMs, sendings, askEveryMaxMs);
    return after(sinceMs, waitMs, nowMs);
  }
  return after(
    asked.lastMs,
    backOff(Math.max(firstAskMs, ASK_AGAIN_MIN_MS), asked.count, askEveryMaxMs),
    nowMs,
  );
}

/** The instant so long after another; now when that lies ahead, because then the date was set back since. */
export function after(sinceMs: number, waitMs: number, nowMs: number): number {
  return sinceMs > nowMs ? nowMs : sinceMs + waitMs;
}

/** Doubled with every attempt up to the longest wait. */
export function backOff(firstMs: number, count: number, maxMs: number): number {
  return Math.min(maxMs, firstMs * 2 ** Math.min(count - 1, 20));
}
