import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureSandboxKeys } from '../../src/sandbox/certificates.ts';

const NOW = Date.UTC(2026, 2, 2);
const NAMES = ['ca', 'server', 'client', 'signing', 'stranger'];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'goniec-certificates-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const fingerprints = (): string[] => NAMES.map((name) => certificate(name).fingerprint256);
const certificate = (name: string): X509Certificate =>
  new X509Certificate(readFileSync(join(folder, `${name}.pem`)));

test('the certificates are issued by the authority, for this host, with keys nobody else can read', async () => {
  await ensureSandboxKeys(folder, NOW);
  const authority = certificate('ca');
  for (const name of ['server', 'client', 'signing']) {
    expect(certificate(name).checkIssued(authority)).toBe(true);
    expect(certificate(name).verify(authority.publicKey)).toBe(true);
  }
  expect(certificate('stranger').verify(authority.publicKey)).toBe(false);
  expect(certificate('server').checkHost('localhost')).toBe('localhost');
  expect(certificate('server').checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(certificate('signing').publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
  for (const name of NAMES) expect(statSync(join(folder, `${name}.key`)).mode & 0o777).toBe(0o600);
});

test('they are made once and kept', async () => {
  await ensureSandboxKeys(folder, NOW);
  const first = fingerprints();
  await ensureSandboxKeys(folder, NOW);
  expect(fingerprints()).toEqual(first);
});

test('what is about to expire is renewed, the authority stays', async () => {
  await ensureSandboxKeys(folder, NOW);
  const first = fingerprints();
  await ensureSandboxKeys(folder, NOW + 5 * 365 * 86_400_000 - 86_400_000);
  const second = fingerprints();
  expect(second.map((print, index) => print === first[index])).toEqual([true, false, false, false, false]);
});

test('a certificate whose key is another one, as a crash between two writes leaves it, is made again', async () => {
  await ensureSandboxKeys(folder, NOW);
  const first = fingerprints();
  writeFileSync(join(folder, 'client.key'), readFileSync(join(folder, 'signing.key')));
  await ensureSandboxKeys(folder, NOW);
  expect(fingerprints().map((print, index) => print === first[index])).toEqual([
    true,
    true,
    false,
    true,
    true,
  ]);
});
