// Makes a fault of a rule, at the place of the fact that breaks it.

import type { Fault } from '../fault.ts';
import type { Place } from '../payment.ts';

const VALUE_LENGTH_MAX = 140;

/** `message` says what is wrong, `remedy` what to do, each in one sentence. */
export function fault(
  rule: string,
  place: Place,
  value: string | undefined,
  message: string,
  remedy: string,
): Fault {
  const found = { rule, path: place.path, line: place.line, column: place.column, message, remedy };
  return value === undefined ? found : { ...found, value: visible(value) };
}

/** Cut between whole characters; control characters become visible, so that a value can not disturb a terminal or a log line. */
function visible(value: string): string {
  return Array.from(value.slice(0, 2 * VALUE_LENGTH_MAX))
    .slice(0, VALUE_LENGTH_MAX)
    .join('')
    .replace(
      /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}
