// Checks texts of the built-in types: dates, times, booleans, years, base64.

import type { LexicalType } from './definition.ts';

/** For each built-in type the id of its rule and how a value is written. */
export const lexicalRules: Readonly<
  Record<LexicalType['kind'], { readonly rule: string; readonly example: string }>
> = {
  boolean: { rule: 'schema.boolean', example: 'true, false, 1 or 0' },
  date: { rule: 'schema.date', example: 'a date of the calendar as YYYY-MM-DD, e.g. 2026-03-31' },
  dateTime: {
    rule: 'schema.date-time',
    example: 'date and time as YYYY-MM-DDThh:mm:ss, e.g. 2026-03-31T17:05:00',
  },
  time: { rule: 'schema.time', example: 'a time as hh:mm:ss, e.g. 17:05:00' },
  gYear: { rule: 'schema.year', example: 'a year as YYYY, e.g. 2026' },
  gYearMonth: { rule: 'schema.year-month', example: 'a month as YYYY-MM, e.g. 2026-03' },
};

/**
 * Whether a text, white space around it removed, is a value of this built-in type (XML Schema 1.0 part 2, section 3.2).
 * There is no year 0000 and no leap second; 24:00:00 is the end of a day; a time zone may follow, up to 14:00 hours away.
 */
export function isLexicalValue(kind: LexicalType['kind'], text: string): boolean {
  switch (kind) {
    case 'boolean':
      return text === 'true' || text === 'false' || text === '1' || text === '0';
    case 'date':
      return holds(DATE.exec(text));
    case 'dateTime':
      return holds(DATE_TIME.exec(text));
    case 'time':
      return holds(TIME.exec(text));
    case 'gYear':
      return holds(YEAR.exec(text));
    case 'gYearMonth':
      return holds(YEAR_MONTH.exec(text));
  }
}

const YEAR_PART = '-?(?<year>[1-9][0-9]{4,}|[0-9]{4})';
const MONTH_PART = `${YEAR_PART}-(?<month>0[1-9]|1[0-2])`;
const DATE_PART = `${MONTH_PART}-(?<day>0[1-9]|[12][0-9]|3[01])`;
const TIME_PART = '(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]+)?|24:00:00(?:\\.0+)?)';
const ZONE_PART = '(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?';

const DATE = new RegExp(`^${DATE_PART}${ZONE_PART}$`);
const DATE_TIME = new RegExp(`^${DATE_PART}T${TIME_PART}${ZONE_PART}$`);
const TIME = new RegExp(`^${TIME_PART}${ZONE_PART}$`);
const YEAR = new RegExp(`^${YEAR_PART}${ZONE_PART}$`);
const YEAR_MONTH = new RegExp(`^${MONTH_PART}${ZONE_PART}$`);

/** What the pattern cannot say: the year is not 0000 and the month has this day. */
function holds(match: RegExpExecArray | null): boolean {
  if (match === null) return false;
  const { year, month, day } = match.groups ?? {};
  if (year === '0000') return false;
  return day === undefined || Number(day) <= daysIn(year ?? '', month ?? '');
}

function daysIn(year: string, month: string): number {
  if (month === '02') return isLeap(Number(year.slice(-4))) ? 29 : 28;
  return month === '04' || month === '06' || month === '09' || month === '11' ? 30 : 31;
}

/** The last four digits of a year decide, because 10000 is divisible by 400. */
function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
