// One simulated world: clock, disk, journal, bank and ERP, in which lives of the real daemon follow one another.

import { createBell } from '../../src/bell.ts';
import {
  POLISH_OPERATIONS,
  POLISH_ORDER_RULES,
  UNTESTED_ANSWERS,
} from '../../src/bank/cdc/dialects/common.ts';
import { openDaemon, type Daemon, type DaemonParts } from '../../src/daemon.ts';
import type { AnswerProfile, BankTerms } from '../../src/domain/bank-profile.ts';
import { createIso20022Format } from '../../src/erp/iso20022/iso20022-format.ts';
import type { CollectedAccount } from '../../src/inbound/inbound-ports.ts';
import { JournalFailure, type Journal } from '../../src/journal/journal.ts';
import type { Log } from '../../src/log.ts';
import type { Decision } from '../../src/outbound/decisions.ts';
import { createMemoryDisk, type MemoryDisk } from '../files/memory-file-store.ts';
import { createEffects, SimulatedCrash, type Effects, type Fate } from '../files/simulated-effects.ts';
import { createMemoryJournalDisk, type MemoryJournalDisk } from '../journal/memory-journal.ts';
import { createTestClock, type TestClock } from '../test-clock.ts';
import { PLAIN_BANK, SimulatedBank, type BankTraits, type Mood } from './simulated-bank.ts';
import { FOLDERS, SimulatedErp } from './simulated-erp.ts';

export const ACCOUNT = 'PL61109010140000071219812874';
export const COMPANY = 'fabryka';
export const BANK = 'bank';
export const TIME_ZONE = 'Europe/Warsaw';
/** A Monday morning. */
export const MORNING_MS = Date.UTC(2026, 10, 23, 9, 0, 0);
/** Stateless, and dear to make. */
const FORMAT = createIso20022Format({ timeZone: TIME_ZONE });
const DECISIONS = `${FOLDERS.state}/decisions`;

/** Everything that makes one world; the same one gives the same run, to the byte. */
export interface Scenario {
  readonly title: string;
  readonly startMs?: number;
  readonly seed?: number;
  readonly traits?: Partial<BankTraits>;
  readonly answers?: Partial<AnswerProfile>;
  readonly moods?: readonly Mood[];
  readonly transfersPerMessageMax?: number;
  readonly kinds?: CollectedAccount['kinds'];
  readonly pdf?: boolean;
  /** The schedules of all kinds fire so often; absent: never after the start. */
  readonly wakeEveryMs?: number;
  /** Not over before. */
  readonly atLeastMs?: number;
  readonly erpTakes?: boolean;
  /** What happens from outside, by running time. */
  readonly events: readonly { readonly atMs: number; readonly act: (world: World) => void }[];
  /** What the ERP may hear in the end of each file (see `outcomeOf`); the first one when nothing goes wrong. */
  readonly outcomes: Readonly<Record<string, readonly string[]>>;
}

/** One life of the daemon. */
export interface Life {
  readonly effects: Effects;
  /** undefined while it is starting, and when it did not start. */
  daemon: Daemon | undefined;
  /** How it came to its end, in words; undefined while it runs. */
  ended: string | undefined;
  stop(): void;
}

export interface World {
  readonly scenario: Scenario;
  readonly clock: TestClock;
  readonly disk: MemoryDisk;
  readonly journal: MemoryJournalDisk;
  readonly bank: SimulatedBank;
  readonly erp: SimulatedErp;
  readonly answers: AnswerProfile;
  /** How many records about orders were tried to be written, by all lives. */
  orderRecords: number;
  /** Lines of the log of all lives, for people who look at a failing run. */
  readonly log: string[];
  begin(fateOf: (number: number, what: string) => Fate): Life;
  decide(name: string, decision: Decision): void;
}

export function createWorld(scenario: Scenario): World {
  const clock = createTestClock({ nowMs: scenario.startMs ?? MORNING_MS, seed: scenario.seed ?? 1 });
  const disk = createMemoryDisk(() => clock.now());
  for (const folder of Object.values(FOLDERS)) {
    disk.put(`${folder}/.keep`, new Uint8Array());
  }
  const journal = createMemoryJournalDisk();
  const traits = { ...PLAIN_BANK, ...scenario.traits };
  const world: World = {
    scenario,
    clock,
    disk,
    journal,
    bank: new SimulatedBank(BANK, clock, traits, scenario.moods ?? [], TIME_ZONE),
    erp: new SimulatedErp(disk, scenario.erpTakes ?? false),
    answers: { ...UNTESTED_ANSWERS, ...scenario.answers },
    orderRecords: 0,
    log: [],
    begin: (fateOf) => begin(world, fateOf),
    decide: (name, decision) => {
      disk.put(`${DECISIONS}/${name}.json`, Buffer.from(JSON.stringify(decision)));
    },
  };
  return world;
}

function begin(world: World, fateOf: (number: number, what: string) => Fate): Life {
  const effects = createEffects(fateOf);
  const controller = new AbortController();
  const life: Life = {
    effects,
    daemon: undefined,
    ended: undefined,
    stop: () => controller.abort(),
  };
  const live = async (): Promise<void> => {
    const daemon = await openDaemon(partsOf(world, effects));
    if ('kind' in daemon) throw new Error(`did not start: ${daemon.reason}`);
    life.daemon = daemon;
    await daemon.run(controller.signal);
  };
  live().then(
    () => (life.ended = 'stopped'),
    (failure: unknown) => (life.ended = String(failure)),
  );
  return life;
}

function partsOf(world: World, effects: Effects): DaemonParts {
  const { clock, scenario, answers } = world;
  const channel = world.bank.channel(effects, answers);
  const terms = termsOf(scenario, answers);
  const common = {
    journal: counting(world, world.journal.open(clock, effects)),
    files: world.disk.fileStore(effects),
    clock,
    log: logInto(world.log, clock),
    format: FORMAT,
    spoolFolder: `${FOLDERS.state}/spool`,
    channel: () => channel,
  };
  const { outbox, inbox, archive } = FOLDERS;
  return {
    outbound: {
      ...common,
      companies: [{ name: COMPANY, outbox, inbox, archive }],
      readiness: {
        checks: 2,
        checkEveryMs: 2_000,
        minimumAgeMs: 2_000,
        sizeMaxBytes: 1_000_000,
        incompleteAfterMs: 60_000,
      },
      rules: {
        timeZone: TIME_ZONE,
        pastAllowedDays: 0,
        futureMaxDays: 30,
        duplicateWindowDays: 90,
        repeatedIds: 'warn',
        tellEveryMs: 30_000,
        faultsMax: 100,
      },
      terms: () => terms,
      account: (company, iban) =>
        company === COMPANY && iban === ACCOUNT ? { iban, currency: 'PLN', terms } : undefined,
    },
    inbound: { ...common, timeZone: TIME_ZONE, historySpanDays: () => 7 },
    accounts: [
      {
        iban: ACCOUNT,
        currency: 'PLN',
        company: COMPANY,
        bank: BANK,
        inbox,
        archive,
        since: '2026-11-20',
        pdf: scenario.pdf ?? false,
        kinds: scenario.kinds ?? [],
      },
    ],
    banks: [BANK],
    decisionsFolder: DECISIONS,
    scanEveryMs: 10_000,
    createBell,
    isFatal: (failure) => failure instanceof JournalFailure || failure instanceof SimulatedCrash,
  };
}

function counting(world: World, journal: Journal): Journal {
  return {
    ...journal,
    append: (records) => {
      world.orderRecords += records.filter(({ stream }) => stream.startsWith('order/')).length;
      return journal.append(records);
    },
  };
}

/** The terms of the simulated bank, also for checkers. */
export function termsOf(scenario: Scenario, answers: AnswerProfile): BankTerms {
  return {
    name: BANK,
    rules: {
      ...POLISH_ORDER_RULES,
      transfersPerMessageMax: scenario.transfersPerMessageMax ?? POLISH_ORDER_RULES.transfersPerMessageMax,
    },
    operations: POLISH_OPERATIONS,
    profile: answers,
    follow: {
      firstAskMs: 5_000,
      askEveryMaxMs: 20_000,
      inDoubtHoldAfterMs: 120_000,
      businessDaysMax: 3,
    },
  };
}

function logInto(lines: string[], clock: TestClock): Log {
  const write = (event: string, fields: object = {}): void => {
    lines.push(`${(clock.running() / 1000).toFixed(1)} ${event} ${JSON.stringify(fields)}`);
  };
  const log: Log = {
    debug: write,
    info: write,
    warn: write,
    error: write,
    child: () => log,
    close: async () => undefined,
  };
  return log;
}
