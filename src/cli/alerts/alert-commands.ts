// The commands under `goniec alerts`, their options and their help.

import type { Command } from 'commander';
import type { Run } from '../run.ts';

export function alertCommands(program: Command, run: Run): void {
  const alerts = program
    .command('alerts')
    .description('who is told when something needs a person')
    .exitOverride();
  alerts
    .command('test')
    .description('send a harmless message to everybody who would be told, and say what became of it')
    .option('--config <file>', 'configuration file (else GONIEC_CONFIG, else config/goniec.yaml)')
    .option('--json', 'for scripts')
    .exitOverride()
    .action(
      run(async (options: { config?: string; json?: boolean }) =>
        (await import('./alerts-test.ts')).testAlerts(options),
      ),
    );
}
