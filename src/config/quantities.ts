// Durations and sizes as a person writes them: a whole number and a unit, because a bare number says nothing.

import { Refusal, type Leaf } from './keys.ts';

const DURATION_UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const SIZE_UNITS = {
  B: 1, KB: 1_000, MB: 1_000_000, GB: 1_000_000_000, KiB: 1_024, MiB: 1_048_576, GiB: 1_073_741_824,
} as const; // prettier-ignore

/** A duration in milliseconds, bounds included; the bounds are written like the values (`500ms`, `2h`). */
export function duration(least: string, most: string): Leaf<number> {
  return quantity('duration', DURATION_UNITS, least, most);
}

/** A size in bytes, bounds included; `MB` is a million bytes, `MiB` 1048576. */
export function size(least: string, most: string): Leaf<number> {
  return quantity('size', SIZE_UNITS, least, most);
}

function quantity(
  name: string,
  units: Readonly<Record<string, number>>,
  least: string,
  most: string,
): Leaf<number> {
  const example = `such as ${most}`;
  const names = Object.keys(units).join(', ');
  const read = (value: unknown): number | Refusal => {
    if (typeof value === 'number') {
      return new Refusal(
        `is ${value} without a unit`,
        `Write a ${name} with its unit (${names}), ${example}.`,
      );
    }
    const match = typeof value === 'string' ? /^(\d{1,12}) ?([A-Za-z]+)$/.exec(value) : null;
    if (match === null) {
      return new Refusal(
        `is not a ${name}`,
        `Write a whole number and a unit (${names}) without a space, ${example}.`,
      );
    }
    const [, digits = '', unit = ''] = match;
    const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
    if (factor === undefined) {
      return new Refusal(
        `has the unit "${unit}", which is not one of a ${name}`,
        `Use one of ${names}, ${example}.`,
      );
    }
    return Number(digits) * factor;
  };
  const [low, high] = [read(least), read(most)];
  return {
    kind: `${name}, ${least} to ${most}`,
    read(value) {
      const amount = read(value);
      if (amount instanceof Refusal || low instanceof Refusal || high instanceof Refusal) return amount;
      if (amount >= low && amount <= high) return amount;
      return new Refusal(
        `is ${String(value)}, which is out of bounds`,
        `Write a ${name} from ${least} to ${most}.`,
      );
    },
  };
}
