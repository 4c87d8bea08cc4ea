// How a transfer moves through the bank: its status at any instant, and when it is booked.

import type { LedgerTransfer, Taking } from './ledger.ts';
import type { Course } from './ledger-event.ts';

export type BankStatus = 'PDNG' | 'ACTC' | 'ACSP' | 'ACSC' | 'RJCT';

/** How many booking delays each course takes. */
const DELAYS: Readonly<Record<Course, number>> = { instant: 0, ordinary: 1, pending: 1, stuck: 1, slow: 20 };

/**
 * When an accepted transfer is to be booked: after its delay, and not before its execution date has begun. undefined
 * while nobody knows: it waits for a person, or is stuck.
 */
export function dueAt(taking: Taking, transfer: LedgerTransfer): number | undefined {
  const startedAt = startOf(taking, transfer);
  if (startedAt === undefined || transfer.taken.course === 'stuck') return undefined;
  return Math.max(startedAt + taking.event.delayMs * DELAYS[transfer.taken.course], transfer.notBefore);
}

/** A transfer is PDNG for the first third of a delay, ACSP for the last one before it is booked, and ACTC between. */
export function statusOf(taking: Taking, transfer: LedgerTransfer, nowMs: number): BankStatus {
  if (taking.event.reject !== undefined || transfer.taken.reject !== undefined) return 'RJCT';
  if (transfer.bookedAt !== undefined) return 'ACSC';
  const startedAt = startOf(taking, transfer);
  const third = taking.event.delayMs / 3;
  if (startedAt === undefined || nowMs < startedAt + third) return 'PDNG';
  const bookedFrom = dueAt(taking, transfer) ?? startedAt + taking.event.delayMs;
  return nowMs < bookedFrom - third ? 'ACTC' : 'ACSP';
}

function startOf(taking: Taking, transfer: LedgerTransfer): number | undefined {
  return transfer.taken.course === 'pending' ? taking.approvedAt : taking.startedAt;
}
