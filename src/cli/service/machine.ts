// The machine a service is installed on: its rights, its supervisor, its commands.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** Whether systemd is what started this machine (sd_booted). */
  readonly hasSystemd: boolean;
  /** Where administrators put units. */
  readonly unitFolder: string;
  /** Runs a command to its end, shown to the person unless it is quiet; its exit code, 127 when there is no such command. */
  run(command: readonly [string, ...string[]], quiet?: 'quiet'): Promise<number>;
}

export const thisMachine: Machine = {
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  hasSystemd: existsSync('/run/systemd/system'),
  unitFolder: '/etc/systemd/system',
  async run([command, ...args], quiet) {
    const child = spawn(command, args, { stdio: quiet === undefined ? 'inherit' : 'ignore' });
    try {
      const [code] = (await once(child, 'close')) as [number | null];
      return code ?? 1;
    } catch (failure) {
      if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return 127;
      throw failure;
    }
  },
};
