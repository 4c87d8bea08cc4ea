// What the history has shown already, by booking day: kept as digests in streams of their own, so that an account's own
// stream stays short and only the days of an answer are ever read.

import { hash } from 'node:crypto';
import type { ShownEntry } from '../domain/account-event.ts';
import type { ShownBefore } from '../domain/entry-identity.ts';
import { KEY } from '../domain/journal-index.ts';
import type { ReadOnlyJournal } from '../journal/journal.ts';
import { DIGEST_BYTES, DigestCounts } from './digest-counts.ts';

type Reading = Pick<ReadOnlyJournal, 'read' | 'keys' | 'openStreams'>;

/** Fresh for every answer: what is found again is counted off. */
export class ShownEntries implements ShownBefore {
  readonly #journal: Reading;
  readonly #account: string;
  /** The present answer: what a crash left on record of its own delivery does not count. */
  readonly #answer: number;
  readonly #counts = new DigestCounts();
  readonly #loaded = new Set<string>();

  constructor(journal: Reading, account: string, answer: number) {
    this.#journal = journal;
    this.#account = account;
    this.#answer = answer;
  }

  /** Reads what was shown for a day, one record at a time; before its first entry is asked about. */
  async load(day: string): Promise<void> {
    if (this.#loaded.has(day)) return;
    this.#loaded.add(day);
    // Versions before 0.3 kept every entry under a key.
    for (const { value } of await this.#journal.keys(KEY.shownEntry(this.#account, day)))
      this.#counts.add(digestOf(day, value));
    const folder = shownFolder(this.#account, day);
    for (const stream of await this.#journal.openStreams(folder)) {
      if (stream.startsWith(`${folder}${this.#answer}/`)) continue;
      for (const { event } of await this.#journal.read(stream))
        if (event.type === 'entries-shown') this.#addAll(Buffer.from(event.digests, 'base64'));
    }
  }

  takeOne(shown: ShownEntry): boolean {
    return this.#counts.takeOne(shownDigest(shown));
  }

  #addAll(digests: Buffer): void {
    for (let at = 0; at + DIGEST_BYTES <= digests.length; at += DIGEST_BYTES)
      this.#counts.add(digests.subarray(at, at + DIGEST_BYTES));
  }
}

/** The stream for the entries of one day that one part of a delivery shows. */
export function shownStream(account: string, day: string, answer: number, part: number): string {
  return `${shownFolder(account, day)}${answer}/${part}`;
}

export function shownDigest({ bookingDay, rung, value }: ShownEntry): Buffer {
  return digestOf(bookingDay, `${rung}:${value}`);
}

function shownFolder(account: string, day: string): string {
  return `shown/${account}/${day}/`;
}

function digestOf(day: string, value: string): Buffer {
  return hash('sha256', `${day} ${value}`, 'buffer').subarray(0, DIGEST_BYTES);
}
