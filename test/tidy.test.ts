// The house rules that a machine can hold: who imports whom, which folder owns which package, and how files look.

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../src/version.ts';

const ROOT = join(import.meta.dirname, '..');
const SRC = join(ROOT, 'src');

/** Files that are ports: contracts any side may know. */
const PORTS = [
  'bank/channel.ts',
  'erp/format.ts',
  'erp/account-files.ts',
  'signature/signer.ts',
  'journal/journal.ts',
  'files/file-store.ts',
  'clock.ts',
  'log.ts',
  'bell.ts',
];

/** What each place may import besides itself; `ports` stands for the list above. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  ports: ['domain', 'ports'],
  outbound: ['domain', 'ports'],
  inbound: ['domain', 'ports'],
  xml: [],
  iso20022: ['domain', 'xml'],
  bank: ['domain', 'iso20022', 'xml', 'ports'],
  erp: ['domain', 'iso20022', 'xml', 'ports'],
  signature: ['domain', 'xml', 'ports'],
  journal: ['domain', 'ports'],
  files: ['domain', 'ports'],
  triggers: ['domain', 'ports'],
  operations: ['domain', 'ports'],
  config: ['domain'],
  certificates: [],
  sandbox: ['domain', 'iso20022', 'xml', 'signature', 'certificates', 'ports'],
  'daemon.ts': ['domain', 'ports', 'outbound', 'inbound', 'lanes.ts'],
  'lanes.ts': ['domain', 'ports', 'outbound', 'inbound', 'daemon.ts'],
  'version.ts': [],
  cli: ['*'],
  'main.ts': ['*'],
};

/** One package, one folder. */
const OWNERS: Readonly<Record<string, string>> = {
  'fast-xml-parser': 'xml',
  'xml-crypto': 'signature',
  kysely: 'journal',
  chokidar: 'triggers',
  'node-cron': 'triggers',
  winston: 'operations',
  nodemailer: 'operations',
  'env-var': 'config',
  yaml: 'config',
  commander: 'cli',
  '@peculiar/x509': 'certificates',
};

/** What only the edges may touch: disk, network, processes, chance. */
const EDGES: Readonly<Record<string, readonly string[]>> = {
  'node:fs': ['files', 'config', 'cli', 'sandbox', 'signature', 'operations', 'journal'],
  'node:fs/promises': ['files', 'config', 'cli', 'sandbox', 'signature', 'operations', 'journal'],
  'node:net': ['bank', 'cli', 'sandbox'],
  'node:tls': ['bank', 'sandbox', 'cli'],
  'node:http': ['sandbox', 'bank'],
  'node:https': ['bank', 'sandbox', 'operations'],
  'node:sqlite': ['journal'],
  'node:readline': ['cli'],
  'node:child_process': ['cli'],
};

const FILE_LINES_MAX = 300;

interface SourceFile {
  readonly path: string;
  readonly place: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const files: readonly SourceFile[] = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => {
    const path = relative(SRC, join(entry.parentPath, entry.name)).split(sep).join('/');
    const text = readFileSync(join(SRC, path), 'utf8');
    const imports = [
      ...text.matchAll(/^(?:import|export)\b[^;]*?\bfrom\s+'([^']+)'/gm),
      ...text.matchAll(/^import\s+'([^']+)'/gm),
    ].map((match) => match[1] ?? '');
    return { path, place: placeOf(path), text, imports };
  });

describe('The house rules', () => {
  it('lets nobody import against the directions of ARCHITECTURE.md', () => {
    const wrong: string[] = [];
    for (const file of files) {
      const allowed = ALLOWED[file.place] ?? [];
      for (const target of file.imports
        .filter((name) => name.startsWith('.'))
        .map((name) => resolved(file.path, name))) {
        const place = placeOf(target);
        if (
          place !== file.place &&
          !allowed.includes(place) &&
          !allowed.includes('*') &&
          !(folderOf(file.path) === folderOf(target))
        )
          wrong.push(`${file.path} imports ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('knows every place there is', () => {
    expect([...new Set(files.map(({ place }) => place))].filter((place) => !(place in ALLOWED))).toEqual([]);
  });

  it('gives each package to one folder', () => {
    const wrong: string[] = [];
    for (const file of files) {
      for (const name of file.imports.filter(
        (found) => !found.startsWith('.') && !found.startsWith('node:'),
      )) {
        const owner = Object.entries(OWNERS).find(
          ([packageName]) => name === packageName || name.startsWith(`${packageName}/`),
        )?.[1];
        if (owner !== folderOf(file.path)) wrong.push(`${file.path} imports ${name}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('starts Node with the same settings from the sources as when it is installed', () => {
    const [whole = '', installed = ''] =
      /^#!\/usr\/bin\/env -S node (.+)\n/.exec(readFileSync(join(SRC, 'main.ts'), 'utf8')) ?? [];
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(installed).toContain('--max-semi-space-size');
    // What kernels before 5.1 read of a first line.
    expect(whole.length).toBeLessThan(127);
    const own = Object.values(scripts).filter((script) => script.includes('src/main.ts'));
    expect(own.length).toBeGreaterThan(0);
    for (const script of own) expect(script).toContain(`node ${installed} src/main.ts`);
  });

  it('has every package it depends on in use', () => {
    const { dependencies, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
      version: string;
    };
    const used = new Set(files.flatMap(({ imports }) => imports));
    expect(
      Object.keys(dependencies).filter(
        (name) => ![...used].some((found) => found === name || found.startsWith(`${name}/`)),
      ),
    ).toEqual([]);
    expect(version).toBe(VERSION);
  });

  it('leaves disk, network and processes to the edges', () => {
    const wrong = files.flatMap((file) =>
      file.imports
        .filter((name) => name in EDGES && !EDGES[name]?.includes(folderOf(file.path)))
        .map((name) => `${file.path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('leaves clock, timers and chance to the edges', () => {
    const inside = files.filter(({ place }) =>
      ['domain', 'outbound', 'inbound', 'xml', 'iso20022', 'erp', 'daemon.ts', 'lanes.ts'].includes(place),
    );
    const wrong = inside.filter(({ text }) =>
      /\b(?:Date\.now\(\)|new Date\(\)|Math\.random|setTimeout|setInterval|randomBytes|randomUUID|performance\.now|process\.env)\b/.test(
        code(text),
      ),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('starts every file with a sentence that says what it is for', () => {
    expect(
      files
        .filter(({ text }) => !/^(?:#!.*\n)?(?:\/\/ |\/\*\* |\/\*\*\n \* ).+/.test(text))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  it('keeps files short; data files of the message standards excepted', () => {
    const long = files.filter(
      ({ path, text }) => !path.startsWith('iso20022/messages/') && text.split('\n').length > FILE_LINES_MAX,
    );
    expect(long.map(({ path, text }) => `${path}: ${text.split('\n').length} lines`)).toEqual([]);
  });

  it('holds no unfinished work and no drawer for leftovers', () => {
    expect(
      files.filter(({ text }) => /\b(?:TODO|FIXME|XXX|HACK)\b/.test(text)).map(({ path }) => path),
    ).toEqual([]);
    expect(
      files
        .filter(({ path }) => /(?:^|\/)(?:utils?|helpers?|managers?|common-utils)(?:\.ts|\/)/.test(path))
        .map(({ path }) => path),
    ).toEqual([]);
  });
});

function placeOf(path: string): string {
  if (PORTS.includes(path)) return 'ports';
  return folderOf(path);
}

function folderOf(path: string): string {
  return path.split('/')[0] ?? path;
}

function resolved(from: string, name: string): string {
  return relative(SRC, join(SRC, from, '..', name))
    .split(sep)
    .join('/');
}

/** The text without comments, so that words in them do not count. */
function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
