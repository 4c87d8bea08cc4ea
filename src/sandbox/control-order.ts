// What a tester may order over control, read from JSON and checked field by field.

import type { Party } from './ledger-event.ts';
import { MOODS } from './moods.ts';
import type { MoodOrder, RequestKind } from './moods.ts';

export type ControlOrder =
  | { readonly kind: 'mood'; readonly order: MoodOrder }
  | {
      readonly kind: 'credit';
      readonly account: string;
      readonly amount: string;
      readonly text: string;
      readonly debtor: Party;
      readonly endToEndId: string | undefined;
    }
  | { readonly kind: 'fee'; readonly account: string; readonly amount: string; readonly text: string }
  /** Without a message id everything that waits is approved. */
  | { readonly kind: 'approve'; readonly messageId: string | undefined }
  | { readonly kind: 'book-now' };

/** The order behind `/<name>` and a JSON object; a sentence where there is none. An unknown field is a mistake, not a wish. */
export function readControlOrder(path: string, body: string): ControlOrder | string {
  const fields = parseObject(body);
  if (fields === undefined) return 'The body must be a JSON object.';
  const name = path.slice(1);
  const known = FIELDS[name];
  if (known === undefined) return `There is no order ${path}; there are ${Object.keys(FIELDS).join(', ')}.`;
  const unknown = Object.keys(fields).find((field) => !known.includes(field));
  if (unknown !== undefined) return `${path} has no field "${unknown}"; it has ${known.join(', ')}.`;
  const text = (field: string): string | undefined =>
    typeof fields[field] === 'string' ? fields[field] : undefined;
  switch (name) {
    case 'mood':
      return readMood(fields);
    case 'credit':
      return {
        kind: 'credit',
        account: text('account') ?? '',
        amount: text('amount') ?? '',
        text: text('text') ?? 'Incoming payment',
        debtor: {
          account: text('debtorAccount') ?? 'PL55114000029900000000000022',
          name: text('debtorName') ?? 'Kontrahent Testowy',
          address: [],
        },
        endToEndId: text('endToEndId'),
      };
    case 'fee':
      return {
        kind: 'fee',
        account: text('account') ?? '',
        amount: text('amount') ?? '',
        text: text('text') ?? 'Oplata za przelew',
      };
    case 'approve':
      return { kind: 'approve', messageId: text('messageId') };
    default:
      return { kind: 'book-now' };
  }
}

const FIELDS: Readonly<Record<string, readonly string[] | undefined>> = {
  mood: ['mood', 'on', 'times', 'ms', 'code', 'taken'],
  credit: ['account', 'amount', 'text', 'debtorName', 'debtorAccount', 'endToEndId'],
  fee: ['account', 'amount', 'text'],
  approve: ['messageId'],
  'book-now': [],
};

const KINDS: readonly RequestKind[] = ['order', 'status', 'query'];

function readMood(fields: Readonly<Record<string, unknown>>): ControlOrder | string {
  const { on, times, ms, code, taken } = fields;
  const names: readonly MoodOrder['mood'][] = ['honest', 'pessimistic', ...MOODS];
  const mood = names.find((name) => name === fields.mood);
  if (mood === undefined) return `There is no such mood; there are ${names.join(', ')}.`;
  const kinds = on === undefined ? undefined : KINDS.filter((kind) => Array.isArray(on) && on.includes(kind));
  if (kinds?.length === 0) return `"on" must be a list of ${KINDS.join(', ')}.`;
  if (times !== undefined && typeof times !== 'number') return '"times" must be a number.';
  if (ms !== undefined && typeof ms !== 'number') return '"ms" must be a number.';
  if (code !== undefined && typeof code !== 'string') return '"code" must be a text.';
  if (taken !== undefined && typeof taken !== 'boolean') return '"taken" must be true or false.';
  const order: MoodOrder = {
    mood,
    ...(kinds !== undefined && { on: kinds }),
    ...(times !== undefined && { times }),
    ...(ms !== undefined && { ms }),
    ...(code !== undefined && { code }),
    ...(taken !== undefined && { taken }),
  };
  return { kind: 'mood', order };
}

function parseObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = body === '' ? {} : JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
