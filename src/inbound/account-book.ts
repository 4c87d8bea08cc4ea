// One account as it stands: replayed from the journal, changed only by records that are already durable.

import type { AccountEvent } from '../domain/account-event.ts';
import { evolveAccount, NEW_ACCOUNT, type AccountRecord, type AccountState } from '../domain/account-life.ts';
import type { Journal, NewRecord } from '../journal/journal.ts';

export class AccountBook {
  readonly stream: string;
  readonly #journal: Journal;
  #state: AccountState = NEW_ACCOUNT;

  private constructor(journal: Journal, stream: string) {
    this.#journal = journal;
    this.stream = stream;
  }

  static async open(journal: Journal, company: string, iban: string): Promise<AccountBook> {
    const book = new AccountBook(journal, accountStream(company, iban));
    for (const record of await journal.read(book.stream))
      book.#state = evolveAccount(book.#state, record as AccountRecord);
    return book;
  }

  get state(): AccountState {
    return this.#state;
  }

  /** Makes facts durable as one unit, then true here. */
  async record(...events: readonly AccountEvent[]): Promise<void> {
    await this.recordWith([], ...events);
  }

  /** The same, in one unit with records of other streams. */
  async recordWith(others: readonly NewRecord[], ...events: readonly AccountEvent[]): Promise<void> {
    const own = events.map((event) => ({ stream: this.stream, event }));
    const records = await this.#journal.append([...others, ...own]);
    for (const record of records.slice(others.length))
      this.#state = evolveAccount(this.#state, record as AccountRecord);
  }
}

export function accountStream(company: string, iban: string): string {
  return `account/${company}/${iban}`;
}
