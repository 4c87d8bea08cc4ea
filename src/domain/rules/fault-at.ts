// Makes a fault of a rule, at the place of the fact that breaks it.

import type { Fault } from '../fault.ts';
import type { Place } from '../payment.ts';
import { shownValue } from '../shown-value.ts';

/** `message` says what is wrong, `remedy` what to do, each in one sentence. */
export function fault(
  rule: string,
  place: Place,
  value: string | undefined,
  message: string,
  remedy: string,
): Fault {
  const found = { rule, path: place.path, line: place.line, column: place.column, message, remedy };
  return value === undefined ? found : { ...found, value: shownValue(value) };
}

/** What a rule gives for a fact that keeps it, which nearly all do: nothing is made for them. */
export const NO_FAULTS: readonly Fault[] = Object.freeze([]);
