// Days as the bank means them: a date as written, or the day of an instant in the bank's zone.

import { dayAt } from './calendar.ts';

/** The ISO date of an xs:date or xs:dateTime; undefined for anything else. Without an offset it is the bank's own time. */
export function localDay(text: string, zone: string): string | undefined {
  const written = /^(\d{4}-\d{2}-\d{2})(T[\d:.]+)?(Z|[+-]\d{2}:\d{2})?$/.exec(text.trim());
  const [whole, date, time, offset] = written ?? [];
  if (whole === undefined || date === undefined) return undefined;
  if (time === undefined || offset === undefined) return Number.isNaN(Date.parse(date)) ? undefined : date;
  const instant = Date.parse(whole);
  return Number.isNaN(instant) ? undefined : dayAt(instant, zone);
}
