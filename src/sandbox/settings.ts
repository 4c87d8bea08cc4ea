// What a sandbox can be set up with, and what it does when nothing is said.

import type { SeedAccount } from './ledger-event.ts';

export interface SandboxSettings {
  /** Opened on the first start; a folder keeps the accounts it was opened with. */
  readonly accounts: readonly SeedAccount[];
  /** Past business days that get a few bookings on the first start. */
  readonly historyDays: number;
  /** From taking a transfer to booking it. */
  readonly bookingDelayMs: number;
  /** True takes unsigned orders too and leaves them pending until they are approved. */
  readonly unsigned: boolean;
  /** Larger requests are refused. */
  readonly requestBytesMax: number;
}

const OWNER = 'Wytwornia Przykladowa Sp. z o.o.';

export const DEFAULT_SETTINGS: SandboxSettings = {
  accounts: [
    { iban: 'PL60160014620000000000000001', currency: 'PLN', owner: OWNER, openingBalance: '100000.00' },
    { iban: 'PL33160014620000000000000002', currency: 'PLN', owner: OWNER, openingBalance: '25000.00' },
    { iban: 'PL06160014620000000000000003', currency: 'EUR', owner: OWNER, openingBalance: '10000.00' },
  ],
  historyDays: 5,
  bookingDelayMs: 3000,
  unsigned: false,
  requestBytesMax: 64 * 1024 * 1024,
};
