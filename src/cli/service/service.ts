// `goniec service`: lets the system run the daemon, by a systemd unit on Linux, by a wrapper's file on Windows.

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { settingsFor } from '../settings-for.ts';
import { complain, say } from '../terminal.ts';
import { thisMachine, type Machine } from './machine.ts';
import { serviceFacts, type ServiceFacts } from './service-facts.ts';
import { controlSystemd, installSystemd, uninstallSystemd } from './systemd.ts';
import { systemdUnit } from './systemd-unit.ts';
import { windowsSteps, windowsWrapper, wrapperPath } from './windows-wrapper.ts';

export interface ServiceOptions {
  readonly name: string;
}

export interface InstallOptions extends ServiceOptions {
  readonly config?: string;
  readonly user: string;
  readonly print?: boolean;
}

/** As systemd and Windows both take it. */
const NAME = /^[a-z][a-z0-9-]{0,30}$/;

export async function installService(options: InstallOptions, machine = thisMachine): Promise<ExitCode> {
  if (!isNameRight('--name', options.name) || !isNameRight('--user', options.user)) return EXIT.usage;
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const facts = await serviceFacts(loaded.settings, options.name, options.user);
  const isWindows = machine.platform === 'win32';
  if (options.print === true) {
    process.stdout.write(isWindows ? windowsWrapper(facts) : systemdUnit(facts));
    return EXIT.ok;
  }
  return isWindows ? await installWrapper(facts) : await installSystemd(facts, machine);
}

export async function uninstallService({ name }: ServiceOptions, machine = thisMachine): Promise<ExitCode> {
  if (!isNameRight('--name', name)) return EXIT.usage;
  return machine.platform === 'win32'
    ? leftToPerson(`sc stop ${name}\n  sc delete ${name}`)
    : await uninstallSystemd(name, machine);
}

export async function controlService(
  verb: 'start' | 'stop' | 'status',
  { name }: ServiceOptions,
  machine: Machine = thisMachine,
): Promise<ExitCode> {
  if (!isNameRight('--name', name)) return EXIT.usage;
  return machine.platform === 'win32'
    ? leftToPerson(`sc ${verb === 'status' ? 'query' : verb} ${name}`)
    : await controlSystemd(verb, name, machine);
}

function isNameRight(option: string, name: string): boolean {
  if (NAME.test(name)) return true;
  complain(`${option} is "${name}". Write up to 31 small letters, digits and hyphens, a letter first.`);
  return false;
}

async function installWrapper(facts: ServiceFacts): Promise<ExitCode> {
  const path = wrapperPath(facts);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, windowsWrapper(facts));
  say(`${path}: made. What is left to you:\n\n${windowsSteps(facts)}`);
  return EXIT.ok;
}

/** Nothing is run on Windows that has not been tried there. */
function leftToPerson(commands: string): ExitCode {
  say(`In a command prompt, as administrator:\n  ${commands}`);
  return EXIT.ok;
}
