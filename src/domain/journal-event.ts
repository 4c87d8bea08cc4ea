// All events a journal may hold, over all kinds of streams.

import type { AccountEvent } from './account-event.ts';
import type { BankEvent } from './bank-event.ts';
import type { OrderEvent } from './order-event.ts';

export type JournalEvent = OrderEvent | AccountEvent | BankEvent;
