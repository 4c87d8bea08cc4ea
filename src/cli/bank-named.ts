// Finds the bank a command is to work with.

import type { BankSettings, Settings } from '../config/settings.ts';
import { complain } from './terminal.ts';

/** The only one where none is named. Says which there are, and gives undefined, when that does not settle it. */
export function bankNamed(name: string | undefined, { banks }: Settings): BankSettings | undefined {
  const bank = name === undefined && banks.length === 1 ? banks[0] : banks.find((one) => one.name === name);
  if (bank === undefined) {
    const which = name === undefined ? 'Say which bank with --bank.' : `There is no bank "${name}".`;
    complain(`${which} Known: ${banks.map((one) => one.name).join(', ')}`);
  }
  return bank;
}
