// What an administrator gets: the tarball of npm pack, installed without a network, set up and checked as README says.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VERSION } from '../../src/version.ts';
import { removeFolder, temporaryFolder } from './support/processes.ts';

const SOURCES = join(import.meta.dirname, '../..');
const WITHIN_MS = 600_000;
/** Node 24 first, as on a server that has it; the sources' own tools are out of reach of what is installed. */
const PATH = [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);

let root: string;
let installed: string;
beforeAll(async () => {
  root = await temporaryFolder();
  const packed = run(SOURCES, 'npm', 'pack', '--pack-destination', root);
  expect(packed.code, packed.output).toBe(0);
  const tarball = join(root, `goniec-${VERSION}.tgz`);
  const prefix = join(root, 'prefix');
  const install = run(
    root,
    'npm',
    'install',
    '-g',
    '--offline',
    '--no-audit',
    '--no-fund',
    '--prefix',
    prefix,
    tarball,
  );
  expect(install.code, install.output).toBe(0);
  installed = join(prefix, 'lib', 'node_modules', 'goniec');
}, WITHIN_MS);
afterAll(async () => {
  await removeFolder(root);
});

test('the tarball holds the program and its documents, and no tools or tests', () => {
  for (const path of [
    'dist/main.js',
    'docs/install.md',
    'config/goniec.yaml',
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
  ])
    expect(existsSync(join(installed, path)), path).toBe(true);
  expect(readdirSync(installed).sort()).not.toEqual(expect.arrayContaining(['src']));
  for (const name of [
    'src',
    'test',
    'bench',
    '.ci',
    'node_modules/typescript',
    'node_modules/vitest',
    'node_modules/node',
  ])
    expect(existsSync(join(installed, name)), name).toBe(false);
  expect(statSync(join(installed, 'dist/main.js')).mode & 0o111).not.toBe(0);
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies))
    expect(existsSync(join(installed, 'node_modules', name)), name).toBe(true);
});

test('the installed program says its version, sets an installation up and finds it in order', () => {
  expect(goniec('--version')).toMatchObject({ code: 0, output: `${VERSION}\n` });
  const home = join(root, 'home');
  const made = goniec('init', home, '--environment', 'sandbox', '--company', 'Packed', '--yes');
  expect(made.code, made.output).toBe(0);
  const checked = goniec('check', '--config', join(home, 'config', 'goniec.yaml'));
  expect(checked.output).toContain('Everything is ready.');
  expect(checked.code).toBe(0);
  const unit = goniec('service', 'install', '--print', '--config', join(home, 'config', 'goniec.yaml'));
  expect(unit.output).toContain(join(installed, 'dist', 'main.js'));
}, 180_000);

function goniec(...args: readonly string[]): { code: number | null; output: string } {
  return run(root, join(root, 'prefix', 'bin', 'goniec'), ...args);
}

function run(
  folder: string,
  command: string,
  ...args: readonly string[]
): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH },
  });
  return { code: status, output: stdout + stderr };
}
