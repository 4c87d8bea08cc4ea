// Every deliberate mistake there is, in the order of an order's life.

import { ACCOUNT_MISTAKES } from './account-mistakes.ts';
import { BANK_MISTAKES } from './bank-mistakes.ts';
import { CLAIM_MISTAKES } from './claim-mistakes.ts';
import { DISK_MISTAKES } from './disk-mistakes.ts';
import { DOUBT_MISTAKES } from './doubt-mistakes.ts';
import { JOURNAL_MISTAKES } from './journal-mistakes.ts';
import type { Mistake } from './mistake.ts';
import { PERSON_MISTAKES } from './person-mistakes.ts';
import { SEND_MISTAKES } from './send-mistakes.ts';
import { TELL_MISTAKES } from './tell-mistakes.ts';

export const MISTAKES: readonly Mistake[] = [
  ...CLAIM_MISTAKES,
  ...SEND_MISTAKES,
  ...DOUBT_MISTAKES,
  ...PERSON_MISTAKES,
  ...TELL_MISTAKES,
  ...ACCOUNT_MISTAKES,
  ...BANK_MISTAKES,
  ...DISK_MISTAKES,
  ...JOURNAL_MISTAKES,
];

export function mistakeNamed(name: string): Mistake {
  const found = MISTAKES.find((mistake) => mistake.name === name);
  if (found === undefined) throw new RangeError(`no mistake is called ${name}`);
  return found;
}
