// Makes what was planned: folders, keys, requests, and last the configuration. Nothing that exists is changed.

import { counted } from '../../domain/counted.ts';
import { chmod, mkdir, open, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { certificateRequest, makePrivateKey } from '../../certificates/certificate-request.ts';
import { keyPlaces, OWN_AUTHORITIES, type Plan } from './plan.ts';

/** One thing that now is there, and what to say of it. */
export interface Made {
  readonly path: string;
  readonly text: string;
}

/** `configuration` goes last, so that an init that was cut short can simply be run again. */
export async function make(plan: Plan, configuration: string): Promise<Made[]> {
  const made: Made[] = [];
  // Others must get through to the folders that are theirs; those say themselves who may enter.
  if ((await mkdir(plan.folder, { recursive: true })) !== undefined) await chmod(plan.folder, 0o755);
  for (const name of ['outbox', 'inbox', 'archive', 'state'] as const)
    made.push(await makeFolder(name, plan.folders[name]));
  const folder = dirname(plan.configuration);
  await mkdir(folder, { recursive: true });
  if (plan.bank.kind === 'real') {
    await mkdir(join(folder, 'keys'), { recursive: true, mode: 0o750 });
    const { communication, authorization, authorities } = plan.bank;
    const country = plan.accounts[0]?.iban.slice(0, 2) ?? 'PL';
    if (communication.kind === 'new')
      made.push(...(await makeKey(folder, 'communication', communication.commonName, plan.company, country)));
    if (authorization?.kind === 'new')
      made.push(...(await makeKey(folder, 'authorization', authorization.commonName, plan.company, country)));
    if (authorities === undefined)
      made.push(
        await makeFile(join(folder, OWN_AUTHORITIES), `${rootCertificates.join('\n')}\n`, 0o644, {
          made: 'the authorities that Node trusts',
          kept: 'kept as it was',
        }),
      );
  }
  await writeNew(plan.configuration, configuration, 0o640);
  return [...made, { path: plan.configuration, text: 'the configuration' }];
}

async function makeFolder(name: string, path: string): Promise<Made> {
  const first = await mkdir(path, { recursive: true });
  if (first !== undefined) return { path, text: name };
  const files = (await readdir(path)).filter((file) => !file.startsWith('.'));
  if (name !== 'outbox' || files.length === 0) return { path, text: `${name}; it was there already` };
  return {
    path,
    text: `${name}; it was there already, with ${counted(files.length, 'file')} that will be taken over at the start`,
  };
}

async function makeKey(
  folder: string,
  purpose: 'communication' | 'authorization',
  commonName: string,
  organization: string,
  country: string,
): Promise<Made[]> {
  const places = keyPlaces(purpose);
  const key = join(folder, places.key);
  const written = await makeFile(key, makePrivateKey, 0o600, {
    made: 'a new private key, RSA 3072; never give it away',
    kept: 'the private key that was there; kept as it was',
  });
  const pem = await readFile(key, 'utf8');
  const subject = { commonName, organization, country };
  const request = (): Promise<string> =>
    certificateRequest(pem, subject, purpose === 'communication' ? 'client' : 'signing');
  return [
    written,
    await makeFile(join(folder, places.request), request, 0o644, {
      made: 'the request for its certificate; goes to the bank',
      kept: 'the request that was there; kept as it was',
    }),
  ];
}

async function makeFile(
  path: string,
  content: string | (() => Promise<string>),
  mode: number,
  text: { readonly made: string; readonly kept: string },
): Promise<Made> {
  if (await isThere(path)) return { path, text: text.kept };
  await writeNew(path, typeof content === 'string' ? content : await content(), mode);
  return { path, text: text.made };
}

async function isThere(path: string): Promise<boolean> {
  return (await readdir(dirname(path))).some((name) => join(dirname(path), name) === path);
}

/** Durable before it is told: a request may be at the bank when the machine fails. Rejects where the file exists. */
async function writeNew(path: string, content: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
