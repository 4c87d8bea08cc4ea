// The transfers of closed orders that some EndToEndIds may mean: looked up many at a time, for an answer may name thousands.

import { KEY } from '../domain/journal-index.ts';
import { readOrder } from './order-book.ts';
import type { OutboundContext } from './outbound-context.ts';
import { sentTransfers, type SentTransfers } from './sent-transfers.ts';

/** Orders whose transfers are remembered: only those with at most a thousand ids can be found by them (duplicates.ts). */
const ORDERS_MAX = 32;
const PREFIX = 'order/';

export class ClosedTransfers {
  readonly #context: OutboundContext;
  readonly #account: string;
  /** By order, the one used longest ago first. */
  readonly #known = new Map<string, SentTransfers>();

  constructor(context: OutboundContext, account: string) {
    this.#context = context;
    this.#account = account;
  }

  /** One map for each closed order that bears one of these ids, oldest first. */
  async under(endToEndIds: readonly string[]): Promise<readonly SentTransfers[]> {
    if (endToEndIds.length === 0) return [];
    const keys = await this.#context.ports.journal.keys(KEY.endToEndId, [...new Set(endToEndIds)]);
    const found: SentTransfers[] = [];
    for (const stream of new Set(keys.map((key) => key.stream))) {
      if (!stream.startsWith(PREFIX)) continue;
      const id = stream.slice(PREFIX.length);
      if (this.#context.book.get(id) === undefined) found.push(await this.#transfersOf(id));
    }
    return found;
  }

  async #transfersOf(id: string): Promise<SentTransfers> {
    const known = this.#known.get(id) ?? (await this.#read(id));
    this.#known.delete(id);
    this.#known.set(id, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > ORDERS_MAX && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }

  async #read(id: string): Promise<SentTransfers> {
    const order = await readOrder(this.#context.ports.journal, id);
    return sentTransfers(this.#context, order === undefined ? [] : [order], this.#account);
  }
}
