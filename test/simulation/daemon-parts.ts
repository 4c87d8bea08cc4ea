// Puts the real daemon together on the simulated disk, journal, bank and clock.

import { createBell } from '../../src/bell.ts';
import type { Clock } from '../../src/clock.ts';
import type { DaemonParts } from '../../src/daemon.ts';
import { accountFileWriter } from '../../src/erp/account-file/write-account-file.ts';
import { createErpFormat } from '../../src/erp/erp-format.ts';
import { JournalFailure, type Journal } from '../../src/journal/journal.ts';
import type { Log } from '../../src/log.ts';
import { SimulatedCrash, type Effects } from '../files/simulated-effects.ts';
import { inAnyOrder } from './any-order.ts';
import { NOTHING_HELD } from '../outbound/support/nothing-held.ts';
import { bankChannel } from './bank-channel.ts';
import type { Chance } from './chance.ts';
import {
  ACCOUNT,
  accountsOf,
  BANK,
  COMPANY,
  formatsOf,
  OTHER_ACCOUNT,
  sinceOf,
  termsOf,
  TIME_ZONE,
} from './scenario.ts';
import { FOLDERS } from './simulated-erp.ts';
import type { World } from './world.ts';

/** Stateless, and dear to make. */
const FORMAT = createErpFormat({ timeZone: TIME_ZONE });
const WRITE_ACCOUNT_FILE = accountFileWriter({ timeZone: TIME_ZONE });
const ACCOUNTS = [ACCOUNT, OTHER_ACCOUNT];
export const DECISIONS = `${FOLDERS.state}/decisions`;

/** What one life is made of. */
export function partsOf(
  world: World,
  effects: Effects,
  journal: Journal,
  clock: Clock,
  chance: Chance | undefined,
): DaemonParts {
  const { scenario, answers } = world;
  const channel = bankChannel(world.bank, effects, answers);
  const terms = termsOf(scenario, answers);
  const common = {
    journal,
    files: inAnyOrder(world.disk.fileStore(effects), chance),
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
      companies: [{ name: COMPANY, outbox, inbox, archive, elixirO: formatsOf(scenario).elixirO }],
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
        duplicates: {
          sameBytesDays: 90,
          sameMessageIdDays: 90,
          samePaymentsDays: 90,
          repeatedIdsDays: 90,
        },
        repeatedIds: 'warn',
        tellEveryMs: 30_000,
        faultsMax: 100,
      },
      terms: () => terms,
      account: (company, iban) =>
        company === COMPANY && ACCOUNTS.includes(iban) ? { iban, currency: 'PLN', terms } : undefined,
      holdRules: () => scenario.hold ?? NOTHING_HELD,
    },
    inbound: {
      ...common,
      writeAccountFile: WRITE_ACCOUNT_FILE,
      timeZone: TIME_ZONE,
      historySpanDays: () => 7,
    },
    accounts: ACCOUNTS.map((iban) => ({
      iban,
      currency: 'PLN',
      company: COMPANY,
      bank: BANK,
      inbox,
      archive,
      since: sinceOf(scenario),
      pdf: scenario.pdf ?? false,
      kinds: accountsOf(scenario).includes(iban) ? (scenario.kinds ?? []) : [],
      formats: formatsOf(scenario),
    })),
    banks: [BANK],
    sendsAtOnce: () => 3,
    decisionsFolder: DECISIONS,
    scanEveryMs: scenario.scanEveryMs ?? 10_000,
    createBell,
    isFatal: (failure) => failure instanceof JournalFailure || failure instanceof SimulatedCrash,
  };
}

/** The journal, with the records about orders counted. */
export function counting(world: World, journal: Journal): Journal {
  return {
    ...journal,
    append: (records) => {
      world.orderRecords += records.filter(({ stream }) => stream.startsWith('order/')).length;
      return journal.append(records);
    },
  };
}

function logInto(lines: string[], clock: Clock): Log {
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
