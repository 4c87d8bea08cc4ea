// One endurance run: banks, ERP and a person at work while something keeps ending the daemon; then rest, and the checks.

import { openJournalForReading } from '../../src/journal/sqlite-journal.ts';
import { Random } from '../iso20022/support/random.ts';
import { calm, changeMoods, type MoodCounts } from './bank-moods.ts';
import { DaemonProcess } from './daemon-process.ts';
import { endsOf } from './ends.ts';
import { Erp } from './erp.ts';
import { gatherEvidence, type Evidence } from './evidence.ts';
import { moneyViolations } from './money-checks.ts';
import { Person, statusOf } from './person.ts';
import { placeViolations } from './place-checks.ts';
import { plannedFiles } from './planned-files.ts';
import { COLLECTED_ACCOUNT, openSite, type Site } from './site.ts';

export interface RunOptions {
  readonly seed: number;
  readonly orders: number;
  /** Kept when something was wrong. */
  readonly root: string;
  readonly say: (text: string) => void;
}

/** What ends the daemon again and again; resolves when it has done enough, with no daemon running. */
export type Trouble = (world: World) => Promise<void>;

export interface World {
  readonly site: Site;
  readonly random: Random;
  readonly erp: Erp;
  /** Counted by name for the report. */
  readonly counts: Map<string, number>;
  readonly surprises: string[];
  count(name: string): void;
  /** How much of the trouble is over, from 0 to 1; the ERP drops its files in step with it. */
  progress: number;
  /** How long the last start took. */
  startMs: number | undefined;
}

export interface RunResult {
  readonly violations: readonly string[];
  readonly evidence: Evidence;
  readonly counts: ReadonlyMap<string, number>;
  readonly moods: ReadonlyMap<string, number>;
  readonly decisions: ReadonlyMap<string, number>;
  readonly journalCounts: ReadonlyMap<string, number>;
  readonly seconds: number;
}

/** A start takes about so long on a machine that has nothing else to do. */
const START_MS = 600;
const SLOWNESS_MAX = 3;

const REST_WITHIN_MS = 180_000;
const PERSON_LOOKS_EVERY_MS = 8_000;

export async function enduranceRun(
  options: RunOptions,
  trouble: Trouble,
  open = openSite,
): Promise<RunResult> {
  const startedMs = performance.now();
  const site = await open(options.root);
  const random = new Random(options.seed);
  const accounts = site.banks.map(({ account }) => account);
  const files = plannedFiles(options.orders, accounts, new Random(options.seed + 1));
  const erp = new Erp(site, files, new Random(options.seed + 2));
  const person = new Person(site, files);
  const counts = new Map<string, number>();
  const world: World = {
    site,
    random,
    erp,
    counts,
    surprises: [],
    count: (name) => counts.set(name, (counts.get(name) ?? 0) + 1),
    progress: 0,
    startMs: undefined,
  };

  const busy = new AbortController();
  const awake = new AbortController();
  const allowed = (): number => Math.ceil(options.orders * Math.min(1, world.progress + 5 / options.orders));
  const dropping = erp.drop(allowed, busy.signal);
  const taking = erp.take(awake.signal);
  const moods: Promise<MoodCounts> = changeMoods(site, new Random(options.seed + 3), busy.signal);
  const deciding = lookAgainAndAgain(person, awake.signal);
  const talking = progressReports(world, options, awake.signal);
  try {
    await trouble(world);
    world.progress = 1;
    const daemon = new DaemonProcess(site.config);
    await dropping;
    busy.abort();
    await moods;
    await calm(site);
    options.say(`The trouble is over after ${seconds(startedMs)} s; waiting for rest.`);
    await rest(world, daemon);
    const { code, output } = await daemon.stop();
    if (code !== 0)
      world.surprises.push(`the last stop ended with ${String(code)}: ${output.slice(-5).join(' | ')}`);
  } finally {
    busy.abort();
    awake.abort();
    await Promise.all([taking, deciding, talking]);
    for (const { bank } of site.banks) await bank.service.stop();
  }
  await erp.lookAgain();
  const moodCounts = await moods;
  const evidence = await gatherEvidence(site, erp, {
    collected: COLLECTED_ACCOUNT,
    refusalsOrdered: [...moodCounts].reduce(
      (sum, [name, count]) => (name.startsWith('refuses') ? sum + count : sum),
      0,
    ),
    surprises: [...world.surprises, ...person.surprises],
  });
  return {
    violations: [...moneyViolations(evidence), ...placeViolations(evidence)],
    evidence,
    counts,
    moods: moodCounts,
    decisions: person.decisions,
    journalCounts: await journalCounts(site),
    seconds: seconds(startedMs),
  };
}

/** On a busy machine all takes longer, and a life of the daemon must be long enough to get something done. */
export function slowness({ startMs = START_MS }: World): number {
  return Math.min(SLOWNESS_MAX, Math.max(1, startMs / START_MS));
}

/** Until every end was told and everything booked was shown; what has not come by then is for the checks to name. */
async function rest(world: World, daemon: DaemonProcess): Promise<void> {
  const endMs = performance.now() + REST_WITHIN_MS;
  while (performance.now() < endMs && !daemon.isOver) {
    await pause(500);
    if (world.erp.open().length > 0) continue;
    const status = await statusOf(world.site).catch(() => undefined);
    if (status?.open.length === 0 && (await everythingShown(world))) return;
  }
}

async function everythingShown({ site, erp }: World): Promise<boolean> {
  const evidence = await gatherEvidence(site, erp, {
    collected: COLLECTED_ACCOUNT,
    refusalsOrdered: 0,
    surprises: [],
  });
  return !moneyViolations(evidence).some((text) => text.startsWith('history:'));
}

async function lookAgainAndAgain(person: Person, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await person.look();
    await pause(PERSON_LOOKS_EVERY_MS, signal);
  }
}

async function progressReports(
  world: World,
  { say, orders }: RunOptions,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await pause(20_000, signal);
    const counts = [...world.counts].map(([name, count]) => `${name} ${count}`).join(', ');
    say(`${world.erp.dropped.length}/${orders} dropped, ${world.erp.open().length} open; ${counts}`);
  }
}

/** How often each event stands in the journal: for the report only, nothing is checked by it. */
async function journalCounts(site: Site): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const journal = await openJournalForReading(site.state);
  if ('refused' in journal) return counts;
  for await (const { event } of journal.records(0)) counts.set(event.type, (counts.get(event.type) ?? 0) + 1);
  await journal.close();
  return counts;
}

/** How many files ended in each way. */
export function endCounts(evidence: Evidence): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { word } of endsOf(evidence)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function seconds(sinceMs: number): number {
  return Math.round((performance.now() - sinceMs) / 1000);
}

/** Ends early when the signal aborts. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    }
    signal?.addEventListener('abort', done);
  });
}
