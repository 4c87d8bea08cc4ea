// Gathers entries while an answer is read, so that they are looked up some at a time instead of one by one.

import type { TakeEntries } from '../../channel.ts';

/** So many are in memory at once, and those of one piece of the file. */
const BATCH_MIN = 100;

export class EntryBatches<Entry> {
  #gathered: Entry[] = [];

  add(entry: Entry): void {
    this.#gathered.push(entry);
  }

  /** Hands them on when there are enough. */
  async hand(take: TakeEntries<Entry>): Promise<void> {
    if (this.#gathered.length >= BATCH_MIN) await this.handLast(take);
  }

  async handLast(take: TakeEntries<Entry>): Promise<void> {
    const entries = this.#gathered;
    this.#gathered = [];
    if (entries.length > 0) await take(entries);
  }
}
