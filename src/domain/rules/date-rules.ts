// Execution dates: a day that exists, not gone by, not too far ahead.

import { addDays, isDay } from '../calendar.ts';
import type { Fault } from '../fault.ts';
import type { BlockFacts } from '../payment.ts';
import { fault } from './fault-at.ts';

export interface DateBounds {
  /** Today in the bank's time zone. */
  readonly today: string;
  readonly pastAllowedDays: number;
  readonly futureMaxDays: number;
}

export function dateFaults(block: BlockFacts, bounds: DateBounds): Fault[] {
  const { value, place } = block.executionDate;
  if (!isDay(value)) {
    // A date that is none breaks the schema, which says so; years before Christ or of five digits do not.
    if (!/^(?:-|\d{5})/.test(value)) return [];
    return [
      fault(
        'rule.date-year',
        place,
        value,
        'The execution date has no year of four digits.',
        'Correct the date; it was probably mistyped.',
      ),
    ];
  }
  if (value < addDays(bounds.today, -bounds.pastAllowedDays)) {
    return [
      fault(
        'rule.date-past',
        place,
        value,
        `The execution date lies before today, ${bounds.today}.`,
        'Set the execution date to today or later.',
      ),
    ];
  }
  if (value > addDays(bounds.today, bounds.futureMaxDays)) {
    return [
      fault(
        'rule.date-future',
        place,
        value,
        `The execution date lies more than ${bounds.futureMaxDays} days ahead of ${bounds.today}.`,
        'Correct the date; it was probably mistyped.',
      ),
    ];
  }
  return [];
}
