// Opens a channel to every configured bank: its keys from their files, its dialect, its terms.

import { readFile } from 'node:fs/promises';
import { createCdcChannel } from '../bank/cdc/cdc-channel.ts';
import type { CdcOptions } from '../bank/cdc/cdc-options.ts';
import { dialectNamed } from '../bank/cdc/dialects/dialect-named.ts';
import type { BankChannel } from '../bank/channel.ts';
import type { BankSettings, Settings } from '../config/settings.ts';
import type { BankTerms } from '../domain/bank-profile.ts';
import type { SigningKey } from '../signature/keys.ts';
import { createXadesSigner, keyMisfit } from '../signature/xades-signer.ts';
import { systemClock } from '../triggers/system-clock.ts';
import { passphraseOf, sandboxKeysOf, signatureProfileOf, signingKeyOf } from './signing-key.ts';
import { soapOptionsOf } from './soap-options.ts';
import { bankTerms } from './bank-terms.ts';

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
    return {
      settings: bank,
      terms: bankTerms(bank),
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
  const profile = signatureProfileOf(bank);
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
    ...soapOptionsOf(bank),
  };
  return { options, signing };
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
  const made = await sandboxKeysOf(bank, settings);
  const tls =
    bank.tls ??
    (made && { certificate: made.client.certificate, key: made.client.key, ca: made.authority.certificate });
  if (tls === undefined) return 'No communication certificate is configured (banks[].tls).';
  try {
    const passphrase = await passphraseOf(tls);
    const signing = await signingKeyOf(bank, settings);
    if (typeof signing === 'string') return signing;
    return {
      tls: {
        certificate: await readPem(tls.certificate, 'communication certificate'),
        key: await readPem(tls.key, 'key of the communication certificate'),
        passphrase,
        authorities: await readPem(tls.ca, "certificate of the bank's authority"),
        serverName: 'serverName' in tls ? tls.serverName : undefined,
      },
      signing,
    };
  } catch (failure) {
    return failure instanceof Error ? failure.message : String(failure);
  }
}

/** Rejects with a sentence. */
async function readPem(path: string, what: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (failure) {
    const code = failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown';
    throw new Error(
      code === 'ENOENT'
        ? `The ${what} is not there yet: put it into ${path}, or correct its path in the configuration.`
        : `The ${what}, ${path}, can not be read (${code}). Give the account Goniec runs under the right to.`,
      { cause: failure },
    );
  }
}
