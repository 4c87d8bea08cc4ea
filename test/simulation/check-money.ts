// Money at the bank: each transfer executed never or once, once where that was told, with the amount and from the account the ERP
// wrote; and what left the accounts is what was told. Our own records are not asked, but for which file is which order.

import {
  addDecimals,
  compareDecimals,
  formatDecimal,
  negate,
  parseDecimal,
  ZERO,
} from '../../src/domain/decimal.ts';
import type { Order } from '../../src/domain/order.ts';
import { sumOf } from './bank-ledger.ts';
import { recordsOf } from './recorded-orders.ts';
import { ACCOUNT, OTHER_ACCOUNT } from './scenario.ts';
import type { World } from './world.ts';
import { accountReport, toldOf, wantedIn, type Wanted } from './what-was-told.ts';

export function money(world: World, orders: readonly Order[]): string[] {
  return [
    ...executions(world, orders),
    ...unapproved(world, orders),
    ...perEndToEndId(world, orders),
    ...sums(world, orders),
    ...balances(world),
    ...bytesAtTheBank(world),
  ];
}

/** Each order by itself, since two orders may rightly share ids: message ids hold the id of their order. */
function executions(world: World, orders: readonly Order[]): string[] {
  const wrong: string[] = [];
  const left = new Set(world.bank.executions);
  for (const order of orders) {
    const done = [...left].filter(({ messageId }) => messageId.includes(order.id));
    for (const execution of done) left.delete(execution);
    const wanted = wantedBy(world, order);
    const told = order.repeats === undefined ? toldOf(world, order.id).at(-1) : undefined;
    for (const id of new Set([...wanted, ...done].map(({ endToEndId }) => endToEndId))) {
      const asked = wanted.filter(({ endToEndId }) => endToEndId === id);
      const paid = done.filter(({ endToEndId }) => endToEndId === id);
      const statuses = told?.transfers.filter(({ endToEndId }) => endToEndId === id) ?? [];
      const settled = statuses.filter(({ status }) => status === 'ACSC').length;
      const refused = statuses.filter(({ status }) => status === 'RJCT').length;
      if (paid.length > asked.length - refused)
        wrong.push(
          `money: ${id} of ${order.fileName} was executed ${paid.length} times; what was told allows ${asked.length - refused}`,
        );
      if (paid.length < settled)
        wrong.push(
          `money: ${id} of ${order.fileName} was executed ${paid.length} times but told executed ${settled} times`,
        );
      if (paid.some((one) => !asked.some((other) => isSame(one, other))))
        wrong.push(`money: ${id} of ${order.fileName} was executed with another amount or account`);
    }
  }
  for (const { endToEndId, messageId } of left)
    wrong.push(`money: ${endToEndId} was executed in ${messageId}, which belongs to no order`);
  return wrong;
}

/** Nothing that a person must see is paid before a person has let it go. */
function unapproved(world: World, orders: readonly Order[]): string[] {
  const [limit] = world.scenario.hold?.transferAbove ?? [];
  if (limit === undefined) return [];
  return orders.flatMap((order) => {
    const isLarge = wantedBy(world, order).some(
      ({ amount }) => compareDecimals(parseDecimal(amount) ?? ZERO, limit.amount) > 0,
    );
    const isPaid = world.bank.executions.some(({ messageId }) => messageId.includes(order.id));
    const isReleased = recordsOf(world, order.id).some(({ event }) => event.type === 'submission-released');
    return isLarge && isPaid && !isReleased
      ? [`approval: ${order.fileName} was paid, and nobody had let it go`]
      : [];
  });
}

/** Whatever we take for an order: no transfer may be executed more often than the ERP dropped it in files of different bytes. */
function perEndToEndId(world: World, orders: readonly Order[]): string[] {
  const contents = new Set(
    world.erp.dropped
      .filter(({ name }) => orders.some(({ fileName }) => fileName === name))
      .map(({ content }) => content),
  );
  const wanted = [...contents].flatMap(wantedIn);
  const ids = new Set(world.bank.executions.map(({ endToEndId }) => endToEndId));
  return [...ids].flatMap((id) => {
    const paid = world.bank.executions.filter(({ endToEndId }) => endToEndId === id).length;
    const asked = wanted.filter(({ endToEndId }) => endToEndId === id).length;
    return paid > asked
      ? [`money: ${id} was executed ${paid} times, and all that was dropped asks for ${asked}`]
      : [];
  });
}

/** What left an account is at least what was told settled, and at most that and what is still open: equal when all is closed. */
function sums(world: World, orders: readonly Order[]): string[] {
  return [ACCOUNT, OTHER_ACCOUNT].flatMap((account) => {
    const left = sumOf(
      world.bank.ledger.all.filter((entry) => entry.account === account && entry.endToEndId !== undefined),
    );
    let settled = ZERO;
    let open = ZERO;
    for (const order of orders) {
      if (order.repeats !== undefined) continue;
      const statuses = toldOf(world, order.id).at(-1)?.transfers ?? [];
      // Transfers are told in the order in which the file has them.
      wantedBy(world, order).forEach((transfer, index) => {
        if (transfer.account !== account) return;
        const amount = parseDecimal(transfer.amount) ?? ZERO;
        const status = statuses[index]?.status;
        if (status === 'ACSC') settled = addDecimals(settled, amount);
        else if (status !== 'RJCT' && order.phase !== 'closed') open = addDecimals(open, amount);
      });
    }
    const out = Number(formatDecimal(negate(left)));
    const least = Number(formatDecimal(settled));
    const most = Number(formatDecimal(addDecimals(settled, open)));
    return out < least || out > most
      ? [`money: ${out} left ${account}, but ${least} was told settled and no more than ${most} may be`]
      : [];
  });
}

/** A balance that was told is one the account had. */
function balances(world: World): string[] {
  const wrong: string[] = [];
  for (const [name, content] of world.erp.seen) {
    if (!/^camt\.052_.*_balance/.test(name)) continue;
    const { account, balances: told } = accountReport(content);
    const entries = world.bank.ledger.all.filter((entry) => entry.account === account);
    const had = new Set(
      [...entries.keys(), entries.length].map((count) =>
        Number(formatDecimal(sumOf(entries.slice(0, count)))),
      ),
    );
    for (const { amount, direction } of told) {
      const value = Number(amount) * (direction === 'DBIT' ? -1 : 1);
      if (!had.has(value)) wrong.push(`balance: ${name} says ${value}, which ${account} never had`);
    }
  }
  return wrong;
}

function bytesAtTheBank(world: World): string[] {
  return [...world.bank.arrived].flatMap(([id, digests]) =>
    new Set(digests).size > 1 ? [`bytes: message ${id} reached the bank with different bytes`] : [],
  );
}

function wantedBy(world: World, order: Order): readonly Wanted[] {
  const dropped = world.erp.dropped.find(({ name }) => name === order.fileName);
  return dropped === undefined ? [] : wantedIn(dropped.content);
}

function isSame(one: Wanted, other: Wanted): boolean {
  return Number(one.amount) === Number(other.amount) && one.account === other.account;
}
