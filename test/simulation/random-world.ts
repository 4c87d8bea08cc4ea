// What one number makes: a bank, an ERP, accounts, people and trouble, all of it at once.

import type { AnswerProfile } from '../../src/domain/bank-profile.ts';
import { CODES, type BankTraits, type Mood } from './bank-moods.ts';
import { createChance, type Chance } from './chance.ts';
import { randomFiles } from './random-files.ts';
import { randomMishaps, randomTrouble } from './random-trouble.ts';
import type { Trouble } from './run.ts';
import { decides, MINUTE_MS, resumes, SECOND_MS, type Event } from './scenario-parts.ts';
import { ACCOUNT, MORNING_MS, OTHER_ACCOUNT, type Scenario } from './scenario.ts';

/** A plain morning, shortly before midnight in Warsaw, and the two nights in which Warsaw changes its clocks. */
const STARTS_MS = [
  MORNING_MS,
  Date.UTC(2026, 10, 23, 22, 52, 0),
  Date.UTC(2026, 9, 25, 0, 52, 0),
  Date.UTC(2027, 2, 28, 0, 52, 0),
];
const DAY_MS = 24 * 3_600_000;
/** By then all outages and troubles are over, and what the schedules fetch has been fetched once more. */
const PEACE_FROM_MS = 25 * MINUTE_MS;
const ARRIVAL_BOUND_MS = MINUTE_MS;

export function randomWorld(seed: number): { readonly scenario: Scenario; readonly trouble: Trouble } {
  const chance = createChance(seed);
  const startMs = chance.pick(STARTS_MS);
  const { traits, answers } = randomBank(chance);
  const files = randomFiles(chance, startMs);
  const kinds = chance.pick([[], [], ['balance', 'history'], ['balance', 'history', 'statement']] as const);
  const nearMidnight = startMs === STARTS_MS[1];
  const mishaps = randomMishaps(chance, kinds.length > 0).filter(() => !nearMidnight || kinds.length === 0);
  const scenario: Scenario = {
    title: `random ${seed}`,
    startMs,
    seed,
    shuffled: true,
    traits,
    answers,
    moods: randomMoods(chance, answers),
    ...(chance.percent(50) ? { transfersPerMessageMax: 2 } : {}),
    accounts: chance.percent(50) ? [ACCOUNT] : [ACCOUNT, OTHER_ACCOUNT],
    kinds,
    ...(kinds.length > 0 ? { wakeEveryMs: chance.between(60, 240) * SECOND_MS } : {}),
    erpTakes: chance.percent(50),
    restartAfterMs: chance.pick([0, 100, 3 * SECOND_MS]),
    livesMax: 200,
    atLeastMs: PEACE_FROM_MS,
    horizonMs: DAY_MS,
    events: [...bookings(chance), ...files.events, ...mishaps, ...decisions(chance)],
    outcomes: files.outcomes,
  };
  return { scenario, trouble: randomTrouble(chance) };
}

/** A bank of any kind, and of what is true of it as much as somebody may have found out. */
function randomBank(chance: Chance): { traits: Partial<BankTraits>; answers: Partial<AnswerProfile> } {
  const repeatedId = chance.pick(['refused', 'silently-known', 'executed-again'] as const);
  const unknownId = chance.pick(['not-found', 'not-found', 'unlisted-fault', 'rejected'] as const);
  const traits: Partial<BankTraits> = {
    repeatedId,
    unknownId,
    stableIdentities: chance.percent(70),
    // Together less than the bound that the profile promises.
    statusLagMs: chance.pick([0, 0, 5 * SECOND_MS, 15 * SECOND_MS]),
    lateByMs: chance.between(1, 40) * SECOND_MS,
    executeAfterMs: chance.between(0, 60) * SECOND_MS,
    latencyMs: chance.between(20, 2_000),
    jitterMs: chance.pick([0, 50, 500]),
    outages: Array.from({ length: chance.pick([0, 0, 1, 2]) }, () => outage(chance)),
  };
  const knows = (share: number): boolean => chance.percent(share);
  const answers: Partial<AnswerProfile> = {
    notFound: unknownId === 'not-found' && knows(70) ? [CODES.notFound] : [],
    duplicate: repeatedId === 'refused' && knows(70) ? [CODES.duplicate] : [],
    refusal: knows(70) ? [CODES.refusal] : [],
    systemic: knows(70) ? [CODES.systemic] : [],
    arrivalBoundMs: knows(70) ? ARRIVAL_BOUND_MS : undefined,
    rejectMeansRejected: unknownId !== 'rejected' && knows(50),
  };
  return { traits, answers };
}

function outage(chance: Chance): BankTraits['outages'][number] {
  const fromMs = chance.below(10 * MINUTE_MS);
  const toMs = fromMs + chance.between(SECOND_MS, 5 * MINUTE_MS);
  return { fromMs, toMs, kind: chance.pick(['down', 'mute']) };
}

const BAD_MOODS: readonly Mood[] = [
  'rejects',
  'refuses',
  'refuses-all',
  'not-sent',
  'loses-request',
  'loses-answer',
  'arrives-late',
  'unlisted-fault',
];

function randomMoods(chance: Chance, { notFound = [] }: Partial<AnswerProfile>): Mood[] {
  const share = chance.pick([0, 20, 50, 90]);
  // Forgotten by a bank that never says so it would be open for days.
  const bad = notFound.length > 0 ? [...BAD_MOODS, 'forgets' as const] : BAD_MOODS;
  return Array.from({ length: chance.between(0, 30) }, () =>
    chance.percent(share) ? chance.pick(bad) : 'answers',
  );
}

/** What happens at the accounts without us, also before the daemon ever ran. */
function bookings(chance: Chance): Event[] {
  const entries = Array.from({ length: chance.between(0, 8) }, () => ({
    account: chance.pick([ACCOUNT, OTHER_ACCOUNT]),
    amount: chance.pick(['2.50', '2.50', '1000.00']),
    direction: chance.pick(['credit', 'debit'] as const),
    text: chance.pick(['fee', 'fee', 'invoice']),
    before: chance.pick([0, 0, 1]),
    atMs: chance.below(10 * MINUTE_MS),
  }));
  return entries.map(({ before, atMs, ...entry }) => ({
    atMs: before > 0 ? 0 : atMs,
    act: ({ bank }) =>
      bank.ledger.book({ ...entry, endToEndId: undefined, atMs: bank.now() - before * DAY_MS }),
  }));
}

function decisions(chance: Chance): Event[] {
  const as = ['resend', 'settled', 'rejected', 'dropped'] as const;
  const count = chance.between(0, 4);
  return Array.from({ length: count }, () => {
    const atMs = chance.between(5, 30) * MINUTE_MS + chance.below(1_000);
    return chance.percent(25) ? resumes(atMs) : decides(chance.pick(as), atMs);
  });
}
