// What makes one world: the bank, the ERP, the accounts, and what happens from outside.

import { POLISH_OPERATIONS, POLISH_ORDER_RULES } from '../../src/bank/cdc/dialects/common.ts';
import type { AnswerProfile, BankTerms } from '../../src/domain/bank-profile.ts';
import type { ErpFormats } from '../../src/domain/erp-formats.ts';
import { addDays, dayAt } from '../../src/domain/calendar.ts';
import type { CollectedAccount } from '../../src/inbound/inbound-ports.ts';
import type { HoldRules } from '../../src/outbound/approval.ts';
import { CAMT_ALONE } from '../erp/formats-wanted.ts';
import type { BankTraits, Mood } from './bank-moods.ts';
import type { World } from './world.ts';

export const ACCOUNT = 'PL61109010140000071219812874';
/** Another one at the same bank; its life is only followed where a scenario says so. */
export const OTHER_ACCOUNT = 'PL34109010140000071219812875';
export const COMPANY = 'fabryka';
export const BANK = 'bank';
export const TIME_ZONE = 'Europe/Warsaw';
/** A Monday morning. */
export const MORNING_MS = Date.UTC(2026, 10, 23, 9, 0, 0);

/** Everything that makes one world; the same one gives the same run, to the byte. */
export interface Scenario {
  readonly title: string;
  readonly startMs?: number;
  readonly seed?: number;
  readonly traits?: Partial<BankTraits>;
  readonly answers?: Partial<AnswerProfile>;
  readonly moods?: readonly Mood[];
  readonly transfersPerMessageMax?: number;
  readonly accounts?: readonly string[];
  readonly kinds?: CollectedAccount['kinds'];
  readonly pdf?: boolean;
  /** What the ERP reads; absent: camt alone. */
  readonly formats?: ErpFormats;
  /** What a person must see before it is sent; absent: nothing. */
  readonly hold?: HoldRules;
  /** The schedules of all kinds fire so often; absent: never after the start. */
  readonly wakeEveryMs?: number;
  /** Not over before. */
  readonly atLeastMs?: number;
  readonly erpTakes?: boolean;
  readonly askEveryMaxMs?: number;
  /** The outbox is looked at so often; rarely, where days go by. */
  readonly scanEveryMs?: number;
  /** A daemon that ended is started again after so long. */
  readonly restartAfterMs?: number;
  /** So many times at most. */
  readonly livesMax?: number;
  /** Everything must have come to rest by then. */
  readonly horizonMs?: number;
  /** Whatever is ready at once goes on in an order of chance. */
  readonly shuffled?: boolean;
  /** What happens from outside, by running time. */
  readonly events: readonly { readonly atMs: number; readonly act: (world: World) => void }[];
  /** What the ERP may hear in the end of each file (see `outcomeOf`); the first one when nothing goes wrong. */
  readonly outcomes: Readonly<Record<string, readonly string[]>>;
}

/** What the ERP reads. */
export function formatsOf(scenario: Scenario): ErpFormats {
  return scenario.formats ?? CAMT_ALONE;
}

/** The accounts whose balances, history and statements are fetched. */
export function accountsOf(scenario: Scenario): readonly string[] {
  return scenario.accounts ?? [ACCOUNT];
}

/** The first day of interest: the last business day but one, so that there is something to fetch. */
export function sinceOf(scenario: Scenario): string {
  const today = dayAt(scenario.startMs ?? MORNING_MS, TIME_ZONE);
  return addDays(today, -3);
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
      askEveryMaxMs: scenario.askEveryMaxMs ?? 20_000,
      inDoubtHoldAfterMs: 120_000,
      businessDaysMax: 3,
    },
  };
}
