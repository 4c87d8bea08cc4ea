// Fetches a secret at the moment it is needed, so that it never lies in the settings.

import { readFile } from 'node:fs/promises';
import type { SecretRef } from './settings.ts';

/** `missing` carries a sentence that names the reference, never a part of the secret. */
export type SecretOutcome =
  | { readonly kind: 'resolved'; readonly secret: string }
  | { readonly kind: 'missing'; readonly reason: string };

/** The variable's value, or the file's content without the line end at its end. An empty secret counts as missing. */
export async function resolveSecret(
  reference: SecretRef,
  env: Readonly<Record<string, string | undefined>>,
): Promise<SecretOutcome> {
  if ('env' in reference) {
    const secret = env[reference.env] ?? '';
    if (secret !== '') return { kind: 'resolved', secret };
    return { kind: 'missing', reason: `The environment variable ${reference.env} is not set.` };
  }
  try {
    const secret = (await readFile(reference.file, 'utf8')).replace(/\r?\n$/, '');
    if (secret !== '') return { kind: 'resolved', secret };
    return { kind: 'missing', reason: `The file ${reference.file} is empty.` };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { kind: 'missing', reason: `The file ${reference.file} can not be read (${code}).` };
  }
}
