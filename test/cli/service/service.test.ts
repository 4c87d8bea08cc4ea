// `goniec service` on a machine that only notes what it is told to run.

import { mkdtemp, readdir, readFile, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EXIT } from '../../../src/cli/exit-codes.ts';
import type { Machine } from '../../../src/cli/service/machine.ts';
import { controlService, installService, uninstallService } from '../../../src/cli/service/service.ts';

let root: string;
let ran: string[];
let said: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'goniec-service-'));
  [ran, said] = [[], ''];
  for (const folder of ['config', 'units']) await mkdir(join(root, folder));
  await writeFile(join(root, 'config', 'goniec.yaml'), CONFIGURATION);
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => ((said += String(text)), true));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(root, { recursive: true });
});

it('installs, starts, shows, stops and takes away a service, leaving the data', async () => {
  const machine = pretended();
  expect(await install(machine)).toBe(EXIT.ok);
  expect(await readFile(join(root, 'units', 'goniec.service'), 'utf8')).toContain(
    `ReadWritePaths=-${join(root, 'outbox')}\n`,
  );
  expect(ran.slice(0, 3)).toEqual([
    'id nobody',
    'systemctl daemon-reload',
    'systemctl enable --quiet goniec',
  ]);
  expect(ran[3]).toMatch(/^runuser -u nobody -- \S+node .*main\.ts check --config .*goniec\.yaml$/);
  for (const verb of ['start', 'status', 'stop'] as const)
    expect(await controlService(verb, { name: 'goniec' }, machine)).toBe(EXIT.ok);
  expect(ran.slice(4)).toEqual([
    'systemctl start goniec',
    'systemctl --no-pager status goniec',
    'systemctl stop goniec',
  ]);
  expect(await uninstallService({ name: 'goniec' }, machine)).toBe(EXIT.ok);
  expect(await readdir(join(root, 'units'))).toEqual([]);
  expect(ran.at(-2)).toBe('systemctl disable --now --quiet goniec');
  expect(await uninstallService({ name: 'goniec' }, machine)).toBe(EXIT.notFound);
});

it('says in one sentence what to do without rights, and without systemd', async () => {
  expect(await install(pretended({ isRoot: false }))).toBe(EXIT.notWritten);
  expect(said).toContain('Only root may do this. Run: sudo goniec service install --config FILE.');
  expect(await controlService('stop', { name: 'pay' }, pretended({ isRoot: false }))).toBe(EXIT.notWritten);
  expect(said).toContain('Run: sudo goniec service stop --name pay.');
  expect(await install(pretended({ hasSystemd: false }))).toBe(EXIT.notWritten);
  expect(said).toContain('systemd does not run on this machine.');
  expect(ran).toEqual([]);
});

it('never touches a unit that somebody else made', async () => {
  const path = join(root, 'units', 'goniec.service');
  await writeFile(path, '[Service]\nExecStart=/bin/true\n');
  expect(await install(pretended())).toBe(EXIT.notWritten);
  expect(await uninstallService({ name: 'goniec' }, pretended())).toBe(EXIT.notWritten);
  expect(await readFile(path, 'utf8')).toContain('/bin/true');
  expect(said).toContain('was not made by Goniec');
  expect(ran).toEqual([]);
});

it('keeps the unit when the service can not be stopped, because a stop needs it', async () => {
  await install(pretended());
  expect(await uninstallService({ name: 'goniec' }, pretended({ fails: 'disable' }))).toBe(EXIT.notWritten);
  expect(await readdir(join(root, 'units'))).toEqual(['goniec.service']);
});

it('says where to look when the service does not start, and that one is not there', async () => {
  expect(await controlService('start', { name: 'goniec' }, pretended())).toBe(EXIT.notFound);
  await install(pretended());
  expect(await controlService('start', { name: 'goniec' }, pretended({ fails: 'start' }))).toBe(
    EXIT.startRefused,
  );
  expect(said).toContain('journalctl -u goniec');
});

it('refuses names that systemd or a shell would take for something else', async () => {
  expect(await installService({ name: '../x', user: 'nobody', config: config() }, pretended())).toBe(
    EXIT.usage,
  );
  expect(await installService({ name: 'x', user: 'a b', config: config() }, pretended())).toBe(EXIT.usage);
});

it('prints the unit without rights', async () => {
  const options = { name: 'goniec', user: 'nobody', config: config(), print: true };
  expect(await installService(options, pretended({ isRoot: false, hasSystemd: false }))).toBe(EXIT.ok);
  expect(said).toContain('[Install]');
});

it('runs nothing on Windows, and says what is left to a person', async () => {
  const machine = pretended({ platform: 'win32' });
  expect(await controlService('status', { name: 'goniec' }, machine)).toBe(EXIT.ok);
  expect(await uninstallService({ name: 'goniec' }, machine)).toBe(EXIT.ok);
  expect(said).toContain('sc query goniec');
  expect(said).toContain('sc delete goniec');
  expect(ran).toEqual([]);
});

const CONFIGURATION = `state: ../state
companies:
  - { name: Test, outbox: ../outbox, inbox: ../inbox, archive: ../archive }
banks:
  - { name: Sandbox, dialect: bnp, url: https://localhost:18443/x, environment: test, sandbox: true }
accounts:
  - { iban: PL60160014620000000000000001, company: Test, bank: Sandbox, currency: PLN }
`;

function config(): string {
  return join(root, 'config', 'goniec.yaml');
}

/** With an account that every system has, so that none is made. */
async function install(machine: Machine): Promise<number> {
  return installService({ name: 'goniec', user: 'nobody', config: config() }, machine);
}

function pretended(
  more: Partial<Pick<Machine, 'platform' | 'isRoot' | 'hasSystemd'>> & { readonly fails?: string } = {},
): Machine {
  return {
    platform: 'linux',
    isRoot: true,
    hasSystemd: true,
    unitFolder: join(root, 'units'),
    run: async (command) => {
      ran.push(command.join(' '));
      return more.fails !== undefined && command.includes(more.fails) ? 1 : 0;
    },
    ...more,
  };
}
