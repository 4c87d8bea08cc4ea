// Whether the configuration still has everything the open orders refer to: without it an order could be neither followed nor
// told, so the start is refused before anything is done.

import type { Order } from '../domain/order.ts';
import { isFinalPhase } from '../domain/submission.ts';

export interface ConfiguredNames {
  readonly companies: readonly string[];
  readonly banks: readonly string[];
  readonly accounts: readonly { readonly company: string; readonly iban: string }[];
}

/** A longer list helps nobody. */
const SHOWN_MAX = 3;

/** A sentence that names what is gone, the orders that need it, and what to do; undefined when all is there. */
export function missingName(orders: readonly Order[], configured: ConfiguredNames): string | undefined {
  const needs = new Map<string, Order[]>();
  for (const order of orders) {
    for (const missing of missingFor(order, configured))
      needs.set(missing, [...(needs.get(missing) ?? []), order]);
  }
  const [first, ...others] = [...needs];
  if (first === undefined) return undefined;
  const [missing, waiting] = first;
  const more = others.length === 0 ? '' : ` The same goes for ${others.map(([name]) => name).join(', ')}.`;
  return `The configuration no longer has ${missing}, but ${countedOrders(waiting)} still open under it. Put it back as it was, with its name, until they are closed ("goniec status" shows them); only then remove or rename it.${more}`;
}

/** `1 order (…) is`, `7 orders (a, b, c and 4 more) are`. */
export function countedOrders(orders: readonly Order[]): string {
  const shown = orders.slice(0, SHOWN_MAX).map(({ id, fileName }) => `${fileName} ${id}`);
  const rest = orders.length - shown.length;
  const list = `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  return orders.length === 1 ? `1 order (${list}) is` : `${orders.length} orders (${list}) are`;
}

function missingFor(order: Order, { companies, banks, accounts }: ConfiguredNames): Set<string> {
  const missing = new Set<string>();
  if (!companies.includes(order.company)) missing.add(`the company "${order.company}"`);
  for (const { plan, phase } of order.submissions) {
    if (isFinalPhase(phase)) continue;
    if (!banks.includes(plan.bank)) missing.add(`the bank "${plan.bank}"`);
    for (const { debtorAccount } of plan.blocks) {
      const known = accounts.some(({ company, iban }) => company === order.company && iban === debtorAccount);
      if (debtorAccount !== undefined && !known)
        missing.add(`the account ${debtorAccount} of "${order.company}"`);
    }
  }
  return missing;
}
