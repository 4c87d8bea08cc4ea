// All events a journal may hold, over all kinds of streams.

import type { AccountEvent, ShownEvent } from './account-event.ts';
import type { BankEvent } from './bank-event.ts';
import type { CompanyEvent } from './company-event.ts';
import type { OrderEvent } from './order-event.ts';
import type { RestoreEvent } from './restore-event.ts';

export type JournalEvent = OrderEvent | AccountEvent | ShownEvent | BankEvent | CompanyEvent | RestoreEvent;
