// Puts the real parts together: journal, disk, clock, formats and banks, as the settings say.

import { join } from 'node:path';
import { createBell } from '../bell.ts';
import type { Settings } from '../config/settings.ts';
import { openDaemon, type Daemon, type DaemonParts, type StartRefusal } from '../daemon.ts';
import type { BankTerms } from '../domain/bank-profile.ts';
import { accountFileWriter } from '../erp/account-file/write-account-file.ts';
import { createErpFormat } from '../erp/erp-format.ts';
import { diskFileStoreWithLocal } from '../files/disk-file-store.ts';
import type { CollectedAccount } from '../inbound/inbound-ports.ts';
import { JournalFailure, type Journal } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import { systemClock } from '../triggers/system-clock.ts';
import type { OpenBank } from './bank-channels.ts';

const FAULTS_MAX = 1_000;

export async function buildDaemon(
  settings: Settings,
  journal: Journal,
  banks: readonly OpenBank[],
  log: Log,
): Promise<Daemon | StartRefusal> {
  const byName = new Map(banks.map((bank) => [bank.settings.name, bank]));
  const bank = (name: string): OpenBank => {
    const found = byName.get(name);
    if (found === undefined)
      throw new Error(`The journal names bank ${name}, which the configuration no longer has.`);
    return found;
  };
  const format = createErpFormat({ timeZone: settings.timeZone });
  const common = {
    journal,
    files: diskFileStoreWithLocal(settings.state),
    clock: systemClock,
    log,
    format,
    spoolFolder: join(settings.state, 'spool'),
  };
  const parts: DaemonParts = {
    outbound: {
      ...common,
      companies: settings.companies.map(({ erp, ...folders }) => ({ ...folders, elixirO: erp.elixirO })),
      readiness: settings.readiness,
      rules: {
        timeZone: settings.timeZone,
        ...settings.executionDate,
        duplicates: settings.duplicates,
        repeatedIds: settings.duplicates.repeatedIds,
        tellEveryMs: settings.tellEveryMs,
        faultsMax: FAULTS_MAX,
      },
      terms: (name): BankTerms => bank(name).terms,
      channel: (name) => bank(name).channel,
      account: (company, iban) => {
        const found = settings.accounts.find(
          (account) => account.company === company && account.iban === iban,
        );
        return found && { iban: found.iban, currency: found.currency, terms: bank(found.bank).terms };
      },
      holdRules: (name) => companyNamed(settings, name).hold,
    },
    inbound: {
      ...common,
      writeAccountFile: accountFileWriter({ timeZone: settings.timeZone }),
      timeZone: settings.timeZone,
      historySpanDays: (name) => bank(name).historySpanDays,
      channel: (name) => bank(name).channel,
    },
    accounts: settings.accounts.map((account) => collectedAccount(settings, account)),
    banks: banks.map(({ settings: { name } }) => name),
    sendsAtOnce: (name) => bank(name).settings.limits.sendsAtOnce,
    decisionsFolder: decisionsFolder(settings),
    scanEveryMs: settings.scanEveryMs,
    createBell,
    isFatal: (failure) => failure instanceof JournalFailure,
  };
  return openDaemon(parts);
}

/** Where the command line leaves what people decided, for the daemon to put on record. */
export function decisionsFolder(settings: Settings): string {
  return join(settings.state, 'decisions');
}

/** The start is refused before this where an account or an open order names another. */
function companyNamed({ companies }: Settings, wanted: string): Settings['companies'][number] {
  const company = companies.find(({ name }) => name === wanted);
  if (company === undefined) throw new Error(`There is no company ${wanted} in the configuration.`);
  return company;
}

function collectedAccount(settings: Settings, account: Settings['accounts'][number]): CollectedAccount {
  const company = companyNamed(settings, account.company);
  const kinds: CollectedAccount['kinds'][number][] = [];
  if (account.balances !== undefined) kinds.push('balance');
  if (account.history !== undefined) kinds.push('history');
  if (account.statements !== undefined) kinds.push('statement');
  return {
    iban: account.iban,
    currency: account.currency,
    company: account.company,
    bank: account.bank,
    inbox: company.inbox,
    archive: company.archive,
    formats: company.erp,
    since: account.statements?.since,
    pdf: account.statements?.pdf ?? false,
    kinds,
  };
}
