// `goniec sandbox certify`: the built-in bank answers a certificate request, so that the whole way can be rehearsed.

import { readFile, writeFile } from 'node:fs/promises';
import { certify } from '../sandbox/registration.ts';
import { systemClock } from '../triggers/system-clock.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { sandboxBank } from './sandbox-process.ts';
import { settingsFor } from './settings-for.ts';
import { sandboxFolder } from './signing-key.ts';
import { complain, say } from './terminal.ts';

export interface CertifyOptions {
  readonly as: string;
  readonly out: string;
  readonly config?: string;
  readonly folder?: string;
}

const PURPOSES = new Map([
  ['communication', 'client'],
  ['authorization', 'signing'],
] as const);

export async function certifyRequest(request: string, options: CertifyOptions): Promise<ExitCode> {
  const purpose = (PURPOSES as ReadonlyMap<string, 'client' | 'signing'>).get(options.as);
  if (purpose === undefined) {
    complain(`--as is "${options.as}". Write communication or authorization.`);
    return EXIT.usage;
  }
  const folder = options.folder ?? (await configuredFolder(options.config));
  if (folder === undefined) return EXIT.configuration;
  const pem = await readFile(request, 'utf8');
  try {
    const certificate = await certify(folder, pem, purpose, systemClock.now());
    await writeFile(options.out, certificate, { flag: 'wx' });
  } catch (failure) {
    complain(`${request} was not certified: ${failure instanceof Error ? failure.message : String(failure)}`);
    return EXIT.notWritten;
  }
  say(`${options.out}: the certificate for ${request}. A sandbox that is started from now on knows it.`);
  return EXIT.ok;
}

async function configuredFolder(config: string | undefined): Promise<string | undefined> {
  const loaded = await settingsFor(config);
  const bank = loaded && sandboxBank(loaded.settings);
  if (loaded !== undefined && bank === undefined)
    complain('The configuration has no sandbox bank (banks[].sandbox: true); say --folder.');
  return bank && sandboxFolder(loaded.settings);
}
