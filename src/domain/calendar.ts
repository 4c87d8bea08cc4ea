// Days and instants: instants are UTC milliseconds, days are ISO dates in a named time zone.

/** The day an instant falls on in a zone: `2026-11-23`. */
export function dayAt(instantMs: number, timeZone: string): string {
  return localDateTime(instantMs, timeZone).slice(0, 10);
}

/** Local date and time without an offset, as Polish banks write it: `2026-11-23T10:15:00`. */
export function localDateTime(instantMs: number, timeZone: string): string {
  if (timeZone !== zoneOfProcess)
    return formatter(timeZone).format(instantMs).replace(', ', 'T').replace(' ', 'T');
  const offsetMs = new Date(instantMs).getTimezoneOffset() * 60_000;
  return new Date(instantMs - offsetMs).toISOString().slice(0, 19);
}

let zoneOfProcess: string | undefined;

/**
 * Says that the process itself runs in this zone (its `TZ`), so that `Date` knows the time there. Every other zone needs a
 * formatter, and with the first one Node loads 7 MB.
 */
export function processRunsIn(timeZone: string | undefined): void {
  zoneOfProcess = timeZone;
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** All days from `from` to `to`, both included; none when `to` is earlier. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Monday to Friday and no Polish public holiday. */
export function isBusinessDay(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !polishHolidays(Number(day.slice(0, 4))).has(day);
}

/** How many business days lie after `from` up to and including `to`. */
export function businessDaysAfter(from: string, to: string): number {
  return daysBetween(addDays(from, 1), to).filter(isBusinessDay).length;
}

/** True for a date that exists: `2026-02-30` does not. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Swedish dates are ISO dates; the formatter is costly to make, so one is kept per zone. */
function formatter(timeZone: string): Intl.DateTimeFormat {
  let found = formatters.get(timeZone);
  if (found === undefined) {
    found = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    formatters.set(timeZone, found);
  }
  return found;
}

const holidays = new Map<number, ReadonlySet<string>>();

/** Public holidays by the Act of 18 January 1951 on days off (24 December since 2025), with the feasts that move with Easter. */
function polishHolidays(year: number): ReadonlySet<string> {
  let found = holidays.get(year);
  if (found === undefined) {
    const easter = easterSunday(year);
    const fixed = ['01-01', '01-06', '05-01', '05-03', '08-15', '11-01', '11-11', '12-25', '12-26'];
    if (year >= 2025) fixed.push('12-24');
    found = new Set([
      ...fixed.map((day) => `${year}-${day}`),
      easter,
      addDays(easter, 1),
      addDays(easter, 49),
      addDays(easter, 60),
    ]);
    holidays.set(year, found);
  }
  return found;
}

/** Easter in the Gregorian calendar by the anonymous computus. */
function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  const month = Math.floor(f / 31)
    .toString()
    .padStart(2, '0');
  const day = ((f % 31) + 1).toString().padStart(2, '0');
  return `${year}-${month}-${day}`;
}
