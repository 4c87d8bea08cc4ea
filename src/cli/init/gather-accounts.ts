// Asks for the accounts: number and currency of each, until there are no more.

import { Refusal } from '../../config/keys.ts';
import { bothRules, orNothing, ruleOf } from './question.ts';
import type { Asker } from './asker.ts';
import type { PlannedAccount } from './plan.ts';

const EXAMPLE = 'PL60160014620000000000000001';

/** `given`: what --account says, each `IBAN` or `IBAN:CURRENCY`. */
export async function gatherAccounts(
  asker: Asker,
  given: readonly string[],
): Promise<readonly PlannedAccount[]> {
  if (given.length > 0) return readGiven(asker, given);
  const accounts: PlannedAccount[] = [];
  asker.explain('The accounts at this bank, as IBAN or as a Polish account number.');
  for (;;) {
    const first = accounts.length === 0;
    const rule = accountRule(accounts);
    const iban = await asker.ask({
      option: 'account',
      text: first ? 'Account number' : 'Another account number, or Enter',
      otherwise: first ? undefined : '',
      example: EXAMPLE,
      read: first ? rule : orNothing(rule),
    });
    if (iban === '') return accounts;
    accounts.push({ iban, currency: await askCurrency(asker) });
    if (!asker.interactive) return accounts;
  }
}

async function askCurrency(asker: Asker): Promise<string> {
  return asker.ask({
    option: 'currency',
    text: 'Its currency',
    otherwise: 'PLN',
    example: 'PLN',
    read: (written) => ruleOf('accounts.currency')(written.toUpperCase()),
  });
}

function readGiven(asker: Asker, given: readonly string[]): PlannedAccount[] {
  const accounts: PlannedAccount[] = [];
  for (const written of given) {
    const [number = '', currency = 'PLN'] = written.split(':');
    const read = [accountOf(number.trim(), accounts), ruleOf('accounts.currency')(currency.trim())];
    for (const refusal of read.filter((one) => one instanceof Refusal))
      asker.note(`--account ${written}: it ${refusal.message}. ${refusal.remedy}`);
    const [iban, code] = read;
    if (typeof iban === 'string' && typeof code === 'string') accounts.push({ iban, currency: code });
  }
  return accounts;
}

function accountRule(
  accounts: readonly PlannedAccount[],
): (written: string) => string | Refusal | Promise<string | Refusal> {
  return bothRules(ruleOf('accounts.iban'), (iban) => onlyOnce(iban, accounts));
}

function accountOf(written: string, accounts: readonly PlannedAccount[]): string | Refusal {
  const read = ruleOf('accounts.iban')(written);
  return read instanceof Refusal ? read : onlyOnce(read, accounts);
}

function onlyOnce(iban: string, accounts: readonly PlannedAccount[]): string | Refusal {
  return accounts.some((account) => account.iban === iban)
    ? new Refusal('was named before', 'Each account stands once.')
    : iban;
}
