// What every step of the way out works on: the ports, the open orders, the places of files, and what this process remembers.

import type { KeepAnswer } from '../bank/channel.ts';
import type { Attempts } from '../domain/order-steps.ts';
import type { FileIds } from '../erp/format.ts';
import type { Order } from '../domain/order.ts';
import type { OrderBook } from './order-book.ts';
import type { OutboundPorts } from './outbound-ports.ts';
import { placesOf, type Places } from './places.ts';
import { join } from 'node:path';

export interface OutboundContext {
  readonly ports: OutboundPorts;
  readonly book: OrderBook;
  readonly places: Places;
  readonly attempts: AttemptMemory;
  /** Banks that refused everything; nothing is sent to them until a person resumes. */
  readonly paused: Set<string>;
  /** Decisions this process has carried out, by file name. */
  readonly decided: Set<string>;
  readonly idsOf: (order: Order) => Promise<FileIds>;
}

export function outboundContext(ports: OutboundPorts, book: OrderBook, paused: Set<string>): OutboundContext {
  const places = placesOf(ports);
  // One file's ids at a time: neighbouring steps mostly concern the same order.
  let last: { readonly orderId: string; readonly ids: Promise<FileIds> } | undefined;
  const idsOf = (order: Order): Promise<FileIds> => {
    if (last?.orderId === order.id) return last.ids;
    const ids = ports.format.readIds(() => ports.files.read(places.sourceFile(order.id)));
    const reading = { orderId: order.id, ids };
    last = reading;
    // A reading that failed must not be remembered: the disk may be back the next time.
    ids.catch(() => {
      if (last === reading) last = undefined;
    });
    return ids;
  };
  return { ports, book, places, attempts: new AttemptMemory(), paused, decided: new Set(), idsOf };
}

/** Stores an answer in the order's spool folder under the next free number. */
export function keeperFor(context: OutboundContext, orderId: string, part: number): KeepAnswer {
  return async (bytes) => {
    const { files } = context.ports;
    const folder = context.places.spoolFolder(orderId);
    const taken = new Set((await files.list(folder)).map((entry) => entry.name));
    const prefix = `part-${part.toString().padStart(3, '0')}-answer-`;
    let count = 1;
    while (taken.has(answerName(prefix, count))) count += 1;
    const name = answerName(prefix, count);
    const { sizeBytes, sha256 } = await files.write(join(folder, name), bytes);
    return { name, sha256, sizeBytes };
  };
}

/** Attempts since start, by order and part; a success or a new phase forgets them. */
export class AttemptMemory implements Attempts {
  readonly #asked = new Map<string, { count: number; lastMs: number; denied: number }>();
  readonly #notSent = new Map<string, { count: number; lastMs: number }>();
  /** When the bank last denied a message, by running clock. */
  readonly #deniedMs = new Map<string, number>();

  asked(order: string, part: number): { count: number; lastMs: number; denied: number } | undefined {
    return this.#asked.get(`${order}/${part}`);
  }

  notSent(order: string, part: number): { count: number; lastMs: number } | undefined {
    return this.#notSent.get(`${order}/${part}`);
  }

  noteAsked(order: string, part: number, nowMs: number, denied: boolean): void {
    const before = this.asked(order, part);
    this.#asked.set(`${order}/${part}`, {
      count: (before?.count ?? 0) + 1,
      lastMs: nowMs,
      denied: denied ? (before?.denied ?? 0) + 1 : 0,
    });
  }

  /** Running time since the denial before this one; 0 for the first this process has heard. */
  noteDenial(order: string, part: number, runningMs: number): number {
    const key = `${order}/${part}`;
    const beforeMs = this.#deniedMs.get(key) ?? runningMs;
    this.#deniedMs.set(key, runningMs);
    return runningMs - beforeMs;
  }

  /** There was news: the wait between queries starts small again. */
  restart(order: string, part: number, nowMs: number): void {
    this.#asked.set(`${order}/${part}`, { count: 1, lastMs: nowMs, denied: 0 });
  }

  noteNotSent(order: string, part: number, nowMs: number): void {
    this.#notSent.set(`${order}/${part}`, {
      count: (this.notSent(order, part)?.count ?? 0) + 1,
      lastMs: nowMs,
    });
  }

  forget(order: string, part: number): void {
    this.#asked.delete(`${order}/${part}`);
    this.#notSent.delete(`${order}/${part}`);
    this.#deniedMs.delete(`${order}/${part}`);
  }
}

function answerName(prefix: string, count: number): string {
  return `${prefix}${count.toString().padStart(3, '0')}.xml`;
}
