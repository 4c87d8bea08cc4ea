// The bank behind the service: what every part of it works with.

import type { X509Certificate } from 'node:crypto';
import { ulid } from '../domain/identifiers.ts';
import type { Clock } from '../clock.ts';
import { bookDue } from './booking.ts';
import type { Ledger } from './ledger.ts';
import type { Moods } from './moods.ts';
import type { SandboxSettings } from './settings.ts';

export interface Bank {
  readonly ledger: Ledger;
  readonly moods: Moods;
  readonly clock: Clock;
  readonly settings: SandboxSettings;
  readonly certificates: BankCertificates;
}

/** What the bank knows its customer by. */
export interface BankCertificates {
  /** The bank's own authority: it issued what follows. */
  readonly authority: X509Certificate;
  /** The communication certificates of the one customer. */
  readonly client: readonly X509Certificate[];
  /** The authorization certificates registered for orders. */
  readonly signing: readonly X509Certificate[];
}

/** The present instant, with everything booked that has become due until then. */
export function present(bank: Bank): number {
  const nowMs = bank.clock.now();
  bookDue(bank.ledger, nowMs);
  return nowMs;
}

/** Whether a certificate is one of those, to the byte. */
export function isRegistered(certificate: X509Certificate, registered: readonly X509Certificate[]): boolean {
  return registered.some(({ fingerprint256 }) => fingerprint256 === certificate.fingerprint256);
}

/** An id for a document of the bank, at most 35 characters. */
export function documentId(bank: Bank, prefix: string): string {
  return prefix + ulid(bank.clock.now(), bank.clock.random(10));
}
