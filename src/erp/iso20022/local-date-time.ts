// Writes an instant as the wall clock of a zone shows it, because banks and ERPs take times without an offset as local.

import { localDateTime } from '../../domain/calendar.ts';

/** Gives e.g. `2026-11-23T11:15:00` for an instant in an IANA zone; the same text for the same input everywhere. */
export type WriteLocalDateTime = (instant: Date) => string;

export function localDateTimeWriter(timeZone: string): WriteLocalDateTime {
  return (instant) => localDateTime(instant.getTime(), timeZone);
}
