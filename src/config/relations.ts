// What must fit together across keys: names that are referred to, things that stand once, groups that need or exclude each other.

import { asIban } from '../domain/iban.ts';
import { alertsFindings } from './alerts-relations.ts';
import type { Finding, KeyPath } from './config-problem.ts';
import { bankFindings } from './bank-relations.ts';
import { duration } from './quantities.ts';
import { folderFindings } from './folder-relations.ts';
import { keyAt } from './groups.ts';
import { Refusal } from './keys.ts';
import { nearestName } from './nearest-name.ts';
import { fileKeys } from './schema.ts';
import type { Written } from './written.ts';

export interface Surroundings {
  /** The configuration file's folder, absolute. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
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
    ]),
    ...longerThan(file.readiness, 'minimumAge', 'incompleteAfter', ['readiness']),
    ...banks.flatMap((bank, index) =>
      longerThan(bank?.follow ?? {}, 'firstAsk', 'askEveryMax', ['banks', index, 'follow']),
    ),
    ...(file.alerts?.maintenance ?? []).flatMap(({ bank }, index) =>
      unknownName(
        bank,
        banks.map((one) => one?.name),
        ['alerts', 'maintenance', index, 'bank'],
        'banks',
      ),
    ),
    ...alertsFindings(file.alerts, around.env),
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
  return keyAt(fileKeys, path)?.otherwise;
}
