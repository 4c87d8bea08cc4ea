// What must fit together across keys: names that are referred to, things that stand once, groups that need or exclude each other.

import { asIban } from '../domain/iban.ts';
import type { Finding, KeyPath } from './config-problem.ts';
import { bankFindings } from './bank-relations.ts';
import { duration } from './quantities.ts';
import { folderFindings } from './folder-relations.ts';
import { keyFacts, Refusal } from './keys.ts';
import { nearestName } from './nearest-name.ts';
import { schemaAt } from './schema-walk.ts';
import { fileSchema } from './schema.ts';
import type { Written } from './written.ts';

export interface Surroundings {
  /** The configuration file's folder, absolute. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the scheduler takes. */
  readonly isValidCron: (expression: string) => boolean;
}

/** All that does not fit; keys that are missing or malformed are left to the schema. */
export function relationFindings(file: Written, around: Surroundings): Finding[] {
  const { companies, banks, accounts } = file;
  return [
    ...repeated(
      companies.map(({ name }) => name),
      (index) => ['companies', index, 'name'],
      'another company has',
    ),
    ...repeated(
      banks.map((bank) => bank?.name),
      (index) => ['banks', index, 'name'],
      'another bank has',
    ),
    ...repeated(
      accounts.map((account) => account?.iban && asIban(account.iban)),
      (index) => ['accounts', index, 'iban'],
      'another account has',
    ),
    ...accounts.flatMap((account, index) => [
      ...unknownName(
        account?.company,
        companies.map(({ name }) => name),
        ['accounts', index, 'company'],
        'companies',
      ),
      ...unknownName(
        account?.bank,
        banks.map((bank) => bank?.name),
        ['accounts', index, 'bank'],
        'banks',
      ),
      ...badCron(account?.balances, ['accounts', index, 'balances'], around),
      ...badCron(account?.history, ['accounts', index, 'history'], around),
      ...badCron(account?.statements.at, ['accounts', index, 'statements', 'at'], around),
    ]),
    ...longerThan(file.readiness, 'minimumAge', 'incompleteAfter', ['readiness']),
    ...banks.flatMap((bank, index) =>
      longerThan(bank?.follow ?? {}, 'firstAsk', 'askEveryMax', ['banks', index, 'follow']),
    ),
    ...bankFindings(banks, around.env),
    ...folderFindings(file, around.folder),
  ];
}

function repeated(
  values: readonly (string | undefined)[],
  at: (index: number) => KeyPath,
  whose: string,
): Finding[] {
  return values.flatMap((value, index) => {
    const first = value === undefined ? index : values.indexOf(value);
    if (first === index) return [];
    return [
      {
        path: at(index),
        message: `is "${value}", which ${whose}, too`,
        remedy: 'Each must be there once: change or remove one.',
      },
    ];
  });
}

function unknownName(
  value: string | undefined,
  names: readonly (string | undefined)[],
  path: KeyPath,
  group: string,
): Finding[] {
  const known = names.filter((name) => name !== undefined);
  if (value === undefined || known.length === 0 || known.includes(value)) return [];
  const near = nearestName(value, known);
  const remedy = near === undefined ? `Write one of: ${known.join(', ')}.` : `Did you mean "${near}"?`;
  return [{ path, message: `is "${value}", which is not a name under ${group}`, remedy }];
}

function badCron(value: string | undefined, path: KeyPath, { isValidCron }: Surroundings): Finding[] {
  // Fewer fields are already refused by the schema.
  if (value === undefined || !/^\S+(?: +\S+){4,5}$/.test(value) || isValidCron(value)) return [];
  const remedy = "Write minute, hour, day of month, month and day of week, such as '0 7-19 * * 1-5'.";
  return [{ path, message: `is "${value}", which is not a cron expression`, remedy }];
}

function longerThan<K extends string>(
  group: Partial<Record<K, string | undefined>>,
  shorter: K,
  longer: K,
  path: KeyPath,
): Finding[] {
  const any = duration('0ms', '3650d');
  const [low, high] = [shorter, longer].map((key) => group[key] ?? defaultOf([...path, key]));
  const [lowMs, highMs] = [any.read(low), any.read(high)];
  if (lowMs instanceof Refusal || highMs instanceof Refusal || lowMs <= highMs) return [];
  const message = `is ${low ?? ''}, longer than ${longer}, which is ${high ?? ''}`;
  return [{ path: [...path, shorter], message, remedy: `Make ${shorter} shorter or ${longer} longer.` }];
}

function defaultOf(path: KeyPath): string | undefined {
  const schema = schemaAt(fileSchema, path);
  return schema && keyFacts.get(schema)?.otherwise;
}
