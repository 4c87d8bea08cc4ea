import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedFolder } from './xmllint.ts';

/** A message that somebody else wrote. */
export interface Sample {
  readonly message: string;
  readonly document: Uint8Array;
}

/** The samples of these messages, in the order of their file names; invalid ones too. */
export function samplesOf(messages: readonly string[]): Sample[] {
  const samples = join(sharedFolder, 'samples');
  return readdirSync(samples, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(?:pain|camt)\.\d+.*\.xml$/.test(file))
    .sort()
    .map((file) => readFileSync(join(samples, file)))
    .flatMap((document) => {
      const message = messages.find((name) => document.includes(`"urn:iso:std:iso:20022:tech:xsd:${name}"`));
      return message === undefined ? [] : [{ message, document }];
    });
}
