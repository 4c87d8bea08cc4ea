// What every step of the way out works on: the ports, the open orders, the places of files, and what this process remembers.

import type { KeepAnswer } from '../bank/channel.ts';
import type { Clock } from '../clock.ts';
import type { Asked, Attempts } from '../domain/order-steps.ts';
import type { FileIds } from '../erp/format.ts';
import type { Order } from '../domain/order.ts';
import type { OrderBook } from './order-book.ts';
import type { OutboundPorts } from './outbound-ports.ts';
import { placesOf, type Places } from './places.ts';
import { PlanningTurns } from './planning-turns.ts';
import { sourceCopy } from './source-copy.ts';
import { LayoutMemory } from './source-ranges.ts';
import { Stumbles } from './stumbles.ts';
import { join } from 'node:path';

/** As many as there are orders being worked on at once. */
const IDS_KEPT_MAX = 64;
const SMALL_FILE_TRANSFERS_MAX = 1_000;

export interface OutboundContext {
  readonly ports: OutboundPorts;
  readonly book: OrderBook;
  readonly places: Places;
  readonly attempts: AttemptMemory;
  readonly stumbles: Stumbles;
  /** Keeps files that are checked beside each other from being planned without knowing of each other. */
  readonly planning: PlanningTurns;
  /** Banks that refused everything; nothing is sent to them until a person resumes. */
  readonly paused: Set<string>;
  /** Banks whose answer to the last message was that they took it: only they are sent several at once. */
  readonly taking: Set<string>;
  /** Decisions this process has carried out, by file name. */
  readonly decided: Set<string>;
  /** Aborts when the daemon is to stop: from then on no file is claimed and no message begins to be sent. */
  readonly stop: AbortSignal;
  readonly layouts: LayoutMemory;
  readonly idsOf: (order: Order) => Promise<FileIds>;
}

export function outboundContext(
  ports: OutboundPorts,
  book: OrderBook,
  paused: Set<string>,
  stop: AbortSignal,
): OutboundContext {
  const places = placesOf(ports);
  // The steps that follow each other mostly concern the same orders: the ids of some small files are kept, and of one large one.
  const known = new Map<string, Promise<FileIds>>();
  let large: string | undefined;
  const idsOf = (order: Order): Promise<FileIds> => {
    const before = known.get(order.id);
    if (before !== undefined) return before;
    const ids = sourceCopy(ports.files, places, order).then((path) =>
      ports.format.readIds(() => ports.files.read(path, { lent: true }), places.company(order.company)),
    );
    const oldest = known.keys().next();
    if (known.size >= IDS_KEPT_MAX && oldest.done !== true) known.delete(oldest.value);
    known.set(order.id, ids);
    ids.then(
      ({ transfers }) => {
        if (transfers.length <= SMALL_FILE_TRANSFERS_MAX || order.id === large) return;
        if (large !== undefined) known.delete(large);
        large = order.id;
      },
      // A reading that failed must not be remembered: the disk may be back the next time.
      () => known.delete(order.id),
    );
    return ids;
  };
  const memory = {
    attempts: new AttemptMemory(),
    stumbles: new Stumbles(),
    planning: new PlanningTurns(),
    taking: new Set<string>(),
    decided: new Set<string>(),
    layouts: new LayoutMemory(),
  };
  return { ports, book, places, ...memory, paused, stop, idsOf };
}

/** Stores an answer in the order's spool folder under the next free number. */
export function keeperFor(context: OutboundContext, orderId: string, part: number): KeepAnswer {
  return async (bytes) => {
    const { files } = context.ports;
    const folder = context.places.spoolFolder(orderId);
    await files.makeFolder(folder);
    const prefix = `part-${part.toString().padStart(3, '0')}-answer-`;
    let count = 1;
    // Asked for one by one: the folder of an order in many parts is long, and a part has few answers.
    while ((await files.stat(join(folder, answerName(prefix, count)))) !== undefined) count += 1;
    const name = answerName(prefix, count);
    const { sizeBytes, sha256 } = await files.write(join(folder, name), bytes);
    return { name, sha256, sizeBytes };
  };
}

/** Attempts since start, by order and part; a success or a new phase forgets them. */
export class AttemptMemory implements Attempts {
  readonly #asked = new Map<string, Asked & { readonly sinceRunningMs: number }>();
  readonly #notSent = new Map<string, { count: number; lastMs: number }>();
  /** When the bank last denied a message, by running clock. */
  readonly #deniedMs = new Map<string, number>();
  #changed: (order: string) => void = () => undefined;

  /** Says of every order of which there is another memory. */
  onChange(listener: (order: string) => void): void {
    this.#changed = listener;
  }

  asked(order: string, part: number): Asked | undefined {
    return this.#asked.get(`${order}/${part}`);
  }

  notSent(order: string, part: number): { count: number; lastMs: number } | undefined {
    return this.#notSent.get(`${order}/${part}`);
  }

  noteAsked(
    order: string,
    part: number,
    clock: Pick<Clock, 'now' | 'running'>,
    denied: boolean,
    said?: string,
  ): void {
    const key = `${order}/${part}`;
    const before = this.#asked.get(key);
    const sinceRunningMs = before?.sinceRunningMs ?? clock.running();
    this.#asked.set(key, {
      count: (before?.count ?? 0) + 1,
      lastMs: clock.now(),
      denied: denied ? (before?.denied ?? 0) + 1 : 0,
      observedMs: clock.running() - sinceRunningMs,
      sinceRunningMs,
      ...(said === undefined ? {} : { said }),
    });
    this.#changed(order);
  }

  /** Running time since the denial before this one; 0 for the first this process has heard. */
  noteDenial(order: string, part: number, runningMs: number): number {
    const key = `${order}/${part}`;
    const beforeMs = this.#deniedMs.get(key) ?? runningMs;
    this.#deniedMs.set(key, runningMs);
    return runningMs - beforeMs;
  }

  /** There was news: the wait between queries starts small again. */
  restart(order: string, part: number, clock: Pick<Clock, 'now' | 'running'>): void {
    this.#asked.delete(`${order}/${part}`);
    this.noteAsked(order, part, clock, false);
  }

  noteNotSent(order: string, part: number, nowMs: number): void {
    this.#notSent.set(`${order}/${part}`, {
      count: (this.notSent(order, part)?.count ?? 0) + 1,
      lastMs: nowMs,
    });
    this.#changed(order);
  }

  forget(order: string, part: number): void {
    this.#asked.delete(`${order}/${part}`);
    this.#notSent.delete(`${order}/${part}`);
    this.#deniedMs.delete(`${order}/${part}`);
    this.#changed(order);
  }
}

function answerName(prefix: string, count: number): string {
  return `${prefix}${count.toString().padStart(3, '0')}.xml`;
}
