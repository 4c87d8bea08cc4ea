// What a service needs to know of an installation: what is run, what it may write, and how long a stop may take.

import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SecretRef, Settings } from '../../config/settings.ts';

const MAIN = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../main.ts' : '../../main.js', import.meta.url),
);

export interface ServiceFacts {
  /** Letters, digits and hyphens: name of the unit. */
  readonly name: string;
  /** The account it runs under. */
  readonly user: string;
  /** Absolute path of the Node that runs it. */
  readonly node: string;
  readonly nodeFlags: readonly string[];
  /** Absolute path of the program's entry. */
  readonly main: string;
  /** Absolute. */
  readonly configuration: string;
  /** Absolute: all that Goniec writes, and nothing else. */
  readonly writable: readonly string[];
  /** Absolute: keys and passphrases that the account must be able to read. */
  readonly secrets: readonly string[];
  readonly stopWithinMs: number;
  /** Where variables come from that the configuration refers to for its secrets; undefined where it refers to none. */
  readonly environmentFile: string | undefined;
}

export async function serviceFacts(settings: Settings, name: string, user: string): Promise<ServiceFacts> {
  const keys = settings.banks.flatMap(({ tls, signing }) =>
    [tls, signing].filter((one) => one !== undefined),
  );
  const { mail, webhook } = settings.alerts ?? {};
  const passphrases = [...keys.map(({ passphrase }) => passphrase), mail?.password, webhook?.secret].filter(
    (secret) => secret !== undefined,
  );
  const isFile = (secret: SecretRef): secret is { readonly file: string } => 'file' in secret;
  return {
    name,
    user,
    node: process.execPath,
    nodeFlags: await nodeFlags(),
    main: MAIN,
    configuration: settings.path,
    writable: writableFolders(settings),
    secrets: [
      ...new Set([...keys.map(({ key }) => key), ...passphrases.filter(isFile).map(({ file }) => file)]),
    ],
    stopWithinMs: settings.stopWithinMs,
    environmentFile: passphrases.some((secret) => !isFile(secret))
      ? join(dirname(settings.path), 'goniec.env')
      : undefined,
  };
}

/** Without those that lie in another one. */
function writableFolders({ companies, state, log }: Settings): string[] {
  const all = [
    ...companies.flatMap(({ outbox, inbox, archive }) => [outbox, inbox, archive]),
    state,
    log.folder,
  ];
  return [...new Set(all)].filter((path) => !all.some((other) => path !== other && isIn(path, other)));
}

/** Whether an absolute path lies in a folder, or is it. */
export function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** What the first line of the program's entry gives to Node: the one place where it is written. */
async function nodeFlags(): Promise<string[]> {
  const [first = ''] = (await readFile(MAIN, 'utf8')).split('\n', 1);
  return first.split(' ').filter((word) => word.startsWith('--'));
}
