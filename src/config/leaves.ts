// The simple things a key can hold: text, numbers, choices, names, paths.

import { nearestName } from './nearest-name.ts';
import { Refusal, type Leaf } from './keys.ts';

/** Text of 1 to `lengthMax` characters without control characters. */
export function text(lengthMax: number): Leaf<string> {
  return {
    kind: `text, up to ${lengthMax} characters`,
    read(value) {
      if (typeof value !== 'string') return notText(value);
      if (value === '')
        return new Refusal('is empty', 'Write a text, or leave the key out where it may be left out.');
      if (value.length > lengthMax) {
        return new Refusal(`has ${value.length} characters`, `Write at most ${lengthMax} characters.`);
      }
      if (/[\p{Cc}\p{Cf}]/u.test(value)) {
        return new Refusal(
          'holds a character that can not be seen',
          'Type the text anew instead of copying it.',
        );
      }
      return value;
    },
  };
}

/** Text of a form that a pattern describes; `form` finishes the sentence "Write ...". */
export function textLike(pattern: RegExp, form: string): Leaf<string> {
  return {
    kind: form,
    read(value) {
      if (typeof value !== 'string') return notText(value);
      return pattern.test(value) ? value : new Refusal(`is ${quoted(value)}`, `Write ${form}.`);
    },
  };
}

/** A name by which other keys, logs and folders refer to something. */
export const name: Leaf<string> = textLike(
  /^(?=.{1,64}$)[\p{L}\p{N}](?:[\p{L}\p{N} .&_-]*[\p{L}\p{N}.])?$/u,
  "a name of up to 64 letters, digits and ' ', '.', '&', '_', '-'",
);

/** A code as a bank writes it in its answers. */
export const code: Leaf<string> = textLike(/^[A-Za-z0-9._-]{1,35}$/, 'a code of up to 35 letters and digits');

export function whole(least: number, most: number, unit?: string): Leaf<number> {
  const kind = `${unit === undefined ? 'whole number' : `whole number of ${unit}`}, ${least} to ${most}`;
  return {
    kind,
    read: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
        ? value
        : new Refusal(
            `is ${shown(value)}`,
            `Write a whole number from ${least} to ${most}, without quotes or a unit.`,
          ),
  };
}

export const yesOrNo: Leaf<boolean> = {
  kind: '`true` or `false`',
  read: (value) =>
    typeof value === 'boolean'
      ? value
      : new Refusal(`is ${shown(value)}`, 'Write true or false, without quotes.'),
};

export function choice<const T extends string>(...values: readonly T[]): Leaf<T> {
  const list = values.join(', ');
  return {
    kind: values.length === 1 ? `\`${list}\`` : `one of ${values.map((value) => `\`${value}\``).join(', ')}`,
    read(value) {
      const found = values.find((one) => one === value);
      if (found !== undefined) return found;
      const near = typeof value === 'string' ? nearestName(value, values) : undefined;
      return new Refusal(
        `is ${shown(value)}`,
        near === undefined ? `Write one of: ${list}.` : `Did you mean "${near}"? Possible are: ${list}.`,
      );
    },
  };
}

/** A path, absolute or relative to the configuration file's folder; it is made absolute elsewhere. */
export const path: Leaf<string> = {
  kind: 'path',
  read(value) {
    if (typeof value !== 'string') return notText(value);
    if (value.trim() === '') return new Refusal('is empty', 'Write a path.');
    if (value.startsWith('~')) {
      return new Refusal('starts with "~", which nothing here expands', 'Write the whole path.');
    }
    if (/[\p{Cc}\p{Cf}]/u.test(value)) {
      return new Refusal(
        'holds a character that can not be seen',
        'Type the path anew instead of copying it.',
      );
    }
    return value;
  },
};

/** What was found, for a message; never used for anything that could be a secret. */
export function shown(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
    case 'boolean':
      return String(value);
    default:
      if (value === null) return 'empty';
      return Array.isArray(value) ? 'a list' : 'a group of keys';
  }
}

/** Refusal of anything but text. */
export function notText(value: unknown): Refusal {
  const remedy =
    typeof value === 'number' || typeof value === 'boolean' ? 'Put the value in quotes.' : 'Write a text.';
  return new Refusal(`is ${shown(value)}, not a text`, remedy);
}

function quoted(value: string): string {
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}...` : value);
}
