import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  addDays,
  businessDaysAfter,
  dayAt,
  daysBetween,
  isBusinessDay,
  isDay,
  localDateTime,
  processRunsIn,
} from '../../src/domain/calendar.ts';

const WARSAW = 'Europe/Warsaw';
const anyDay = fc
  .integer({ min: Date.UTC(2000, 0, 1) / 86_400_000, max: Date.UTC(2099, 11, 31) / 86_400_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

/** By the Act on days off, and the church calendar for the feasts that move. */
const HOLIDAYS = {
  2025: '01-01 01-06 04-20 04-21 05-01 05-03 06-08 06-19 08-15 11-01 11-11 12-24 12-25 12-26',
  2026: '01-01 01-06 04-05 04-06 05-01 05-03 05-24 06-04 08-15 11-01 11-11 12-24 12-25 12-26',
  2027: '01-01 01-06 03-28 03-29 05-01 05-03 05-16 05-27 08-15 11-01 11-11 12-24 12-25 12-26',
};

describe('business days', () => {
  it.each(Object.entries(HOLIDAYS))('of %s are the weekdays that are no Polish holiday', (year, list) => {
    const holidays = new Set(list.split(' ').map((day) => `${year}-${day}`));
    for (const day of daysBetween(`${year}-01-01`, `${year}-12-31`)) {
      const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
      expect(isBusinessDay(day), day).toBe(weekday >= 1 && weekday <= 5 && !holidays.has(day));
    }
  });

  it('included Christmas Eve until 2024', () => {
    expect(isBusinessDay('2024-12-24')).toBe(true);
    expect(isBusinessDay('2025-12-24')).toBe(false);
  });

  it('are counted after the first day, the last one included', () => {
    expect(businessDaysAfter('2026-11-23', '2026-11-23')).toBe(0);
    expect(businessDaysAfter('2026-11-20', '2026-11-23')).toBe(1);
    expect(businessDaysAfter('2026-12-23', '2026-12-28')).toBe(1);
  });

  it('are none when the clock went back', () => {
    expect(businessDaysAfter('2026-11-23', '2026-11-01')).toBe(0);
  });
});

describe('days', () => {
  it('are added across months, years and leap days', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  });

  it('are all listed, both ends included', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 400 }), (from, count) => {
        const days = daysBetween(from, addDays(from, count));
        expect(days).toHaveLength(count + 1);
        expect(days.at(-1)).toBe(addDays(from, count));
        expect(addDays(addDays(from, count), -count)).toBe(from);
      }),
    );
    expect(daysBetween('2026-11-23', '2026-11-22')).toEqual([]);
  });

  it('are only those that exist', () => {
    for (const day of ['2026-02-28', '2028-02-29', '2026-12-31']) expect(isDay(day), day).toBe(true);
    for (const day of [
      '2026-02-29',
      '2026-02-30',
      '2026-13-01',
      '2026-00-10',
      '2026-1-1',
      '26-01-01',
      '2026-11-23Z',
      '',
    ])
      expect(isDay(day), day).toBe(false);
  });
});

describe('local time in Warsaw', () => {
  it.each([
    ['2026-11-22T22:59:59.999Z', '2026-11-22T23:59:59'],
    ['2026-11-22T23:00:00.000Z', '2026-11-23T00:00:00'],
    ['2026-07-01T21:59:59.000Z', '2026-07-01T23:59:59'],
    ['2026-07-01T22:00:00.000Z', '2026-07-02T00:00:00'],
    ['2026-12-31T23:00:00.000Z', '2027-01-01T00:00:00'],
    ['2026-01-05T08:07:06.000Z', '2026-01-05T09:07:06'],
  ])('of %s is %s', (instant, local) => {
    expect(localDateTime(Date.parse(instant), WARSAW)).toBe(local);
    expect(dayAt(Date.parse(instant), WARSAW)).toBe(local.slice(0, 10));
  });

  it('skips an hour on the last Sunday of March', () => {
    expect(localDateTime(Date.parse('2026-03-29T00:59:59Z'), WARSAW)).toBe('2026-03-29T01:59:59');
    expect(localDateTime(Date.parse('2026-03-29T01:00:00Z'), WARSAW)).toBe('2026-03-29T03:00:00');
  });

  it('has one hour twice on the last Sunday of October', () => {
    expect(localDateTime(Date.parse('2026-10-25T00:30:00Z'), WARSAW)).toBe('2026-10-25T02:30:00');
    expect(localDateTime(Date.parse('2026-10-25T01:30:00Z'), WARSAW)).toBe('2026-10-25T02:30:00');
  });

  it('has days of 23 and 25 hours when the clocks change', () => {
    const hoursOf = (day: string): number => {
      const noon = Date.parse(`${day}T12:00:00Z`);
      return [...Array(72).keys()].filter((hour) => dayAt(noon + (hour - 36) * 3_600_000, WARSAW) === day)
        .length;
    };
    expect(hoursOf('2026-03-29')).toBe(23);
    expect(hoursOf('2026-10-25')).toBe(25);
    expect(hoursOf('2026-11-23')).toBe(24);
  });
});

describe('the time in the zone of the process', () => {
  const zoneBefore = process.env.TZ;
  afterEach(() => {
    processRunsIn(undefined);
    if (zoneBefore === undefined) delete process.env.TZ;
    else process.env.TZ = zoneBefore;
  });

  it.each([WARSAW, 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'])(
    'is that of the formatter, in %s',
    (zone) => {
      const instants = fc.sample(fc.integer({ min: Date.UTC(1971, 0, 1), max: Date.UTC(2099, 11, 31) }), {
        numRuns: 2_000,
        seed: 1,
      });
      const changes = [
        '2026-03-29T00:59:59Z',
        '2026-03-29T01:00:00Z',
        '2026-10-25T00:59:59Z',
        '2026-10-25T01:00:00Z',
      ];
      const all = [...instants, ...changes.map((instant) => Date.parse(instant))];
      const formatted = all.map((instant) => localDateTime(instant, zone));
      process.env.TZ = zone;
      processRunsIn(zone);
      expect(all.map((instant) => localDateTime(instant, zone))).toEqual(formatted);
    },
  );

  it('leaves other zones to the formatter', () => {
    process.env.TZ = 'Asia/Tokyo';
    processRunsIn('Asia/Tokyo');
    expect(localDateTime(Date.parse('2026-07-01T12:00:00Z'), WARSAW)).toBe('2026-07-01T14:00:00');
    expect(localDateTime(Date.parse('2026-07-01T12:00:00Z'), 'Asia/Tokyo')).toBe('2026-07-01T21:00:00');
  });
});
