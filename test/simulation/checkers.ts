// Looks at a world that has come to rest: at the bank's ledger, the folders and what the ERP saw. Our own records are only
// believed where it is they that are checked.

import { Buffer } from 'node:buffer';
import { orderSteps } from '../../src/domain/order-steps.ts';
import { replayOrder, type Order } from '../../src/domain/order.ts';
import { accountData } from './check-accounts.ts';
import { repeats } from './check-repeats.ts';
import { money } from './check-money.ts';
import { allOrders, recordsOf, waitsForPerson } from './recorded-orders.ts';
import { FOLDERS, placesByName, sha256 } from './simulated-erp.ts';
import { toldOf, type Told } from './what-was-told.ts';
import { termsOf, TIME_ZONE } from './scenario.ts';
import type { World } from './world.ts';

/** Sentences, each beginning with the name of the check that failed; none when all is well. */
export function violationsOf(world: World): string[] {
  const orders = allOrders(world);
  return [
    ...money(world, orders),
    ...telling(world, orders),
    ...repeats(world, orders),
    ...outcomes(world, orders),
    ...places(world, orders),
    ...receipts(world, orders),
    ...openEnds(world, orders),
    ...accountData(world),
    ...leftovers(world, orders),
  ];
}

/** One end is told, under one name and one message id; nothing is told after it. */
function telling(world: World, orders: readonly Order[]): string[] {
  const wrong: string[] = [];
  for (const order of orders) {
    const told = toldOf(world, order.id);
    const finals = told.filter(({ final }) => final);
    if (finals.length > 1)
      wrong.push(`telling: ${order.fileName} was told ${finals.length} ends: ${names(finals)}`);
    if (finals.length === 1 && told.at(-1)?.final !== true)
      wrong.push(`telling: something was told about ${order.fileName} after its end: ${names(told)}`);
    const ids = new Set(told.map(({ messageId }) => messageId));
    if (ids.size < told.length)
      wrong.push(`telling: two files about ${order.fileName} have one message id: ${names(told)}`);
    // What was told as an end of a transfer stays its end.
    told.forEach(({ transfers }, index) => {
      const before = told[index - 1]?.transfers ?? [];
      transfers.forEach(({ endToEndId, status }, at) => {
        const earlier = before[at]?.status;
        if ((earlier === 'ACSC' || earlier === 'RJCT') && earlier !== status)
          wrong.push(`telling: ${endToEndId} of ${order.fileName} was told ${earlier} and then ${status}`);
      });
    });
    if (
      order.phase === 'closed' &&
      finals.length === 0 &&
      order.answeredFiles.length + order.notes.length === 0
    )
      wrong.push(`telling: ${order.fileName} is closed but its end was never to be seen`);
    for (const { event } of recordsOf(world, order.id)) {
      if (event.type !== 'order-told' || !event.final) continue;
      const seen = world.erp.seen.get(event.fileName);
      if (seen === undefined || sha256(Buffer.from(seen)) !== event.sha256)
        wrong.push(`telling: ${event.fileName} is recorded as told with bytes nobody saw`);
    }
  }
  return wrong;
}

/** Every dropped file has the end its scenario allows. */
function outcomes(world: World, orders: readonly Order[]): string[] {
  return world.erp.dropped.flatMap(({ name }) => {
    const found = orders.filter(({ fileName }) => fileName === name);
    const allowed = world.scenario.outcomes[name] ?? [];
    if (found.length !== 1) return [`outcome: ${name} became ${found.length} orders`];
    const outcome = found.map((order) => outcomeOf(world, order)).join();
    return allowed.includes(outcome)
      ? []
      : [`outcome: ${name} ended ${outcome}, not ${allowed.join(' or ')}`];
  });
}

/** The end of an order in one word, as the ERP heard it. */
export function outcomeOf(world: World, order: Order): string {
  if (order.repeats !== undefined) return 'repeats';
  if (order.requests.length > 0) return order.phase === 'closed' ? 'answered' : 'unanswered';
  const last = toldOf(world, order.id).at(-1);
  if (last?.final === true) return last.groupStatus;
  return waitsForPerson(world, order) ? 'held' : 'open';
}

/** At rest every file lies in one place, whole. */
function places(world: World, orders: readonly Order[]): string[] {
  const wrong: string[] = [];
  const byName = placesByName(world.disk.paths());
  for (const { name, sha256: expected } of world.erp.dropped) {
    const found = byName.get(name) ?? [];
    if (found.length !== 1) wrong.push(`places: ${name} lies in ${found.length} places: ${found.join(', ')}`);
    const order = orders.find(({ fileName }) => fileName === name);
    const archived = found[0]?.startsWith(FOLDERS.archive) ?? false;
    if ((order?.phase === 'closed') !== archived)
      wrong.push(`places: ${name} is ${order?.phase ?? 'unknown'} but lies in ${found.join()}`);
    for (const path of found) {
      if (sha256(contentOf(world, path)) !== expected) wrong.push(`places: ${path} is not what was dropped`);
    }
  }
  return wrong;
}

/** The receipt in the archive is the state that the journal replays to. */
function receipts(world: World, orders: readonly Order[]): string[] {
  const wrong: string[] = [];
  for (const { id, fileName, archivedIn } of orders) {
    if (archivedIn === undefined) continue;
    const records = recordsOf(world, id);
    const before = records.slice(
      0,
      records.findIndex(({ event }) => event.type === 'order-archived'),
    );
    const replayed = replayOrder(id, before);
    const submissions = replayed?.submissions.map((submission) => ({
      ...submission,
      states: Object.fromEntries(submission.states),
    }));
    const expected = JSON.stringify({ ...replayed, submissions });
    const receipt = Buffer.from(contentOf(world, `${archivedIn}/receipt.json`)).toString('utf8');
    if (receipt === '' || JSON.stringify(JSON.parse(receipt)) !== expected)
      wrong.push(`replay: the receipt of ${fileName} is not what its records say`);
    const summary = Buffer.from(contentOf(world, `${archivedIn}/summary.txt`)).toString('utf8');
    if (!summary.includes(id)) wrong.push(`archive: the summary of ${fileName} does not name its order`);
  }
  return wrong;
}

/** Nothing is open without a next due time or a person who is named. */
function openEnds(world: World, orders: readonly Order[]): string[] {
  const terms = termsOf(world.scenario, world.answers);
  return orders.flatMap((order) => {
    if (order.phase === 'closed' || waitsForPerson(world, order)) return [];
    const steps = orderSteps(order, world.clock.now(), {
      terms: () => terms,
      paused: () => false,
      open: (id) => orders.find((other) => other.id === id && other.phase !== 'closed'),
      attempts: { asked: () => undefined, notSent: () => undefined },
      timeZone: TIME_ZONE,
      tellEveryMs: 0,
    });
    return steps.some(({ dueMs }) => Number.isFinite(dueMs))
      ? []
      : [`open: ${order.fileName} is ${order.phase} and nothing is due`];
  });
}

/** Closed orders leave nothing outside the archive. */
function leftovers(world: World, orders: readonly Order[]): string[] {
  const closed = orders.filter(({ phase }) => phase === 'closed');
  return world.disk
    .paths()
    .filter(
      (path) =>
        (path.startsWith(`${FOLDERS.state}/spool/`) || path.includes('/held/')) &&
        closed.some(({ id }) => path.includes(`/${id}`)),
    )
    .map((path) => `leftovers: ${path} is left of a closed order`);
}

function contentOf(world: World, path: string): Uint8Array {
  return world.disk.content(path) ?? new Uint8Array();
}

function names(told: readonly Told[]): string {
  return told.map(({ fileName }) => fileName).join(', ');
}
