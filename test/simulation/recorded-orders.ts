// What the journal of a world says of its orders, replayed from the records and from nothing else.

import { replayOrder, type Order } from '../../src/domain/order.ts';
import { isFinalPhase } from '../../src/domain/submission.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import type { World } from './world.ts';

const PREFIX = 'order/';

/** A person is named when something is held, or when the bank is paused and nothing of the order is at the bank. */
export function waitsForPerson(world: World, order: Order): boolean {
  if (order.phase === 'repeats') {
    // Its last word comes after that of the order it repeats.
    const first = allOrders(world).find(({ id }) => id === order.repeats);
    return first !== undefined && waitsForPerson(world, first);
  }
  if (order.phase !== 'planned') return false;
  const left = order.submissions.filter(({ phase }) => !isFinalPhase(phase) && phase !== 'held');
  const held = order.submissions.some(({ phase }) => phase === 'held');
  if (left.length === 0) return held;
  return left.every(({ phase }) => phase === 'prepared') && isPaused(world);
}

function isPaused(world: World): boolean {
  const last = world.journal.records().findLast(({ stream }) => stream.startsWith('bank/'));
  return last?.event.type === 'bank-paused';
}

const known = new WeakMap<World, { readonly records: number; readonly orders: readonly Order[] }>();

/** All orders the journal knows, oldest first. To be asked when nothing is going on: it replays only when records were added. */
export function allOrders(world: World): readonly Order[] {
  const last = known.get(world);
  if (last?.records === world.orderRecords) return last.orders;
  const ids = new Set(
    world.journal
      .records()
      .flatMap(({ stream }) => (stream.startsWith(PREFIX) ? [stream.slice(PREFIX.length)] : [])),
  );
  const orders = [...ids].flatMap((id) => replayOrder(id, recordsOf(world, id)) ?? []);
  known.set(world, { records: world.orderRecords, orders });
  return orders;
}

/** The records of one order. */
export function recordsOf(world: World, id: string): { readonly at: string; readonly event: OrderEvent }[] {
  return world.journal
    .records()
    .filter(({ stream }) => stream === PREFIX + id)
    .map(({ at, event }) => ({ at, event: event as OrderEvent }));
}
