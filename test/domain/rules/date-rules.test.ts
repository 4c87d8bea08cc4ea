import { describe, expect, it } from 'vitest';
import { dateFaults } from '../../../src/domain/rules/date-rules.ts';
import { blockFacts, place, placed } from '../sketches.ts';

const BOUNDS = { today: '2026-11-23', pastAllowedDays: 0, futureMaxDays: 30 };

function faults(day: string, bounds: Partial<typeof BOUNDS> = {}): ReturnType<typeof dateFaults> {
  return dateFaults(blockFacts({ executionDate: placed(day, place('ReqdExctnDt', 5)) }), {
    ...BOUNDS,
    ...bounds,
  });
}

describe('an execution date', () => {
  it.each(['2026-11-23', '2026-11-24', '2026-12-23'])('%s is taken', (day) => {
    expect(faults(day)).toEqual([]);
  });

  it('gone by is refused', () => {
    expect(faults('2026-11-22')).toMatchObject([
      { rule: 'rule.date-past', path: 'ReqdExctnDt', line: 5, value: '2026-11-22' },
    ]);
  });

  it('may have gone by as far as the settings allow', () => {
    expect(faults('2026-11-20', { pastAllowedDays: 3 })).toEqual([]);
    expect(faults('2026-11-19', { pastAllowedDays: 3 })).toHaveLength(1);
  });

  it('too far ahead is refused', () => {
    expect(faults('2026-12-24')).toMatchObject([{ rule: 'rule.date-future', value: '2026-12-24' }]);
  });

  it.each(['-2026-11-2', '12026-11-2'])(
    'with the year of %s is refused, although it is a date to the schema',
    (day) => {
      expect(faults(day)).toMatchObject([{ rule: 'rule.date-year', value: day }]);
    },
  );

  it.each(['', '2026-02-30', 'tomorrow'])('that is none ("%s") is left to the schema', (day) => {
    expect(faults(day)).toEqual([]);
  });
});
