// Whether the scheduler takes every cron expression of the file.

import type { Finding, KeyPath } from './config-problem.ts';
import type { Written } from './written.ts';

/** Asks the scheduler. It is asked only where the file has an expression: a command without schedules need not load one. */
export type IsValidCron = (expression: string) => boolean | Promise<boolean>;

export async function cronFindings({ accounts }: Written, isValidCron: IsValidCron): Promise<Finding[]> {
  const written = accounts.flatMap((account, index): [KeyPath, string | undefined][] => [
    [['accounts', index, 'balances'], account?.balances],
    [['accounts', index, 'history'], account?.history],
    [['accounts', index, 'statements', 'at'], account?.statements.at],
  ]);
  const findings = await Promise.all(
    written.map(async ([path, value]): Promise<Finding[]> => {
      // Fewer fields are already refused by the schema.
      if (value === undefined || !/^\S+(?: +\S+){4,5}$/.test(value) || (await isValidCron(value))) return [];
      const remedy = "Write minute, hour, day of month, month and day of week, such as '0 7-19 * * 1-5'.";
      return [{ path, message: `is "${value}", which is not a cron expression`, remedy }];
    }),
  );
  return findings.flat();
}
