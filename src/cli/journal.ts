// The commands under `goniec journal`, their options and their help.

import type { Command } from 'commander';
import type { ExportOptions } from './journal-export.ts';
import type { DecisionOptions } from './decide.ts';
import type { Run } from './run.ts';

interface Common {
  readonly config?: string;
  readonly json?: boolean;
}

/** All but `restored` only read the journal, beside a running daemon or without one. */
export function journalCommands(program: Command, run: Run): void {
  const journal = program
    .command('journal')
    .description('check, export or back up the journal; also while the daemon runs')
    .exitOverride();
  const command = (spec: string, text: string): Command =>
    journal
      .command(spec)
      .description(text)
      .option('--config <file>', 'configuration file (else GONIEC_CONFIG, else config/goniec.yaml)')
      .exitOverride();
  command('verify [backup]', 'check the whole journal, or a backup of it, record by record')
    .option('--json', 'for scripts')
    .action(
      run(async (backup: string | undefined, options: Common) =>
        (await import('./journal-verify.ts')).verify(backup, options),
      ),
    );
  command('export', 'write the records as lines of JSON, with the hash chain')
    .option('--out <file>', 'write to this new file; else to standard output')
    .option('--from <n>', 'begin with this record', '1')
    .action(
      run(async (options: ExportOptions) => (await import('./journal-export.ts')).exportJournal(options)),
    );
  command('backup <file>', 'copy the journal to a new file, with its head beside it, and verify the copy')
    .option('--json', 'for scripts')
    .action(
      run(async (file: string, options: Common) =>
        (await import('./journal-backup.ts')).backUp(file, options),
      ),
    );
  command(
    'restored',
    'say that an older journal was put back: hold what may have been sent since, and let the banks be asked',
  )
    .requiredOption('--reason <text>', 'why it was put back; kept on record')
    .option('--who <name>', 'who says so; else the user of this command')
    .action(
      run(async (options: DecisionOptions) =>
        (await import('./journal-restored.ts')).journalRestored(options),
      ),
    );
}
