// Ids and times of our own queries, in the form the bank's clients send them.

import type { Clock } from '../../clock.ts';
import { localDateTime } from '../../domain/calendar.ts';

export interface QueryId {
  /** At most 35 letters and digits, never used before. */
  readonly id: string;
  /** xs:dateTime in the bank's zone, without an offset, as this service's clients write it. */
  readonly createdAt: string;
}

/** A new id for each call: three letters that say what it is for, the local time, 56 random bits. */
export function newQueryId(clock: Clock, zone: string, letters: string): QueryId {
  const now = clock.now();
  const createdAt = localDateTime(now, zone);
  const millisecond = String(new Date(now).getUTCMilliseconds()).padStart(3, '0');
  const chance = Buffer.from(clock.random(7)).toString('hex').toUpperCase();
  return { id: `${letters}${createdAt.replaceAll(/\D/g, '')}${millisecond}${chance}`, createdAt };
}
