// The first facts of a new sandbox: its accounts and a few past business days, so that there is something to fetch at once.

import { bankDay, businessDayBefore, instantOf } from './bank-time.ts';
import type { BookedEvent, LedgerEvent, Party, SeedAccount } from './ledger-event.ts';
import { bankItself } from './bank-identity.ts';
import type { SandboxSettings } from './settings.ts';

const CUSTOMER: Party = {
  account: 'PL55114000029900000000000022',
  name: 'Kontrahent Testowy',
  address: ['ul. Polna 1', '00-001 Miasto'],
};
const SUPPLIER: Party = {
  account: 'PL58102000039900000000000033',
  name: 'Dostawca Testowy S.A.',
  address: ['ul. Lesna 2', '00-002 Miasto'],
};
const ABROAD: Party = {
  account: 'DE89370400440532013000',
  name: 'Muster GmbH',
  address: ['Beispielweg 3', '10115 Berlin'],
};

/** The events of a ledger opened at `nowMs`: the same ones for the same day and settings. */
export function seedEvents(settings: SandboxSettings, nowMs: number): LedgerEvent[] {
  const days: string[] = [];
  let day = bankDay(nowMs);
  for (let count = 0; count < settings.historyDays; count += 1) days.unshift((day = businessDayBefore(day)));
  const openedOn = businessDayBefore(day);
  const opened: LedgerEvent = {
    type: 'opened',
    at: instantOf(openedOn, '08:00:00'),
    accounts: settings.accounts,
  };
  const bookings = days.flatMap((past, number) =>
    settings.accounts.flatMap((account) => bookingsOf(account, past, number)),
  );
  return [opened, ...bookings.toSorted((a, b) => a.at - b.at)];
}

/** One payment in on every day, one payment out on every second one, and two identical fees on the first. */
function bookingsOf(account: SeedAccount, day: string, number: number): BookedEvent[] {
  const owner = { account: account.iban, name: account.owner, address: [] };
  const domestic = account.currency === 'PLN';
  const stamp = day.replaceAll('-', '');
  const book = (
    time: string,
    parts: Pick<BookedEvent, 'kind' | 'debtor' | 'creditor' | 'amount' | 'remittance' | 'endToEndId'>,
  ): BookedEvent => ({
    type: 'booked',
    at: instantOf(day, time),
    currency: account.currency,
    operation: undefined,
    instructionId: undefined,
    executes: undefined,
    ...parts,
  });
  const incoming = { kind: 'incoming', debtor: domestic ? CUSTOMER : ABROAD, creditor: owner } as const;
  const outgoing = { kind: 'transfer', debtor: owner, creditor: domestic ? SUPPLIER : ABROAD } as const;
  const fee = {
    kind: 'fee',
    debtor: owner,
    creditor: bankItself,
    amount: '1.50',
    remittance: 'Oplata za przelew',
    endToEndId: undefined,
  } as const;
  const bookings = [
    book('10:15:00', {
      ...incoming,
      amount: `${1200 + 37 * number}.40`,
      remittance: `Zaplata za fakture FV/${stamp}`,
      endToEndId: undefined,
    }),
  ];
  if (number % 2 === 1)
    bookings.push(
      book('13:45:00', {
        ...outgoing,
        amount: `${410 + number}.05`,
        remittance: `Faktura ZK/${stamp}`,
        endToEndId: `ZK-${stamp}`,
      }),
    );
  if (number === 0) bookings.push(book('16:00:00', fee), book('16:00:00', fee));
  return bookings;
}
