// An older journal is put back, at every record there was, into a world that has gone on: nothing is paid twice, nothing is lost,
// and what the ERP hears is right or waits for a person.

import { describe, expect, it } from 'vitest';
import { recordRestore } from '../../src/outbound/restore.ts';
import { outcomeOf } from './checkers.ts';
import { DECISIONS, FLOWS } from './flows.ts';
import { allOrders } from './recorded-orders.ts';
import { NO_TROUBLE, runScenario, runWorld, type Trouble } from './run.ts';
import { drop, MINUTE_MS, payments, TESTED, transfer, type Event } from './scenario-parts.ts';
import { FOLDERS } from './simulated-erp.ts';
import { toldOf } from './what-was-told.ts';
import { COMPANY, TIME_ZONE, type Scenario } from './scenario.ts';
import type { World } from './world.ts';

/** Each pair of an instant and an older record, with the spool as it is and without it; thinned but for a full sweep. */
const STEP = process.env.GONIEC_SIMULATION === undefined ? 53 : 1;
const ONE = payments('M1', transfer('A1', '10.00'));

const SCENARIOS: readonly Scenario[] = [
  ...[...FLOWS, ...DECISIONS].filter(({ title }) =>
    [
      'a single transfer settles',
      'a single transfer settles, and the ERP takes every file away at once',
      'an order goes in three messages',
      'a part of an order is rejected',
      'a bad file is refused',
      'the same bytes are dropped again',
      'the same message id comes with other content',
      'a person lets a held message go again',
      'a person finds that a lost message never came and gives it up',
      'a person drops a file whose message id was used before',
    ].includes(title),
  ),
  {
    title: 'the answer is lost at an untested bank',
    moods: ['loses-answer'],
    events: [drop('one.xml', ONE)],
    outcomes: { 'one.xml': ['ACSC', 'held'] },
  },
  {
    title: 'the request is lost at a tested bank that executes repeated ids again',
    answers: { ...TESTED, duplicate: [] },
    traits: { repeatedId: 'executed-again' },
    moods: ['loses-request'],
    events: [drop('one.xml', ONE)],
    outcomes: { 'one.xml': ['ACSC'] },
  },
];

describe('An older journal that was put back', () => {
  it.each(SCENARIOS)(
    'into a world that has gone on sends nothing twice: $title',
    { timeout: 600_000 },
    async (scenario) => {
      const failures: string[] = [];
      let count = 0;
      let runs = 0;
      for (const point of await pointsOf(scenario)) {
        for (let sequence = 0; sequence < point.records; sequence += 1) {
          for (const spool of ['kept', 'lost'] as const) {
            count += 1;
            if (count % STEP !== 0) continue;
            const wrong = await restored(scenario, point, sequence, spool);
            runs += 1;
            if (wrong.length > 0)
              failures.push(`record ${sequence} of ${point.records}, spool ${spool}: ${wrong.join('; ')}`);
          }
        }
      }
      expect(failures).toEqual([]);
      expect(runs).toBeGreaterThan(1);
    },
  );
});

/** An instant at which the world stood still: a crash after one commit, or the end. */
interface Point {
  readonly records: number;
  readonly trouble: Trouble;
}

async function pointsOf(scenario: Scenario): Promise<Point[]> {
  const { world, lives } = await runScenario(scenario);
  const commits = (lives[0]?.effects.tried ?? []).flatMap((what, index) =>
    what === 'commit records' ? [index + 1] : [],
  );
  const points: Point[] = [{ records: world.journal.records().length, trouble: NO_TROUBLE }];
  for (const commit of commits) {
    const trouble = {
      ...NO_TROUBLE,
      fateOf: (life: number, number: number) =>
        life === 1 && number === commit ? ('crash-after' as const) : ('happens' as const),
    };
    const { world: then } = await runScenario({ ...scenario, livesMax: 1 }, trouble);
    points.push({ records: then.journal.records().length, trouble });
  }
  return points;
}

/** Everything that is wrong after the journal was put back to this record; a person decides what is held in the end. */
async function restored(
  scenario: Scenario,
  { trouble }: Point,
  sequence: number,
  spool: 'kept' | 'lost',
): Promise<string[]> {
  const left = new Set(scenario.events);
  const events = scenario.events.map((event) => ({
    ...event,
    act: (world: World): void => {
      left.delete(event);
      event.act(world);
    },
  }));
  const { world } = await runScenario({ ...scenario, events, livesMax: 1 }, trouble);
  world.journal.putBack(sequence);
  if (spool === 'lost')
    for (const path of world.disk.paths())
      if (path.startsWith(`${FOLDERS.state}/spool/`)) world.disk.take(path);
  await restore(world);
  const decided = looksAndDecides(world.clock.running() + 40 * MINUTE_MS);
  const late = [...left].map((event) => ({ ...event, atMs: event.atMs + world.clock.running() }));
  const { violations } = await runWorld(world, [...late, decided]);
  const open = allOrders(world)
    .filter(({ phase }) => phase !== 'closed')
    .map((order) => `open: ${order.fileName} is ${outcomeOf(world, order)}`);
  return [...violations, ...open].filter((violation) => !isExpected(violation));
}

/** A person looks into the e-bank, and at what the ERP has heard, before anything goes out. */
function looksAndDecides(atMs: number): Event {
  return {
    atMs,
    act: (world) => {
      for (const order of allOrders(world)) {
        const heard = toldOf(world, order.id).findLast(({ final }) => final)?.groupStatus;
        for (const { plan, phase } of order.submissions) {
          if (phase !== 'held') continue;
          const unpaid = heard === 'RJCT' ? 'rejected' : 'resend';
          world.decide(`${order.id}-${plan.part}`, {
            kind: 'release',
            order: order.id,
            part: plan.part,
            as: world.bank.fateOf(plan.messageId) !== 'unknown' ? 'settled' : unpaid,
            who: 'Anna',
            reason: 'looked into the e-bank and the inbox',
          });
        }
      }
    },
  };
}

async function restore(world: World): Promise<void> {
  const { clock, disk } = world;
  const journal = await world.journal.open(clock, undefined, true);
  if ('refused' in journal) throw new Error(journal.sentence);
  const { outbox, inbox, archive, state } = FOLDERS;
  const outcome = await recordRestore(
    {
      journal,
      files: disk.fileStore(),
      clock,
      companies: [{ name: COMPANY, outbox, inbox, archive }],
      spoolFolder: `${state}/spool`,
      decisionsFolder: `${state}/decisions`,
      timeZone: TIME_ZONE,
    },
    { who: 'Anna', reason: 'the disk was lost' },
  );
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  await journal.close();
  // Whoever looks at the orders replays them anew.
  world.orderRecords += 1;
}

/**
 * A receipt of before the restore is not what the records say since. Where an end was told but not archived before the restore,
 * the ERP hears that the order is open again, and then its end again, under names of their own.
 */
function isExpected(violation: string): boolean {
  return (
    violation.startsWith('replay: the receipt of') ||
    /^telling: .* was told \d ends/.test(violation) ||
    /^telling: .* was told (?:RJCT|ACSC) and then PDNG$/.test(violation)
  );
}
