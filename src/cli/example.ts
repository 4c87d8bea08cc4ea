// `goniec example`: prints a small payment file for today, to try a set-up with.

import { dayAt } from '../domain/calendar.ts';
import { asIban } from '../domain/iban.ts';
import { ulid } from '../domain/identifiers.ts';
import { systemClock } from '../triggers/system-clock.ts';
import { examplePayment } from './demo-files.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { settingsFor } from './settings-for.ts';
import { complain } from './terminal.ts';

/** To standard output, so that it can be looked at before it is put into an outbox. */
export async function example(options: {
  readonly config?: string;
  readonly account?: string;
}): Promise<ExitCode> {
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const { accounts, timeZone } = loaded.settings;
  const account =
    options.account === undefined
      ? accounts[0]
      : accounts.find(({ iban }) => iban === asIban(options.account ?? ''));
  if (account === undefined) {
    complain(
      `Account ${options.account ?? ''} is not configured. Known: ${accounts.map(({ iban }) => iban).join(', ')}`,
    );
    return EXIT.notFound;
  }
  const id = `EX${ulid(systemClock.now(), systemClock.random(10))}`;
  const name = (account.name ?? account.company).replace(/[<&>]/g, ' ');
  process.stdout.write(
    examplePayment(
      { iban: account.iban, name, currency: account.currency },
      id,
      dayAt(systemClock.now(), timeZone),
    ),
  );
  return EXIT.ok;
}
