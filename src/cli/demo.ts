// `goniec demo`: the whole round trip on a sample, with the real daemon and the real built-in bank, in a folder of its own.

import { fork, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dayAt } from '../domain/calendar.ts';
import { systemClock } from '../triggers/system-clock.ts';
import { demoConfiguration, demoPayment, demoRefused } from './demo-files.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { freePort } from './free-port.ts';
import { complain, say } from './terminal.ts';

const MAIN = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../main.ts' : '../main.js', import.meta.url),
);
const WAIT_MS = 60_000;
const LOOK_EVERY_MS = 200;

export async function demo(): Promise<ExitCode> {
  const folder = await mkdtemp(join(tmpdir(), 'goniec-demo-'));
  say(`Everything of this demo lies in ${folder}\n`);
  const configuration = await writeConfiguration(folder);
  const daemon = fork(MAIN, ['start', '--config', configuration], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  daemon.stdout?.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n')) if (/\b(?:order|submission)\./.test(line)) say(`    ${line.trim()}`);
  });
  try {
    return await tour(folder, daemon);
  } finally {
    daemon.kill('SIGTERM');
    if (daemon.exitCode === null) await new Promise((resolve) => daemon.once('exit', resolve));
  }
}

async function tour(folder: string, daemon: ChildProcess): Promise<ExitCode> {
  const today = dayAt(systemClock.now(), 'Europe/Warsaw');
  say(
    '1. The ERP drops payments.xml (two transfers) and mistyped.xml (a wrong account number and a wrong sum) into outbox/.\n',
  );
  await drop(folder, 'payments.xml', demoPayment(today));
  await drop(folder, 'mistyped.xml', demoRefused(today));
  const found = await inboxFiles(folder, daemon, [
    /^pain\.002_.*payments.*-final/,
    /^pain\.002_.*mistyped.*-final/,
    /^camt\.052_.*_balance/,
    /^camt\.053_.*\.xml$/,
  ]);
  if (found === undefined) {
    complain('The demo did not come to its end in time; the lines above say why.');
    return EXIT.unanswered;
  }
  say('\n2. What the ERP finds in inbox/:\n');
  for (const name of (await readdir(join(folder, 'inbox'))).sort()) say(`    ${name}`);
  const [settled, refused] = found;
  say('\n3. The outcome of payments.xml, as the ERP reads it (pain.002):\n');
  await print(join(folder, 'inbox', settled ?? ''));
  say('\n4. Why mistyped.xml was refused:\n');
  await print(join(folder, 'inbox', refused ?? ''));
  say('\n5. What a person finds in archive/:\n');
  for (const path of await archived(folder)) say(`    ${path}`);
  const summary = (await archived(folder)).find(
    (path) => path.includes('payments') && path.endsWith('summary.txt'),
  );
  if (summary !== undefined) {
    say(`\n6. ${summary}:\n`);
    await print(join(folder, summary));
  }
  say(`\nLook around in ${folder}, or run "npm start" and drop a file of your own.`);
  return EXIT.ok;
}

async function writeConfiguration(folder: string): Promise<string> {
  for (const name of ['config', 'outbox', 'inbox', 'archive']) await mkdir(join(folder, name));
  const path = join(folder, 'config', 'goniec.yaml');
  await writeFile(path, demoConfiguration(await freePort(), await freePort()));
  return path;
}

/** As an ERP should: under a name that is not looked at, then renamed. */
async function drop(folder: string, name: string, content: string): Promise<void> {
  const path = join(folder, 'outbox', name);
  await writeFile(`${path}.tmp`, content);
  await rename(`${path}.tmp`, path);
}

/** One file for each pattern, in their order; undefined when they do not come, or the daemon ends. */
async function inboxFiles(
  folder: string,
  daemon: ChildProcess,
  patterns: readonly RegExp[],
): Promise<string[] | undefined> {
  const endMs = systemClock.running() + WAIT_MS;
  while (systemClock.running() < endMs && daemon.exitCode === null) {
    const names = await readdir(join(folder, 'inbox'));
    const found = patterns.map((pattern) => names.find((name) => pattern.test(name)));
    const archive = await archived(folder);
    const closed = ['payments', 'mistyped'].every((stem) =>
      archive.some((path) => path.includes(stem) && path.endsWith('receipt.json')),
    );
    if (closed && found.every((name) => name !== undefined)) return found;
    await systemClock.sleep(LOOK_EVERY_MS);
  }
  return undefined;
}

async function archived(folder: string): Promise<string[]> {
  const entries = await readdir(join(folder, 'archive'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

async function print(path: string): Promise<void> {
  for (const line of (await readFile(path, 'utf8')).trimEnd().split('\n')) say(`    ${line}`);
}
