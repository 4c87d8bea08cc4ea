// Certificates that the bank has issued for a customer's own keys, beside those it hands out by itself.

import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { issueForRequest } from '../certificates/issue-certificate.ts';
import { ensureSandboxKeys, LEAF_VALID_MS, load } from './certificates.ts';
import { replaceFile } from './replace-file.ts';

export type CustomerPurpose = 'client' | 'signing';

/**
 * The certificate (PEM) for a request (PKCS#10, PEM), registered for the bank's one customer: a sandbox that is started on this
 * folder from now on knows it. Rejects when the request is not one, or not signed with its own key.
 */
export async function certify(
  folder: string,
  requestPem: string,
  purpose: CustomerPurpose,
  nowMs: number,
): Promise<string> {
  const { authority } = await ensureSandboxKeys(folder, nowMs);
  const notAfter = new Date(nowMs + LEAF_VALID_MS);
  const certificate = await issueForRequest(requestPem, purpose, await load(authority), notAfter);
  const path = registered(folder, purpose);
  await replaceFile(path, `${await written(path)}${certificate}`, 0o644);
  return certificate;
}

/** Those that were issued on request, oldest first. */
export async function registeredCertificates(
  folder: string,
  purpose: CustomerPurpose,
): Promise<X509Certificate[]> {
  const pem = await written(registered(folder, purpose));
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block));
}

function registered(folder: string, purpose: CustomerPurpose): string {
  return join(folder, `registered-${purpose}.pem`);
}

async function written(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return '';
    throw failure;
  }
}
