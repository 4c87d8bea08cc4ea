// Reads the configuration file: either complete settings, or everything that is wrong with it at once.

import { open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ConfigProblem } from './config-problem.ts';
import { cronFindings, type IsValidCron } from './cron-findings.ts';
import { readGroup } from './groups.ts';
import { relationFindings } from './relations.ts';
import { fileKeys } from './schema.ts';
import type { Settings } from './settings.ts';
import { toSettings } from './to-settings.ts';
import { written } from './written.ts';
import { readYaml } from './yaml-source.ts';

export type LoadOutcome =
  | { readonly kind: 'loaded'; readonly settings: Settings }
  | { readonly kind: 'refused'; readonly problems: readonly ConfigProblem[] };

export interface LoadOptions {
  readonly isValidCron: IsValidCron;
}

/** Far more than thousands of accounts need. */
const SIZE_MAX_BYTES = 1 << 20;

/**
 * The settings in the file at `path`, deeply frozen. Variables of `env` are only looked at for being there: no secret
 * is read. Never throws for what stands in the file or for a file that can not be read; problems are in file order.
 */
export async function loadSettings(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
  options: LoadOptions,
): Promise<LoadOutcome> {
  const absolute = resolve(path);
  const text = await readText(absolute);
  return typeof text === 'string'
    ? settingsIn(text, absolute, env, options)
    : { kind: 'refused', problems: [text] };
}

/** The same for a text that lies, or is to lie, at the absolute `path`. */
export async function settingsIn(
  text: string,
  path: string,
  env: Readonly<Record<string, string | undefined>>,
  options: LoadOptions,
): Promise<LoadOutcome> {
  const { content, problems, placed } = readYaml(text);
  if (content === undefined) return { kind: 'refused', problems };
  const read = readGroup(fileKeys, content ?? {}, 'The file must be a group of keys.');
  const file = written(content);
  const found = [
    ...(read.kind === 'value' ? [] : read.findings),
    ...relationFindings(file, { env, folder: dirname(path) }),
    ...(await cronFindings(file, options.isValidCron)),
  ];
  if (read.kind === 'value' && found.length === 0 && problems.length === 0) {
    return { kind: 'loaded', settings: frozen(toSettings(read.value, path)) };
  }
  const all = [...problems, ...found.map(placed)];
  return { kind: 'refused', problems: all.sort((a, b) => a.line - b.line || a.column - b.column) };
}

async function readText(path: string): Promise<string | ConfigProblem> {
  try {
    const bytes = await readUpTo(path, SIZE_MAX_BYTES + 1);
    if (bytes.length <= SIZE_MAX_BYTES) return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return {
      line: 1,
      column: 1,
      path: '',
      message: `The file is larger than ${SIZE_MAX_BYTES} bytes.`,
      remedy: 'Name the configuration file; it is text of a few pages.',
    };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const told = (message: string, remedy: string): ConfigProblem => ({
      line: 1,
      column: 1,
      path: '',
      message,
      remedy,
    });
    if (code === 'ENOENT')
      return told(
        `There is no file ${path}.`,
        'Name the configuration file on the command line or in GONIEC_CONFIG.',
      );
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return told('The file is not UTF-8.', 'Save it as UTF-8.');
    return told(`The file can not be read (${code}).`, 'Check its rights and that it is a file.');
  }
}

/** As much of the file as is there, whatever it is: a device would never end. */
async function readUpTo(path: string, bytesMax: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(bytesMax);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytesMax - length);
      length += bytesRead;
      if (bytesRead === 0 || length === bytesMax) return bytes.subarray(0, length);
    }
  } finally {
    await file.close();
  }
}

function frozen<T extends object>(value: T): T {
  for (const inner of Object.values(value))
    if (typeof inner === 'object' && inner !== null) frozen(inner as object);
  return Object.freeze(value);
}
