// Asks which keys and certificates the company has already; what it has not is made.

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Refusal } from '../../config/keys.ts';
import { loadSigningKey } from '../../signature/keys.ts';
import { systemClock } from '../../triggers/system-clock.ts';
import type { Asker } from './asker.ts';
import type { PlannedKey } from './plan.ts';
import { bothRules, orNothing, ruleOf } from './question.ts';

/** Where Debian, Red Hat, SUSE, Alpine and macOS keep the certificates that everybody trusts. */
const SYSTEM_AUTHORITIES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

const KNOWN_AS = {
  communication: 'The communication certificate is how the bank knows this server.',
  authorization: 'The authorization certificate signs orders, in the name of a person.',
} as const;

export async function gatherKey(
  asker: Asker,
  purpose: keyof typeof KNOWN_AS,
  company: string,
): Promise<PlannedKey> {
  asker.explain(
    `${KNOWN_AS[purpose]}\nIts private key is made here, with a request for the bank, unless you have one\nalready (PEM).`,
  );
  const key = await asker.ask({
    option: `${purpose}-key`,
    text: 'File with your private key, or Enter to make a new one',
    otherwise: '',
    example: `/path/to/${purpose}.key`,
    read: orNothing(existingFile),
  });
  if (key === '') return { kind: 'new', commonName: await askCommonName(asker, purpose, company) };
  const passphraseFile = isEncrypted(key)
    ? await asker.ask({
        option: `${purpose}-passphrase-file`,
        text: 'The key is encrypted: file that holds its passphrase and nothing else',
        example: `/path/to/${purpose}.passphrase`,
        read: existingFile,
      })
    : '';
  const certificate = await asker.ask({
    option: `${purpose}-certificate`,
    text: 'File with its certificate',
    example: `/path/to/${purpose}.pem`,
    read: bothRules(existingFile, (path) => belongsTo(path, key, passphraseFile)),
  });
  return { kind: 'own', key, certificate, passphraseFile };
}

/** The system's list; undefined where it has none and Node's own is written out. */
export async function gatherAuthorities(asker: Asker): Promise<string | undefined> {
  const found = SYSTEM_AUTHORITIES.find((path) => existsSync(path));
  const path = await asker.ask({
    option: 'bank-ca',
    text: "Certificates that vouch for the bank's server",
    otherwise: found ?? '',
    example: '/path/to/bank-ca.pem',
    read: orNothing(existingFile),
  });
  return path === '' ? undefined : path;
}

/** A person signs orders; a company is known by its server. */
async function askCommonName(asker: Asker, purpose: string, company: string): Promise<string> {
  if (purpose === 'communication') return company;
  return asker.ask({
    option: 'signatory',
    text: 'Name of the person whose authorization it is, as the bank knows it',
    otherwise: company,
    example: 'Jan Kowalski',
    read: ruleOf('accounts.name'),
  });
}

function existingFile(written: string): string | Refusal {
  const read = ruleOf('state')(written);
  if (read instanceof Refusal) return read;
  const path = resolve(read);
  try {
    readFileSync(path);
    return path;
  } catch (failure) {
    const code = failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown';
    return new Refusal(
      `is ${path}, which can not be read (${code})`,
      'Write the path of a file that is there.',
    );
  }
}

function isEncrypted(path: string): boolean {
  return existsSync(path) && readFileSync(path, 'latin1').includes('ENCRYPTED');
}

async function belongsTo(
  certificate: string,
  key: string,
  passphraseFile: string,
): Promise<string | Refusal> {
  const passphrase =
    passphraseFile === '' ? {} : { passphrase: readFileSync(passphraseFile, 'utf8').replace(/\r?\n$/, '') };
  const files = { keyFile: key, certificateFile: certificate, ...passphrase };
  const outcome = await loadSigningKey(files, new Date(systemClock.now()));
  return outcome.kind === 'key' ? certificate : new Refusal('does not fit', outcome.reason);
}
