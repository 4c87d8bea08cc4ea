// `goniec file sign`: writes a payment file as the signed message that a bank would get, and sends nothing.

import { resolve } from 'node:path';
import { composeOrder, type OrderComposition } from '../bank/cdc/order-message.ts';
import { dialectNamed } from '../bank/cdc/dialects/dialect-named.ts';
import { createSoap } from '../bank/cdc/soap.ts';
import type { BankSettings, Settings } from '../config/settings.ts';
import { diskFileStore } from '../files/disk-file-store.ts';
import { FileFailure } from '../files/file-store.ts';
import { UnsoundMessage } from '../signature/signer.ts';
import { createXadesSigner, keyMisfit } from '../signature/xades-signer.ts';
import { systemClock } from '../triggers/system-clock.ts';
import { bankNamed } from './bank-named.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { openPaymentDocument, type PaymentDocument } from './payment-document.ts';
import { settingsFor } from './settings-for.ts';
import { signatureProfileOf, signingKeyOf } from './signing-key.ts';
import { soapOptionsOf } from './soap-options.ts';
import { complain, say } from './terminal.ts';

export interface SignOptions {
  readonly config?: string;
  readonly bank: string;
  readonly out: string;
  readonly operation: string;
  readonly messageId?: string;
}

/** A dry run for a bank's test desk: the payments are signed as they stand, one message, without the checks of an order. */
export async function signFile(path: string, options: SignOptions): Promise<ExitCode> {
  if (options.messageId !== undefined && !/^[A-Za-z0-9]{1,35}$/.test(options.messageId))
    return refuse(EXIT.usage, '--message-id must be 1 to 35 letters and digits.');
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const bank = bankNamed(options.bank, loaded.settings);
  if (bank === undefined) return EXIT.notFound;
  const composition = await compositionFor(bank, loaded.settings);
  if (typeof composition === 'string') return refuse(EXIT.configuration, composition);
  const { orderOperations } = composition.dialect;
  if (!isKeyOf(options.operation, orderOperations))
    return refuse(EXIT.usage, `--operation must be one of ${Object.keys(orderOperations).join(', ')}.`);
  const source = resolve(path);
  if ((await diskFileStore.stat(source)) === undefined) return refuse(EXIT.notFound, `There is no ${path}.`);
  const document = await openPaymentDocument(source, options.messageId);
  if (typeof document === 'string') return refuse(EXIT.attention, document);
  if (!SIGNATURE_ID.test(document.messageId))
    return refuse(
      EXIT.attention,
      `The MsgId of ${path} cannot be part of a signature's Id; give another with --message-id.`,
    );
  const message = {
    messageId: document.messageId,
    operation: options.operation,
    signingTime: new Date(systemClock.now()),
    document: document.bytes,
  };
  return await write(path, document, options, composeOrder(message, composition));
}

/** What may follow `sig-` in an Id. */
const SIGNATURE_ID = /^[\w.-]+$/;

async function write(
  path: string,
  document: PaymentDocument,
  { out, bank }: SignOptions,
  message: AsyncIterable<Uint8Array>,
): Promise<ExitCode> {
  try {
    const { sizeBytes } = await diskFileStore.write(resolve(out), message);
    say(
      `${out} holds message ${document.messageId} as ${bank} would get it: ${sizeBytes} bytes. It was not sent.`,
    );
    return EXIT.ok;
  } catch (failure) {
    if (failure instanceof UnsoundMessage)
      return refuse(
        EXIT.attention,
        `${path}:${failure.line + document.line - 1}: ${failure.what} (${failure.rule})`,
      );
    if (!(failure instanceof FileFailure)) throw failure;
    return refuse(
      EXIT.notWritten,
      failure.code === 'exists' ? `${out} is there already; it is never overwritten.` : failure.message,
    );
  }
}

async function compositionFor(bank: BankSettings, settings: Settings): Promise<OrderComposition | string> {
  const key = await signingKeyOf(bank, settings);
  if (key === undefined) return `Orders to ${bank.name} go unsigned (banks[].signing: none).`;
  if (typeof key === 'string') return key;
  const profile = signatureProfileOf(bank);
  const misfit = keyMisfit(key, profile);
  if (misfit !== undefined) return misfit;
  const dialect = dialectNamed(bank.dialect);
  return {
    dialect,
    soap: createSoap(dialect, soapOptionsOf(bank)),
    signer: createXadesSigner({ key, profile }),
    signed: profile.context === 'envelope' ? 'envelope' : 'wrapper',
  };
}

function isKeyOf<Name extends string>(name: string, table: Readonly<Record<Name, unknown>>): name is Name {
  return Object.hasOwn(table, name);
}

function refuse(code: ExitCode, sentence: string): ExitCode {
  complain(sentence);
  return code;
}
