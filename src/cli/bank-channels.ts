// Opens a channel to every configured bank: its keys from their files, its dialect, its terms.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCdcChannel } from '../bank/cdc/cdc-channel.ts';
import type { CdcOptions } from '../bank/cdc/cdc-options.ts';
import { dialectNamed } from '../bank/cdc/dialects/dialect-named.ts';
import type { BankChannel } from '../bank/channel.ts';
import { resolveSecret } from '../config/secrets.ts';
import type { BankSettings, SecretRef, Settings } from '../config/settings.ts';
import type { BankTerms } from '../domain/bank-profile.ts';
import { ensureSandboxKeys } from '../sandbox/certificates.ts';
import { loadSigningKey, type SigningKey } from '../signature/keys.ts';
import { proposedProfile } from '../signature/signature-profile.ts';
import { createXadesSigner, keyMisfit } from '../signature/xades-signer.ts';
import { systemClock } from '../triggers/system-clock.ts';
import { PRODUCT, VERSION } from '../version.ts';

const ANSWER_BYTES_MAX = 200 * 1024 * 1024;
/** Four million entries and more. */
const ACCOUNT_ANSWER_BYTES_MAX = 4 * 1024 * 1024 * 1024;
const FRESH_MS = 10_000;
const TOTAL_FACTOR = 5;

export interface OpenBank {
  readonly settings: BankSettings;
  readonly terms: BankTerms;
  readonly historySpanDays: number;
  readonly channel: BankChannel;
  /** The certificate orders are signed with; undefined where people sign in the e-bank. */
  readonly signing: SigningKey | undefined;
}

/** Either the bank, or a sentence that says what keeps it from being opened. */
export async function openBank(bank: BankSettings, settings: Settings): Promise<OpenBank | string> {
  const prepared = await cdcOptionsOf(bank, settings);
  if (typeof prepared === 'string') return prepared;
  const dialect = dialectNamed(bank.dialect);
  try {
    const channel = createCdcChannel(prepared.options);
    const terms: BankTerms = {
      name: bank.name,
      rules: { ...dialect.orderRules, ...bank.rules },
      operations: dialect.operations,
      profile: bank.profile,
      follow: bank.follow,
    };
    return {
      settings: bank,
      terms,
      historySpanDays: bank.limits.historySpanDays ?? dialect.historyDaysMax,
      channel,
      signing: prepared.signing,
    };
  } catch (failure) {
    // The channel's maker explains unusable key material in a sentence.
    return failure instanceof Error ? failure.message : String(failure);
  }
}

/** What a channel is made from; a sentence when keys are missing or unfit. */
export async function cdcOptionsOf(
  bank: BankSettings,
  settings: Settings,
): Promise<{ readonly options: CdcOptions; readonly signing: SigningKey | undefined } | string> {
  const keys = await keysOf(bank, settings);
  if (typeof keys === 'string') return keys;
  const { signing } = keys;
  const profile = { ...proposedProfile, ...bank.signatureProfile };
  const misfit = signing === undefined ? undefined : keyMisfit(signing, profile);
  if (misfit !== undefined) return misfit;
  const options: CdcOptions = {
    bank: bank.name,
    url: bank.url,
    dialect: bank.dialect,
    tls: keys.tls,
    signer: signing === undefined ? undefined : createXadesSigner({ key: signing, profile }),
    signed: profile.context === 'envelope' ? 'envelope' : 'wrapper',
    answers: bank.profile,
    timeouts: { ...bank.timeouts, totalMs: bank.timeouts.answerMs * TOTAL_FACTOR },
    answerBytesMax: ANSWER_BYTES_MAX,
    accountAnswerBytesMax: ACCOUNT_ANSWER_BYTES_MAX,
    freshMs: FRESH_MS,
    clock: systemClock,
    header: bank.header === undefined ? undefined : { ...bank.header, prodId: PRODUCT },
    productName: PRODUCT,
    productVersion: VERSION,
  };
  return { options, signing };
}

/** Where the built-in bank keeps its ledger and the keys it hands out. */
export function sandboxFolder(settings: Settings): string {
  return join(settings.state, 'sandbox');
}

interface Keys {
  readonly tls: {
    readonly certificate: Uint8Array;
    readonly key: Uint8Array;
    readonly passphrase: string | undefined;
    readonly authorities: Uint8Array | undefined;
    readonly serverName: string | undefined;
  };
  readonly signing: SigningKey | undefined;
}

async function keysOf(bank: BankSettings, settings: Settings): Promise<Keys | string> {
  const made = bank.sandbox ? await ensureSandboxKeys(sandboxFolder(settings), systemClock.now()) : undefined;
  const tls =
    bank.tls ??
    (made && { certificate: made.client.certificate, key: made.client.key, ca: made.authority.certificate });
  if (tls === undefined) return 'No communication certificate is configured (banks[].tls).';
  const signing = bank.signing ?? made?.signing;
  try {
    const passphrase = await passphraseOf(tls);
    const signingKey =
      signing === undefined
        ? undefined
        : await loadSigningKey(
            {
              certificateFile: signing.certificate,
              keyFile: signing.key,
              ...(await optionalPassphrase(signing)),
            },
            new Date(systemClock.now()),
          );
    if (signingKey?.kind === 'unusable') return signingKey.reason;
    return {
      tls: {
        certificate: await readFile(tls.certificate),
        key: await readFile(tls.key),
        passphrase,
        authorities: await readFile(tls.ca),
        serverName: 'serverName' in tls ? tls.serverName : undefined,
      },
      signing: signingKey?.key,
    };
  } catch (failure) {
    return failure instanceof Error ? failure.message : String(failure);
  }
}

async function optionalPassphrase(keys: object): Promise<{ passphrase: string } | object> {
  const passphrase = await passphraseOf(keys);
  return passphrase === undefined ? {} : { passphrase };
}

async function passphraseOf(keys: object): Promise<string | undefined> {
  const reference = 'passphrase' in keys ? (keys.passphrase as SecretRef | undefined) : undefined;
  if (reference === undefined) return undefined;
  const secret = await resolveSecret(reference, process.env);
  if (secret.kind === 'missing') throw new Error(secret.reason);
  return secret.secret;
}
