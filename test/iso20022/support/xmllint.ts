import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of published schemas and samples that nobody here wrote. */
export const sharedFolder = process.env.GONIEC_SHARED ?? resolve(import.meta.dirname, '../../../../shared');

/** Why tests against xmllint cannot run here; undefined when they can. */
export function whyNotHere(): string | undefined {
  if (!existsSync(join(sharedFolder, 'iso20022-xsd')))
    return `the published schemas are not in ${sharedFolder}`;
  return spawnSync('xmllint', ['--version']).status === 0 ? undefined : 'xmllint is not installed';
}

/** The published schema of a message. */
export function schemaOf(message: string): string {
  return join(sharedFolder, 'iso20022-xsd', `${message}.xsd`);
}

/** What xmllint says of each document, in order: whether it is valid by the schema. */
export function verdicts(
  schema: string,
  documents: readonly (string | Uint8Array)[],
  folder: string,
): boolean[] {
  mkdirSync(folder, { recursive: true });
  const files = documents.map((document, index) => {
    const file = join(folder, `${index}.xml`);
    writeFileSync(file, document);
    return file;
  });
  const valid = new Set<string>();
  // Many files in one call, because compiling the schema takes longer than checking a document.
  for (let from = 0; from < files.length; from += 500) {
    const batch = files.slice(from, from + 500);
    const run = spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, ...batch], {
      maxBuffer: 1 << 30,
    });
    const lines = run.stderr.toString('utf8').split('\n');
    for (const line of lines) if (line.endsWith(' validates')) valid.add(line.slice(0, -' validates'.length));
  }
  return files.map((file) => valid.has(file));
}
