// Puts the unit where systemd looks for it, with an account of its own, and takes it away again.

import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { complain, say } from '../terminal.ts';
import type { Machine } from './machine.ts';
import { handOver, type Owner } from './ownership.ts';
import type { ServiceFacts } from './service-facts.ts';
import { systemdUnit, UNIT_MARK } from './systemd-unit.ts';

export async function installSystemd(facts: ServiceFacts, machine: Machine): Promise<ExitCode> {
  const { name, user } = facts;
  const obstacle = obstacleTo('install', name, machine) ?? (await foreignUnit(name, machine));
  if (obstacle !== undefined) return refused(obstacle);
  const owner = await account(user, machine);
  if (owner === undefined) return refused(`There is no account ${user}, and it could not be made.`);
  for (const sentence of await handOver(facts, owner)) say(sentence);
  const path = unitPath(name, machine);
  // Renamed into place: systemd never reads half of it.
  await writeFile(`${path}.tmp`, systemdUnit(facts), { mode: 0o644 });
  await rename(`${path}.tmp`, path);
  say(`${path}: made; it runs as ${user}.`);
  if (facts.environmentFile !== undefined && !(await isThere(facts.environmentFile)))
    say(
      `The configuration takes secrets from the environment. Write them, NAME=value on each line, into\n  ${facts.environmentFile}\nand make it readable by root alone (chmod 600).`,
    );
  for (const args of [['daemon-reload'], ['enable', '--quiet', name]])
    if ((await machine.run(['systemctl', ...args])) !== 0)
      return refused(`systemctl ${args.join(' ')} failed; the lines above say why.`);
  say(`\nWhat "goniec check" says as ${user}\n`);
  const { node, nodeFlags, main, configuration } = facts;
  await machine.run([
    'runuser',
    '-u',
    user,
    '--',
    node,
    ...nodeFlags,
    main,
    'check',
    '--config',
    configuration,
  ]);
  say(
    `\nIt starts with the machine from now on. To start it at once:\n  goniec service start${option(name)}`,
  );
  return EXIT.ok;
}

export async function uninstallSystemd(name: string, machine: Machine): Promise<ExitCode> {
  const obstacle = obstacleTo('uninstall', name, machine) ?? (await foreignUnit(name, machine));
  if (obstacle !== undefined) return refused(obstacle);
  const path = unitPath(name, machine);
  if (!(await isThere(path))) {
    complain(`There is no service ${name} (${path}).`);
    return EXIT.notFound;
  }
  // Stops it first: a stop may need the unit's times.
  if ((await machine.run(['systemctl', 'disable', '--now', '--quiet', name])) !== 0)
    return refused(
      `systemctl could not stop and disable ${name}; the lines above say why. Nothing was removed.`,
    );
  await rm(path);
  await machine.run(['systemctl', 'daemon-reload']);
  say(`${path}: removed. Configuration, keys, journal, archive and the account stay as they are.`);
  return EXIT.ok;
}

export async function controlSystemd(
  verb: 'start' | 'stop' | 'status',
  name: string,
  machine: Machine,
): Promise<ExitCode> {
  const obstacle = verb === 'status' ? withoutSystemd(machine) : obstacleTo(verb, name, machine);
  if (obstacle !== undefined) return refused(obstacle);
  if (!(await isThere(unitPath(name, machine)))) {
    complain(
      `There is no service ${name}. Install it: sudo goniec service install --config FILE${option(name)}`,
    );
    return EXIT.notFound;
  }
  const code = await machine.run(['systemctl', ...(verb === 'status' ? ['--no-pager'] : []), verb, name]);
  if (code === 0) {
    if (verb !== 'status') say(verb === 'start' ? `${name} runs.` : `${name} has stopped.`);
    return EXIT.ok;
  }
  if (verb === 'start') complain(`${name} did not start. Why: journalctl -u ${name} -n 30`);
  return verb === 'start' ? EXIT.startRefused : EXIT.attention;
}

function obstacleTo(verb: string, name: string, machine: Machine): string | undefined {
  if (!machine.isRoot) {
    const look = verb === 'install' ? ' To see the unit without installing it, add --print.' : '';
    return `Only root may do this. Run: sudo goniec service ${verb}${option(name)}${verb === 'install' ? ' --config FILE' : ''}.${look}`;
  }
  return withoutSystemd(machine);
}

function withoutSystemd(machine: Machine): string | undefined {
  return machine.hasSystemd
    ? undefined
    : 'systemd does not run on this machine. "goniec service install --print" shows the unit, for a supervisor of yours.';
}

async function foreignUnit(name: string, machine: Machine): Promise<string | undefined> {
  const path = unitPath(name, machine);
  if (!(await isThere(path)) || (await readFile(path, 'utf8')).startsWith(UNIT_MARK)) return undefined;
  return `${path} is there and was not made by Goniec; it is left as it is. Choose another --name, or take it away yourself.`;
}

/** Makes the account where there is none: without a password, a shell or a home. */
async function account(user: string, machine: Machine): Promise<Owner | undefined> {
  if ((await machine.run(['id', user], 'quiet')) !== 0) {
    const made = await machine.run([
      'useradd',
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir',
      '/nonexistent',
      '--shell',
      '/usr/sbin/nologin',
      user,
    ]);
    if (made !== 0) return undefined;
    say(`The account ${user}: made. To let it into a group of the ERP: usermod -aG GROUP ${user}`);
  }
  return ownerOf(user);
}

/** From the list of accounts; undefined for one that a directory service knows but the list does not. */
async function ownerOf(user: string): Promise<Owner | undefined> {
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((one) => one.startsWith(`${user}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

function unitPath(name: string, machine: Machine): string {
  return join(machine.unitFolder, `${name}.service`);
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function option(name: string): string {
  return name === 'goniec' ? '' : ` --name ${name}`;
}

function refused(sentence: string): ExitCode {
  complain(sentence);
  return EXIT.notWritten;
}
