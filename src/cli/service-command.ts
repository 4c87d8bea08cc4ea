// The commands under `goniec service`, their options and their help.

import type { Command } from 'commander';
import type { Run } from './run.ts';
import type { InstallOptions, ServiceOptions } from './service/service.ts';

const VERBS = {
  start: 'start the service',
  stop: 'stop it; what is being sent may finish',
  status: 'whether it runs, and its last lines',
} as const;

export function serviceCommands(program: Command, run: Run): void {
  const service = program
    .command('service')
    .description('let the system run the daemon: systemd on Linux, a service wrapper on Windows')
    .exitOverride();
  const command = (spec: string, text: string): Command =>
    service
      .command(spec)
      .description(text)
      .option('--name <name>', 'name of the service, where there are several', 'goniec')
      .exitOverride();
  command('install', 'make the service, or make it anew after a change of folders')
    .option('--config <file>', 'configuration file (else GONIEC_CONFIG, else config/goniec.yaml)')
    .option('--user <name>', 'the account it runs under; made where there is none', 'goniec')
    .option('--print', 'only show what would be installed')
    .action(
      run(async (options: InstallOptions) => (await import('./service/service.ts')).installService(options)),
    );
  command('uninstall', 'stop the service and take it away; configuration and data stay').action(
    run(async (options: ServiceOptions) => (await import('./service/service.ts')).uninstallService(options)),
  );
  for (const verb of ['start', 'stop', 'status'] as const)
    command(verb, VERBS[verb]).action(
      run(async (options: ServiceOptions) =>
        (await import('./service/service.ts')).controlService(verb, options),
      ),
    );
}
