// The sandbox's certificates on disk: made once, reused, renewed before they expire.

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { issueCertificate } from '../certificates/issue-certificate.ts';
import type { IssuedCertificate } from '../certificates/issue-certificate.ts';
import type { CertificatePurpose } from '../certificates/key-usage.ts';
import { replaceFile } from './replace-file.ts';

/** Paths of a certificate and its key, both PEM; the key files are readable by their owner alone. */
export interface KeyFiles {
  readonly certificate: string;
  readonly key: string;
}

/** Everything a bank hands to a customer, and its own. */
export interface SandboxKeys {
  /** The certificate that a client must trust. */
  readonly authority: KeyFiles;
  readonly server: KeyFiles;
  /** The customer's communication certificate: mutual TLS. */
  readonly client: KeyFiles;
  /** The customer's authorization certificate: signs orders. */
  readonly signing: KeyFiles;
  /** A server certificate from an authority that nobody trusts, for the mood of that name. */
  readonly stranger: KeyFiles;
}

const DAY_MS = 86_400_000;
const RENEW_BEFORE_MS = 30 * DAY_MS;
/** How long what the bank issues to a customer is valid. */
export const LEAF_VALID_MS = 5 * 365 * DAY_MS;
const AUTHORITY_VALID_MS = 20 * 365 * DAY_MS;

/**
 * Makes the folder and the certificates that are missing in it, do not belong together, or expire within 30 days of
 * `nowMs`. Files: `ca`, `server`, `client`, `signing` and `stranger`, each as `.pem` and `.key`. Rejects when the folder
 * cannot be written.
 */
export async function ensureSandboxKeys(folder: string, nowMs: number): Promise<SandboxKeys> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const ensure = async (
    name: string,
    purpose: CertificatePurpose,
    subject: string,
    issuer?: KeyFiles,
  ): Promise<KeyFiles> => {
    const files = { certificate: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
    const authority = issuer === undefined ? undefined : await load(issuer);
    if (await isUsable(files, authority, nowMs)) return files;
    const notAfter = new Date(nowMs + (purpose === 'authority' ? AUTHORITY_VALID_MS : LEAF_VALID_MS));
    const issued = await issueCertificate({ purpose, name: subject, notAfter, issuer: authority });
    await replaceFile(files.key, issued.key, 0o600);
    await replaceFile(files.certificate, issued.certificate, 0o644);
    return files;
  };
  const authority = await ensure('ca', 'authority', 'Goniec sandbox bank authority');
  return {
    authority,
    server: await ensure('server', 'server', 'localhost', authority),
    client: await ensure('client', 'client', 'Sandbox customer communication', authority),
    signing: await ensure('signing', 'signing', 'Sandbox customer authorization', authority),
    stranger: await ensure('stranger', 'server', 'localhost'),
  };
}

/** Reads a pair of files that `ensureSandboxKeys` made. */
export async function load(files: KeyFiles): Promise<IssuedCertificate> {
  return { certificate: await readFile(files.certificate, 'utf8'), key: await readFile(files.key, 'utf8') };
}

/** Anything unreadable counts as missing: a crash may have left one file of a pair, or the folder may be older than its authority. */
async function isUsable(
  files: KeyFiles,
  issuer: IssuedCertificate | undefined,
  nowMs: number,
): Promise<boolean> {
  try {
    const pair = await load(files);
    const certificate = new X509Certificate(pair.certificate);
    const signer = issuer === undefined ? certificate : new X509Certificate(issuer.certificate);
    if (!certificate.checkPrivateKey(createPrivateKey(pair.key))) return false;
    if (!certificate.verify(signer.publicKey)) return false;
    await chmod(files.key, 0o600);
    return certificate.validToDate.getTime() - nowMs > RENEW_BEFORE_MS;
  } catch {
    return false;
  }
}
