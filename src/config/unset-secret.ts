// A secret in a variable of the environment that is not set is told with everything else that is wrong with the file.

import type { Finding, KeyPath } from './config-problem.ts';
import { secret } from './domain-leaves.ts';
import { Refusal } from './keys.ts';

/** Nothing when it is set, lies in a file, or is no reference to a secret, which the schema tells. */
export function unsetSecret(
  path: KeyPath,
  reference: unknown,
  env: Readonly<Record<string, string | undefined>>,
): Finding[] {
  const read = reference === undefined ? undefined : secret.read(reference);
  if (read === undefined || read instanceof Refusal || !('env' in read)) return [];
  if ((env[read.env] ?? '') !== '') return [];
  return [
    {
      path,
      message: `refers to the environment variable ${read.env}, which is not set`,
      remedy: `Set ${read.env} for this process.`,
    },
  ];
}
