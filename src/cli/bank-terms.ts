// What is known of a bank before it is spoken to: its dialect's rules, as far as the configuration does not set others.

import { dialectNamed } from '../bank/cdc/dialects/dialect-named.ts';
import type { BankSettings } from '../config/settings.ts';
import type { BankTerms } from '../domain/bank-profile.ts';

export function bankTerms(bank: BankSettings): BankTerms {
  const dialect = dialectNamed(bank.dialect);
  return {
    name: bank.name,
    rules: { ...dialect.orderRules, ...bank.rules },
    operations: dialect.operations,
    profile: bank.profile,
    follow: bank.follow,
  };
}
