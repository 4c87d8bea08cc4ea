// Asks everything that `goniec init` needs, in the order in which a person thinks of it.

import { dirname, join, resolve } from 'node:path';
import { folderFindings } from '../../config/folder-relations.ts';
import { Refusal } from '../../config/keys.ts';
import { DEFAULT_SETTINGS } from '../../sandbox/settings.ts';
import { isValidCron } from '../../triggers/schedule.ts';
import { freePortOr } from '../free-port.ts';
import { gatherAccounts } from './gather-accounts.ts';
import { gatherBank, oneOf } from './gather-bank.ts';
import type { Asker } from './asker.ts';
import type { Plan, PlannedBank, PlannedFolders, PlannedSchedules } from './plan.ts';
import { bothRules, ruleOf } from './question.ts';

const SANDBOX_PORT = 18_443;

/** `accounts`: what --account says, each `IBAN` or `IBAN:CURRENCY`. */
export async function gather(asker: Asker, folder: string, accounts: readonly string[]): Promise<Plan> {
  const configuration = join(folder, 'config', 'goniec.yaml');
  asker.explain(
    'Which bank service to begin with: "test" is the test service of your bank,\n"production" is where money moves, "sandbox" is a bank built into Goniec, to try.',
  );
  const environment = await asker.ask({
    option: 'environment',
    text: 'sandbox, test or production',
    otherwise: 'test',
    example: 'test',
    read: oneOf('sandbox', 'test', 'production'),
  });
  const company = await asker.ask({
    option: 'company',
    text: 'Name of your company',
    example: 'Example Sp. z o.o.',
    read: ruleOf('companies.name'),
  });
  const bank: PlannedBank =
    environment === 'sandbox'
      ? {
          kind: 'sandbox',
          port: await freePortOr(SANDBOX_PORT),
          controlPort: await freePortOr(SANDBOX_PORT + 1),
        }
      : await gatherBank(asker, environment, company);
  return {
    folder,
    configuration,
    company,
    bank,
    accounts:
      bank.kind === 'sandbox' ? sandboxAccounts(asker, accounts) : await gatherAccounts(asker, accounts),
    folders: await gatherFolders(asker, folder, configuration),
    schedules: await gatherSchedules(asker),
  };
}

/** The built-in bank keeps accounts of its own. */
function sandboxAccounts(asker: Asker, given: readonly string[]): Plan['accounts'] {
  if (given.length > 0) asker.note('--account has no meaning with the sandbox, which has its own accounts.');
  return DEFAULT_SETTINGS.accounts.map(({ iban, currency }) => ({ iban, currency }));
}

async function gatherFolders(asker: Asker, folder: string, configuration: string): Promise<PlannedFolders> {
  asker.explain(
    'The folders. Outbox and inbox may lie on a share that the ERP reaches; "state" must\nlie on a disk of this machine.',
  );
  const chosen: Partial<Record<keyof PlannedFolders, string>> = {};
  const ask = async (option: keyof PlannedFolders, text: string): Promise<string> => {
    const otherwise = join(folder, option);
    const path = await asker.ask({
      option,
      text,
      otherwise,
      example: otherwise,
      read: bothRules(ruleOf(option === 'state' ? 'state' : `companies.${option}`), (written) => {
        const absolute = resolve(written);
        return meets({ ...chosen, [option]: absolute }, dirname(configuration)) ?? absolute;
      }),
    });
    chosen[option] = path;
    return path;
  };
  return {
    outbox: await ask('outbox', 'The ERP writes payments into'),
    inbox: await ask('inbox', 'The ERP reads outcomes and statements from'),
    archive: await ask('archive', 'Everything that passed through is kept in'),
    state: await ask('state', 'Journal and prepared messages'),
  };
}

/** Why the folders chosen so far can not stand beside each other. */
function meets(chosen: Partial<Record<keyof PlannedFolders, string>>, base: string): Refusal | undefined {
  const { outbox, inbox, archive, state = join(base, '.not-asked-yet') } = chosen;
  const company = { name: undefined, outbox, inbox, archive };
  const [finding] = folderFindings({ companies: [company], state, log: { folder: undefined } }, base);
  return finding && new Refusal(finding.message.replace('companies[0].', ''), finding.remedy);
}

async function gatherSchedules(asker: Asker): Promise<PlannedSchedules> {
  asker.explain(
    'When to ask the bank, as cron writes it: minute, hour, day of month, month, day of\nweek; "none" for never. The ERP can also ask at any time by a file in the outbox.',
  );
  const ask = (option: string, text: string, otherwise: string): Promise<string> =>
    asker.ask({ option, text, otherwise, example: otherwise, read: scheduleOrNone });
  return {
    balances: await ask('balances', 'Balances', '0 7-19 * * 1-5'),
    history: await ask('history', 'History of operations', '*/30 6-21 * * 1-5'),
    statements: await ask('statements', 'Statements of finished days', '30 5-9 * * *'),
  };
}

/** Quotes belong to the file, but who knows cron from there writes them. */
function scheduleOrNone(answer: string): string | Refusal {
  const written = answer.replace(/^'(.*)'$/, '$1');
  if (written === 'none') return written;
  const read = ruleOf('accounts.balances')(written);
  if (read instanceof Refusal || isValidCron(read)) return read;
  return new Refusal(
    `is "${written}", which is not a cron expression`,
    'Write five fields, such as 0 7-19 * * 1-5, or none.',
  );
}
