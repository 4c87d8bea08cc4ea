// What the ERP hears of a file whose bytes it has dropped before: the present status of the first, never a "no" of its own.

import type { Order } from '../../src/domain/order.ts';
import { toldOf } from './what-was-told.ts';
import type { World } from './world.ts';

/** An ERP takes "rejected" for "not paid" and pays again. */
export function repeats(world: World, orders: readonly Order[]): string[] {
  return orders.flatMap((order) => {
    if (order.repeats === undefined) return [];
    const end = toldOf(world, order.id).at(-1);
    const first = toldOf(world, order.repeats).at(-1);
    if (end?.final !== true || first?.final !== true) return [];
    return end.groupStatus === first.groupStatus && statuses(end) === statuses(first)
      ? []
      : [`repeats: ${order.fileName} was told ${end.groupStatus}, its first copy ${first.groupStatus}`];
  });
}

function statuses({ transfers }: { readonly transfers: readonly { readonly status: string }[] }): string {
  return transfers.map(({ status }) => status).join();
}
