// Puts a delivery on record in parts, when its file is in the inbox: what a million entries leave behind is more than one
// record should hold. A part that a crash left on record is not repeated, for the entries of an answer keep their order.

import type { AccountEvent, EntrySource } from '../domain/account-event.ts';
import type { BookedFound } from '../domain/entry.ts';
import type { NewRecord } from '../journal/journal.ts';
import { DIGEST_BYTES } from './digest-counts.ts';
import type { Delivery } from './delivery.ts';
import { shownStream } from './shown-entries.ts';

/** Fresh entries of one part. */
const PART_ENTRIES = 20_000;

/** The digests of the entries a delivery shows, in their order: 12 bytes each, and a word for each change of the day. */
export class ShownDigests {
  #bytes = Buffer.alloc(256 * DIGEST_BYTES);
  readonly #days: { readonly day: string; readonly from: number }[] = [];
  #count = 0;

  /** Gives the number of the entry, from 0. */
  add(day: string, digest: Buffer): number {
    const at = this.#count * DIGEST_BYTES;
    if (at === this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], 2 * this.#bytes.length);
    digest.copy(this.#bytes, at);
    if (this.#days.at(-1)?.day !== day) this.#days.push({ day, from: this.#count });
    return this.#count++;
  }

  get count(): number {
    return this.#count;
  }

  /** By day, those from `from` to `to` (exclusive), in base64. */
  slice(from: number, to: number): Map<string, string> {
    const found = new Map<string, Buffer[]>();
    this.#days.forEach(({ day, from: first }, index) => {
      const end = Math.min(to, this.#days[index + 1]?.from ?? this.#count);
      const start = Math.max(from, first);
      if (start >= end) return;
      const pieces = found.get(day) ?? [];
      found.set(day, pieces);
      pieces.push(this.#bytes.subarray(start * DIGEST_BYTES, end * DIGEST_BYTES));
    });
    return new Map([...found].map(([day, pieces]) => [day, Buffer.concat(pieces).toString('base64')]));
  }
}

export interface DeliveryRecord {
  readonly source: EntrySource;
  /** Entries that this source shows for the first time. */
  readonly freshCount: number;
  /** Absent where entries need not be recognised again. */
  readonly shown?: ShownDigests;
  /** In the order of the entries. */
  readonly booked: readonly BookedFound[];
  /** Says that all of it is done. */
  readonly end: AccountEvent;
}

/** From the last unit on the delivery is done; before it, `delivery-advanced` says how far its parts have got. */
export async function recordDelivery(
  { book, sequence, advanced }: Delivery,
  record: DeliveryRecord,
): Promise<void> {
  const { source, freshCount, booked, shown, end } = record;
  let next = 0;
  for (let from = 0; ; from += PART_ENTRIES) {
    const to = from + PART_ENTRIES;
    const isLast = to >= freshCount;
    const transfers: BookedFound['transfer'][] = [];
    for (let one = booked[next]; one !== undefined && one.fresh < to; one = booked[++next])
      transfers.push(one.transfer);
    const events: AccountEvent[] =
      transfers.length === 0 ? [] : [{ type: 'transfers-booked', source, transfers }];
    const digests: NewRecord[] = [...(shown?.slice(from, to) ?? [])].map(([day, text]) => ({
      stream: shownStream(book.stream, day, sequence, from / PART_ENTRIES),
      event: { type: 'entries-shown', digests: text },
    }));
    if (isLast) {
      await book.recordWith(digests, ...events, end);
      return;
    }
    if (to > advanced && events.length + digests.length > 0)
      await book.recordWith(digests, ...events, { type: 'delivery-advanced', entries: to });
  }
}
