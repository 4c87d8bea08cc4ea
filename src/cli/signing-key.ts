// The key that orders for a bank are signed with, and what their signature looks like.

import { join } from 'node:path';
import { resolveSecret } from '../config/secrets.ts';
import type { BankSettings, SecretRef, Settings } from '../config/settings.ts';
import type { SandboxKeys } from '../sandbox/certificates.ts';
import { loadSigningKey, type SigningKey } from '../signature/keys.ts';
import { proposedProfile, type SignatureProfile } from '../signature/signature-profile.ts';
import { systemClock } from '../triggers/system-clock.ts';

/** undefined where people sign in the e-bank; a sentence when the key is missing or unfit. Rejects when a passphrase is not to be had. */
export async function signingKeyOf(
  bank: BankSettings,
  settings: Settings,
): Promise<SigningKey | undefined | string> {
  const signing = bank.signing ?? (await sandboxKeysOf(bank, settings))?.signing;
  if (signing === undefined) return undefined;
  const passphrase = await passphraseOf(signing);
  const files = { certificateFile: signing.certificate, keyFile: signing.key };
  const outcome = await loadSigningKey(
    passphrase === undefined ? files : { ...files, passphrase },
    new Date(systemClock.now()),
  );
  return outcome.kind === 'key' ? outcome.key : outcome.reason;
}

/** What the bank wants a signature to look like. */
export function signatureProfileOf(bank: BankSettings): SignatureProfile {
  return { ...proposedProfile, ...bank.signatureProfile };
}

/** The keys that the built-in bank hands out, made where they are missing; undefined for a real bank. */
export async function sandboxKeysOf(
  bank: BankSettings,
  settings: Settings,
): Promise<SandboxKeys | undefined> {
  if (!bank.sandbox) return undefined;
  const { ensureSandboxKeys } = await import('../sandbox/certificates.ts');
  return await ensureSandboxKeys(sandboxFolder(settings), systemClock.now());
}

/** Where the built-in bank keeps its ledger and the keys it hands out. */
export function sandboxFolder(settings: Settings): string {
  return join(settings.state, 'sandbox');
}

/** The passphrase of a key, if it has one; rejects with a sentence when it is not to be had. */
export async function passphraseOf(keys: object): Promise<string | undefined> {
  const reference = 'passphrase' in keys ? (keys.passphrase as SecretRef | undefined) : undefined;
  if (reference === undefined) return undefined;
  const secret = await resolveSecret(reference, process.env);
  if (secret.kind === 'missing') throw new Error(secret.reason);
  return secret.secret;
}
