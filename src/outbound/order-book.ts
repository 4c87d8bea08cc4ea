// The open orders as they stand: replayed from the journal at start, changed only by records that are already durable.

import { evolveOrder, replayOrder, type Order } from '../domain/order.ts';
import { isInDoubt, type SubmissionPhase } from '../domain/submission.ts';
import type { OrderEvent } from '../domain/order-event.ts';
import type { Journal, NewRecord } from '../journal/journal.ts';

const PREFIX = 'order/';
const EPOCH = '1970-01-01T00:00:00.000Z';

export class OrderBook {
  readonly #journal: Journal;
  readonly #orders = new Map<string, Order>();
  /** The record being written for each order. */
  readonly #writing = new Map<string, Promise<void>>();
  #changed: (id: string) => void = () => undefined;

  private constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** Reads the open orders; costs nothing for closed ones. */
  static async open(journal: Journal): Promise<OrderBook> {
    const book = new OrderBook(journal);
    for (const stream of await journal.openStreams(PREFIX)) {
      const id = stream.slice(PREFIX.length);
      const order = await readOrder(journal, id);
      if (order !== undefined) book.#orders.set(id, order);
    }
    return book;
  }

  /** Open orders, oldest first. */
  all(): Order[] {
    return [...this.#orders.values()];
  }

  get(id: string): Order | undefined {
    return this.#orders.get(id);
  }

  /** Says of every order that has become another one, or is closed. */
  onChange(listener: (id: string) => void): void {
    this.#changed = listener;
  }

  /** Makes facts durable, then true here. When this resolves, what the events announce may be done. */
  async record(id: string, ...events: readonly OrderEvent[]): Promise<Order> {
    const order = await this.recordIf(id, () => true, ...events);
    if (order === undefined) throw new Error(`Order ${id} was recorded without an event.`);
    return order;
  }

  /**
   * The same, unless the order is no longer as `still` wants it: an answer may come back after another lane has learnt
   * more. Records of one order wait for each other, so that what is checked here is what the event meets.
   */
  async recordIf(
    id: string,
    still: (order: Order | undefined) => boolean,
    ...events: readonly OrderEvent[]
  ): Promise<Order | undefined> {
    return this.#inTurn(id, still, events, []);
  }

  /** Makes facts about an order durable together with facts about something else: a crash leaves all of them or none. */
  async recordWith(
    id: string,
    others: readonly NewRecord[],
    ...events: readonly OrderEvent[]
  ): Promise<void> {
    await this.#inTurn(id, () => true, events, others);
  }

  async #inTurn(
    id: string,
    still: (order: Order | undefined) => boolean,
    events: readonly OrderEvent[],
    others: readonly NewRecord[],
  ): Promise<Order | undefined> {
    const before = this.#writing.get(id) ?? Promise.resolve();
    const turn = before.then(() => this.#write(id, still, events, others));
    const settled = turn.then(
      () => undefined,
      () => undefined,
    );
    this.#writing.set(id, settled);
    try {
      return await turn;
    } finally {
      if (this.#writing.get(id) === settled) this.#writing.delete(id);
    }
  }

  async #write(
    id: string,
    still: (order: Order | undefined) => boolean,
    events: readonly OrderEvent[],
    others: readonly NewRecord[],
  ): Promise<Order | undefined> {
    const present = this.#orders.get(id);
    if (!still(present)) return undefined;
    // Folded once beforehand, so that a move the table does not know never reaches the journal.
    let probe = present;
    for (const event of events) probe = evolveOrder(probe, id, event, present?.changedAt ?? EPOCH);
    const records = await this.#journal.append([
      ...events.map((event) => ({ stream: PREFIX + id, event })),
      ...others,
    ]);
    let order = present;
    events.forEach((event, position) => {
      order = evolveOrder(order, id, event, records[position]?.at ?? EPOCH);
    });
    if (order === undefined || order.phase === 'closed') this.#orders.delete(id);
    else this.#orders.set(id, order);
    this.#changed(id);
    return order;
  }
}

/** Any order, open or closed, from its records; undefined when the journal has none. */
export async function readOrder(journal: Pick<Journal, 'read'>, id: string): Promise<Order | undefined> {
  const records = await journal.read(PREFIX + id);
  return replayOrder(id, records as readonly { at: string; event: OrderEvent }[]);
}

/** A guard for recordIf: the submission is still in one of these phases. */
export function stillIn(
  part: number,
  ...phases: readonly SubmissionPhase[]
): (order: Order | undefined) => boolean {
  return (order) =>
    order?.submissions.some(
      (submission) => submission.plan.part === part && phases.includes(submission.phase),
    ) ?? false;
}

/** A guard for recordIf: nobody knows yet whether the bank has it. */
export function stillInDoubt(part: number): (order: Order | undefined) => boolean {
  return (order) =>
    order?.submissions.some((submission) => submission.plan.part === part && isInDoubt(submission)) ?? false;
}

/** A guard for recordIf: the bank is still asked about it. */
export function stillAsked(part: number): (order: Order | undefined) => boolean {
  return (order) => stillIn(part, 'submitted')(order) || stillInDoubt(part)(order);
}

/** A guard for recordIf: the same, or it waits to be sent again although an earlier sending may have been taken. */
export function stillOpenToNews(part: number): (order: Order | undefined) => boolean {
  return (order) =>
    stillAsked(part)(order) ||
    (order?.submissions.some(
      ({ plan, phase, lostBefore }) =>
        plan.part === part && lostBefore && (phase === 'prepared' || phase === 'planned'),
    ) ??
      false);
}

/** Orders found by a key, oldest first, each once. */
export async function findOrders(
  journal: Pick<Journal, 'read' | 'keys'>,
  key: string,
  value: string,
): Promise<Order[]> {
  return Array.fromAsync(ordersUnder(journal, key, value));
}

/** The same one by one, for those who stop at the first that fits. */
export async function* ordersUnder(
  journal: Pick<Journal, 'read' | 'keys'>,
  key: string,
  value: string,
): AsyncGenerator<Order> {
  const streams = new Set((await journal.keys(key, value)).map(({ stream }) => stream));
  for (const stream of streams) {
    const order = stream.startsWith(PREFIX)
      ? await readOrder(journal, stream.slice(PREFIX.length))
      : undefined;
    if (order !== undefined) yield order;
  }
}
