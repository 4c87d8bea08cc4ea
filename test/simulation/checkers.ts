// Looks at a world that has come to rest: at the bank's ledger, the folders and what the ERP saw. Our own records are only
// believed where it is they that are checked.

import { Buffer } from 'node:buffer';
import { orderSteps } from '../../src/domain/order-steps.ts';
import { replayOrder, type Order } from '../../src/domain/order.ts';
import { each, one, optTextOf, textOf } from '../../src/xml/xml-path.ts';
import { parseSmallDocument, type XmlNode } from '../../src/xml/small-document.ts';
import { allOrders, recordsOf, waitsForPerson } from './recorded-orders.ts';
import { FOLDERS, placesOf, sha256 } from './simulated-erp.ts';
import { ACCOUNT, termsOf, TIME_ZONE, type World } from './world.ts';

/** Sentences, each beginning with the name of the check that failed; none when all is well. */
export async function violationsOf(world: World): Promise<string[]> {
  const orders = allOrders(world);
  return [
    ...money(world, orders),
    ...bytesAtTheBank(world),
    ...telling(world, orders),
    ...outcomes(world, orders),
    ...(await places(world, orders)),
    ...(await receipts(world, orders)),
    ...openEnds(world, orders),
    ...shownEntries(world),
    ...statements(world),
    ...leftovers(world, orders),
  ];
}

/** What one status file in the inbox says. */
interface Told {
  readonly fileName: string;
  readonly order: string;
  readonly number: number;
  readonly final: boolean;
  readonly messageId: string;
  readonly groupStatus: string;
  readonly transfers: readonly { readonly endToEndId: string; readonly status: string }[];
}

/** Each transfer was executed once for every order that was told so, and never for one that was told the opposite. */
function money(world: World, orders: readonly Order[]): string[] {
  const counts = new Map<string, number>();
  for (const { endToEndId } of world.bank.executions)
    counts.set(endToEndId, (counts.get(endToEndId) ?? 0) + 1);
  const bounds = new Map<string, { least: number; most: number }>();
  for (const order of orders.filter(({ repeats }) => repeats === undefined)) {
    const last = toldOf(world, order.id).at(-1);
    for (const { endToEndId, status } of last?.transfers ?? []) {
      const bound = bounds.get(endToEndId) ?? { least: 0, most: 0 };
      if (status !== 'RJCT') bound.most += 1;
      if (status === 'ACSC') bound.least += 1;
      bounds.set(endToEndId, bound);
    }
  }
  const wrong: string[] = [];
  for (const id of new Set([...counts.keys(), ...bounds.keys()])) {
    const count = counts.get(id) ?? 0;
    const { least, most } = bounds.get(id) ?? { least: 0, most: 0 };
    if (count < least)
      wrong.push(`money: ${id} was executed ${count} times but told executed ${least} times`);
    if (count > most) wrong.push(`money: ${id} was executed ${count} times; what was told allows ${most}`);
  }
  return wrong;
}

function bytesAtTheBank(world: World): string[] {
  return [...world.bank.arrived].flatMap(([id, digests]) =>
    new Set(digests).size > 1 ? [`bytes: message ${id} reached the bank with different bytes`] : [],
  );
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
async function places(world: World, orders: readonly Order[]): Promise<string[]> {
  const wrong: string[] = [];
  const paths = world.disk.paths();
  for (const { name, sha256: expected } of world.erp.dropped) {
    const found = placesOf(paths, name);
    if (found.length !== 1) wrong.push(`places: ${name} lies in ${found.length} places: ${found.join(', ')}`);
    const order = orders.find(({ fileName }) => fileName === name);
    const archived = found[0]?.startsWith(FOLDERS.archive) ?? false;
    if ((order?.phase === 'closed') !== archived)
      wrong.push(`places: ${name} is ${order?.phase ?? 'unknown'} but lies in ${found.join()}`);
    for (const path of found) {
      if (sha256(await contentOf(world, path)) !== expected)
        wrong.push(`places: ${path} is not what was dropped`);
    }
  }
  return wrong;
}

/** The receipt in the archive is the state that the journal replays to. */
async function receipts(world: World, orders: readonly Order[]): Promise<string[]> {
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
    const receipt = Buffer.from(await contentOf(world, `${archivedIn}/receipt.json`)).toString('utf8');
    if (JSON.stringify(JSON.parse(receipt)) !== expected)
      wrong.push(`replay: the receipt of ${fileName} is not what its records say`);
    const summary = Buffer.from(await contentOf(world, `${archivedIn}/summary.txt`)).toString('utf8');
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
      attempts: { asked: () => undefined, notSent: () => undefined },
      timeZone: TIME_ZONE,
      tellEveryMs: 0,
    });
    return steps.some(({ dueMs }) => Number.isFinite(dueMs))
      ? []
      : [`open: ${order.fileName} is ${order.phase} and nothing is due`];
  });
}

/** The history shows each entry of the ledger once; a repeat under the same name is no second showing. */
function shownEntries(world: World): string[] {
  if (world.scenario.kinds?.includes('history') !== true) return [];
  const shown = new Map<string, string[]>();
  const ids = new Map<string, string>();
  const wrong: string[] = [];
  for (const [name, content] of world.erp.seen) {
    if (!/^camt\.052_.*_(?:history|balance)_/.test(name)) continue;
    const root = rootOf(content);
    const messageId = textOf(root, 'BkToCstmrAcctRpt/GrpHdr/MsgId');
    const other = ids.get(messageId);
    if (other !== undefined) wrong.push(`entries: ${name} and ${other} have one message id`);
    ids.set(messageId, name);
    if (name.includes('_copy_')) continue;
    for (const entry of each(root, 'BkToCstmrAcctRpt/Rpt/Ntry')) {
      const id = textOf(entry, 'NtryRef');
      shown.set(id, [...(shown.get(id) ?? []), name]);
    }
  }
  for (const { id } of world.bank.ledger.all) {
    const files = shown.get(id) ?? [];
    if (files.length !== 1) wrong.push(`entries: ${id} was shown ${files.length} times: ${files.join(', ')}`);
  }
  return wrong;
}

/** Every business day that is over has its statement once, as the bank wrote it. */
function statements(world: World): string[] {
  if (world.scenario.kinds?.includes('statement') !== true) return [];
  const today = world.bank.ledger.dayOf(world.clock.now());
  const days = ['2026-11-20', '2026-11-23', '2026-11-24'].filter((day) => day < today);
  const expected = days.flatMap((day) => [
    `camt.053_${day}_${ACCOUNT}_statement.xml`,
    ...(world.scenario.pdf === true ? [`camt.053_${day}_${ACCOUNT}_statement.pdf`] : []),
  ]);
  const found = [...world.erp.seen.keys()].filter(
    (name) => name.startsWith('camt.053_') && !name.includes('_copy_'),
  );
  return found.toSorted().join() === expected.toSorted().join()
    ? []
    : [`statements: seen were ${found.join(', ')} instead of ${expected.join(', ')}`];
}

/** Closed orders leave nothing outside the archive. */
function leftovers(world: World, orders: readonly Order[]): string[] {
  const closed = orders.filter(({ phase }) => phase === 'closed');
  return world.disk
    .paths()
    .filter(
      (path) =>
        closed.some(({ id }) => path.startsWith(`${FOLDERS.state}/spool/${id}`)) ||
        closed.some(({ id }) => path.includes(`/held/${id}`)),
    )
    .map((path) => `leftovers: ${path} is left of a closed order`);
}

/** What the ERP saw about one order, in the order of their numbers. */
function toldOf(world: World, order: string): Told[] {
  const told = [...world.erp.seen].flatMap(([fileName, content]): Told[] => {
    const match = /^pain\.002_.*_([0-9A-Z]{26})_(\d+)(-final)?\.xml$/.exec(fileName);
    if (match?.[1] !== order) return [];
    const report = one(rootOf(content), 'CstmrPmtStsRpt');
    return [
      {
        fileName,
        order,
        number: Number(match[2]),
        final: match[3] !== undefined,
        messageId: textOf(report, 'GrpHdr/MsgId'),
        groupStatus: textOf(report, 'OrgnlGrpInfAndSts/GrpSts'),
        transfers: each(report, 'OrgnlPmtInfAndSts/TxInfAndSts').map((transfer) => ({
          endToEndId: optTextOf(transfer, 'OrgnlEndToEndId') ?? '',
          status: textOf(transfer, 'TxSts'),
        })),
      },
    ];
  });
  return told.toSorted((a, b) => a.number - b.number || Number(a.final) - Number(b.final));
}

function rootOf(content: string): XmlNode {
  const root = parseSmallDocument(Buffer.from(content));
  if ('rule' in root) throw new Error(root.message);
  return root;
}

async function contentOf(world: World, path: string): Promise<Uint8Array> {
  return world.disk.fileStore().readWhole(path, Number.MAX_SAFE_INTEGER);
}

function names(told: readonly Told[]): string {
  return told.map(({ fileName }) => fileName).join(', ');
}
