// The bank's days and hours: everything it books and answers is told in Warsaw's time.

import { addDays, dayAt, isBusinessDay, localDateTime } from '../domain/calendar.ts';

const ZONE = 'Europe/Warsaw';

/** The bank's day at an instant, an ISO date. */
export function bankDay(instantMs: number): string {
  return dayAt(instantMs, ZONE);
}

/** The bank's local date and time at an instant, without an offset. */
export function bankTime(instantMs: number): string {
  return localDateTime(instantMs, ZONE);
}

/** The instant at which a bank's clock shows this day and time (`10:15:00`). */
export function instantOf(day: string, time: string): number {
  const asUtc = Date.parse(`${day}T${time}Z`);
  return asUtc - (Date.parse(`${bankTime(asUtc)}Z`) - asUtc);
}

/** The last business day before a day. */
export function businessDayBefore(day: string): string {
  let before = addDays(day, -1);
  while (!isBusinessDay(before)) before = addDays(before, -1);
  return before;
}
