// The command `goniec init` and its options: one for every question it asks.

import { type Command } from 'commander';
import type { Run } from './run.ts';

/** Names, and what each answers. */
export const ANSWERS: readonly (readonly [flag: string, about: string])[] = [
  ['--environment <kind>', 'sandbox, test or production; else test'],
  ['--company <name>', 'name of the company'],
  ['--dialect <name>', "the bank's variant of the protocol: bnp or ing"],
  ['--bank <name>', 'what to call the bank'],
  ['--url <address>', "address of the bank's service"],
  ['--pass-id <name>', 'ING: name of the technical user'],
  ['--partner-id <name>', 'ING: name of the company as the bank writes it'],
  ['--signing <who>', 'who signs orders: goniec, or people in the e-bank'],
  ['--initiating-party <name>', 'BNP: the name it has registered for the company'],
  ['--communication-key <file>', 'your own private key, PEM; else one is made'],
  ['--communication-certificate <file>', 'its certificate, PEM'],
  ['--communication-passphrase-file <file>', 'holds the passphrase of that key'],
  ['--authorization-key <file>', 'your own signing key, PEM; else one is made'],
  ['--authorization-certificate <file>', 'its certificate, PEM'],
  ['--authorization-passphrase-file <file>', 'holds the passphrase of that key'],
  ['--signatory <name>', 'whose authorization it is'],
  ['--bank-ca <file>', "certificates that vouch for the bank's server; else the system's"],
  ['--outbox <folder>', 'the ERP writes here; else outbox in the folder'],
  ['--inbox <folder>', 'the ERP reads here; else inbox in the folder'],
  ['--archive <folder>', 'everything is kept here; else archive in the folder'],
  ['--state <folder>', 'journal and prepared messages, on a local disk; else state in the folder'],
  ['--balances <cron>', 'when balances are fetched, or none'],
  ['--history <cron>', 'when operations are fetched, or none'],
  ['--statements <cron>', 'when statements are fetched, or none'],
];

export function initCommand(program: Command, run: Run): void {
  const command = program
    .command('init [folder]')
    .description('set up a new installation: configuration, folders, keys, certificate requests')
    .option('--yes', 'ask nothing: take the default for what no option answers')
    .option('--account <iban>', 'an account, IBAN or IBAN:EUR; may stand more than once', collected, [])
    .exitOverride();
  for (const [flag, about] of ANSWERS) command.option(flag, about);
  command.action(
    run(async (folder: string | undefined, options: Readonly<Record<string, unknown>>) => {
      const { init } = await import('./init/init.ts');
      const answers = Object.fromEntries(
        command.options.map((option) => {
          const value = options[option.attributeName()];
          return [option.long?.slice(2) ?? '', typeof value === 'string' ? value : undefined];
        }),
      );
      return init(folder ?? '.', {
        answers,
        accounts: options.account as string[],
        yes: options.yes === true,
      });
    }),
  );
}

function collected(value: string, before: string[]): string[] {
  return [...before, value];
}
