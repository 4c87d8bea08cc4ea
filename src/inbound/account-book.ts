// One account as it stands: replayed from the journal, changed only by records that are already durable.

import type { AccountEvent } from '../domain/account-event.ts';
import { evolveAccount, NEW_ACCOUNT, type AccountState } from '../domain/account-life.ts';
import type { Journal } from '../journal/journal.ts';

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
      book.#state = evolveAccount(book.#state, record.event as AccountEvent, record.at);
    return book;
  }

  get state(): AccountState {
    return this.#state;
  }

  async record(event: AccountEvent): Promise<void> {
    const [record] = await this.#journal.append([{ stream: this.stream, event }]);
    if (record !== undefined) this.#state = evolveAccount(this.#state, event, record.at);
  }
}

export function accountStream(company: string, iban: string): string {
  return `account/${company}/${iban}`;
}
