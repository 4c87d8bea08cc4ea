// An entry of MT940 and MT942: fields 61 and 86. Only what is booked is listed, because a reader takes all of it as booked.

import type { Mt940Dialect } from '../../domain/erp-formats.ts';
import type { Findings } from '../account-file/findings.ts';
import type { StatementEntry } from '../account-file/statement.ts';
import { DIALECTS } from './dialects.ts';
import { information } from './information.ts';
import { statementLine } from './statement-line.ts';

/** What every field of one file is written by. */
export interface Mt940Terms {
  readonly iban: string;
  readonly dialect: Mt940Dialect;
  readonly holds: (character: string) => boolean;
  readonly findings: Findings;
}

/** No lines for an entry that is not booked, and for one that can not be written. */
export function bookedEntry(
  entry: StatementEntry,
  currency: string,
  { dialect, holds, findings }: Mt940Terms,
): string[] {
  if (entry.status !== 'BOOK') {
    findings.unbooked();
    return [];
  }
  if (entry.currency !== currency) {
    findings.impossible(
      `Entry ${entry.position} (line ${entry.line}): its amount is in ${entry.currency}, and field 61 has no currency but that of the account, ${currency}.`,
    );
    return [];
  }
  const line = statementLine(entry, findings);
  return line.length === 0 ? [] : [...line, ...information(entry, DIALECTS[dialect], holds, findings)];
}

/** Field 25. */
export function accountLine({ iban, dialect }: Mt940Terms): string {
  return `:25:${DIALECTS[dialect].accountPrefix}${iban}`;
}
