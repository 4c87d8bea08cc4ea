import { createPrivateKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  loadSigningKey,
  readSigningKey,
  type KeyMaterial,
  type KeyOutcome,
} from '../../src/signature/keys.ts';
import { NOW, throwAwayKey, type ThrowAway } from './throw-away-keys.ts';

let root: ThrowAway;
let middle: ThrowAway;
let key: ThrowAway;

beforeAll(async () => {
  root = await throwAwayKey({ name: 'CN=Root', authority: true });
  middle = await throwAwayKey({ name: 'CN=Middle', authority: true, issuer: root });
  key = await throwAwayKey({ issuer: middle });
});

function read(keyPem: string, certificates: string, more: Partial<KeyMaterial> = {}, at = NOW): KeyOutcome {
  const names = { keyName: 'sign.key', certificateName: 'sign.pem' };
  return readSigningKey(
    { key: Buffer.from(keyPem), certificates: Buffer.from(certificates), ...names, ...more },
    at,
  );
}

function reasonOf(outcome: KeyOutcome): string {
  return outcome.kind === 'unusable' ? outcome.reason : 'usable';
}

describe('a signing key from PEM', () => {
  it('comes with its certificate and the issuers in order, whatever the order in the file', () => {
    const outcome = read(key.keyPem, root.certificatePem + key.certificatePem + middle.certificatePem);
    if (outcome.kind !== 'key') throw new Error(outcome.reason);
    expect(outcome.key.certificate.fingerprint256).toBe(key.certificate.fingerprint256);
    expect(outcome.key.issuers.map(({ subject }) => subject)).toEqual(['CN=Middle', 'CN=Root']);
    expect(outcome.key.privateKey.asymmetricKeyType).toBe('rsa');
  });

  it('may be on P-256', async () => {
    const elliptic = await throwAwayKey({ type: 'p256' });
    expect(read(elliptic.keyPem, elliptic.certificatePem).kind).toBe('key');
  });

  it('may be encrypted', () => {
    const encrypted = encrypt(key.keyPem, 'sesame');
    expect(read(encrypted, key.certificatePem, { passphrase: 'sesame' }).kind).toBe('key');
    expect(reasonOf(read(encrypted, key.certificatePem))).toMatch(/encrypted; give its passphrase/);
    expect(reasonOf(read(encrypted, key.certificatePem, { passphrase: 'open' }))).toMatch(
      /correct the passphrase/,
    );
  });

  it('is unusable with the certificate of another key', () => {
    expect(reasonOf(read(key.keyPem, root.certificatePem))).toMatch(
      /No certificate in sign.pem belongs to the private key in sign.key/,
    );
  });

  it('is unusable when two certificates are its own, for only a person knows which one the bank has', () => {
    expect(reasonOf(read(key.keyPem, key.certificatePem + key.certificatePem))).toMatch(
      /holds 2 certificates of the same key/,
    );
  });

  it('is unusable before and after the validity of its certificate', () => {
    const before = read(key.keyPem, key.certificatePem, {}, new Date('2025-12-31T23:59:59Z'));
    const after = read(key.keyPem, key.certificatePem, {}, new Date('2027-01-01T00:00:01Z'));
    expect(reasonOf(before)).toMatch(/is not valid before 2026-01-01T00:00:00.000Z; renew it/);
    expect(reasonOf(after)).toMatch(/expired on 2027-01-01T00:00:00.000Z; renew it/);
  });

  it('is unusable when it is weak', async () => {
    const short = await throwAwayKey({ type: 'rsa-1024' });
    const curve = await throwAwayKey({ type: 'p521' });
    expect(reasonOf(read(short.keyPem, short.certificatePem))).toMatch(/RSA with only 1024 bits/);
    expect(reasonOf(read(curve.keyPem, curve.certificatePem))).toMatch(/on the curve secp521r1/);
  });

  it('is unusable when it is no PEM, and the sentence says how to convert it', () => {
    const der = key.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('latin1');
    expect(reasonOf(read(der, key.certificatePem))).toMatch(
      /sign.key holds no private key in PEM; convert it/,
    );
    expect(reasonOf(read(key.keyPem, 'nothing'))).toMatch(/sign.pem holds no certificate in PEM; convert it/);
  });

  it('is unusable when its PEM is damaged', () => {
    const damaged = (pem: string): string => pem.replace(/\n.{64}\n/, '\n');
    expect(reasonOf(read(damaged(key.keyPem), key.certificatePem))).toMatch(
      /private key in sign.key cannot be read/,
    );
    expect(reasonOf(read(key.keyPem, damaged(key.certificatePem)))).toMatch(
      /certificate in sign.pem cannot be read/,
    );
  });
});

describe('a signing key from files', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'goniec-keys-'));
    await writeFile(join(folder, 'both.pem'), key.certificatePem + key.keyPem);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('may stand in one file with its certificate', async () => {
    const file = join(folder, 'both.pem');
    expect((await loadSigningKey({ keyFile: file, certificateFile: file }, NOW)).kind).toBe('key');
  });

  it('is unusable when a file is missing, and the sentence names it', async () => {
    const files = { keyFile: join(folder, 'no.key'), certificateFile: join(folder, 'both.pem') };
    expect(reasonOf(await loadSigningKey(files, NOW))).toBe(
      `There is no file ${files.keyFile}; put it there or correct its path in the settings.`,
    );
  });

  it('is unusable when a path is that of a folder', async () => {
    const files = { keyFile: join(folder, 'both.pem'), certificateFile: folder };
    expect(reasonOf(await loadSigningKey(files, NOW))).toMatch(/cannot be read \(EISDIR\)/);
  });
});

function encrypt(keyPem: string, passphrase: string): string {
  return createPrivateKey(keyPem)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
    .toString();
}
