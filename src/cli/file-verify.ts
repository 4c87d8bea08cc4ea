// `goniec file verify`: checks the signature in a message by the rules that a bank's profile sets.

import { resolve } from 'node:path';
import { diskFileStore } from '../files/disk-file-store.ts';
import { checkWithXmlCrypto } from '../signature/signature-check.ts';
import { verifyEnvelopedSignature } from '../signature/verify.ts';
import { systemClock } from '../triggers/system-clock.ts';
import { bankNamed } from './bank-named.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { filePieces } from './file-pieces.ts';
import { settingsFor } from './settings-for.ts';
import { signatureProfileOf, signingKeyOf } from './signing-key.ts';
import { complain, say } from './terminal.ts';

export interface VerifyOptions {
  readonly config?: string;
  readonly bank?: string;
}

/** Against the signing certificate that is configured now, which must be valid now. */
export async function verifyFile(path: string, options: VerifyOptions): Promise<ExitCode> {
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const bank = bankNamed(options.bank, loaded.settings);
  if (bank === undefined) return options.bank === undefined ? EXIT.usage : EXIT.notFound;
  const key = await signingKeyOf(bank, loaded.settings);
  if (key === undefined || typeof key === 'string') {
    complain(key ?? `Orders to ${bank.name} go unsigned (banks[].signing: none).`);
    return EXIT.configuration;
  }
  const message = resolve(path);
  if ((await diskFileStore.stat(message)) === undefined) {
    complain(`There is no ${path}.`);
    return EXIT.notFound;
  }
  const { digest, c14n, signature, context, xades } = signatureProfileOf(bank);
  const { fingerprint256, subject } = key.certificate;
  const verification = await verifyEnvelopedSignature(filePieces(message), {
    trusted: { kind: 'pinned', fingerprints256: [fingerprint256] },
    at: new Date(systemClock.now()),
    place: 'soap-body',
    accepted: { context, xades, digests: [digest], c14ns: [c14n], signatures: [signature] },
    check: checkWithXmlCrypto,
  });
  if (verification.kind === 'invalid') {
    complain(`${path} would not be taken: ${verification.reason}.`);
    return EXIT.attention;
  }
  const { signingTime } = verification;
  const when = signingTime === undefined ? '' : ` at ${signingTime.toISOString()}`;
  say(`The signature in ${path} is valid: by ${subject.split('\n').join(', ')}${when}.`);
  return EXIT.ok;
}
