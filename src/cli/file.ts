// The commands under `goniec file`, their options and their help.

import type { Command } from 'commander';
import type { SignOptions } from './file-sign.ts';
import type { VerifyOptions } from './file-verify.ts';
import type { Run } from './run.ts';

/** Work on single files; nothing is sent, and no daemon is needed. */
export function fileCommands(program: Command, run: Run): void {
  const file = program
    .command('file')
    .description('try on a single file what the daemon does with it')
    .exitOverride();
  const command = (spec: string, text: string): Command =>
    file
      .command(spec)
      .description(text)
      .option('--config <file>', 'configuration file (else GONIEC_CONFIG, else config/goniec.yaml)')
      .exitOverride();
  command('sign <file>', 'write a pain.001.001.03 as the signed message that a bank would get')
    .requiredOption('--bank <name>', 'the bank, by its name in the configuration')
    .requiredOption('--out <file>', 'the message, a new file')
    .option('--operation <name>', 'what the bank is asked to do with it', 'domestic')
    .option('--message-id <id>', 'put this in the place of its MsgId')
    .action(
      run(async (path: string, options: SignOptions) =>
        (await import('./file-sign.ts')).signFile(path, options),
      ),
    );
  command(
    'verify <message>',
    'check the signature of a message: one of "file sign", or from spool or archive',
  )
    .option(
      '--bank <name>',
      'whose profile and certificate it must have; may be left out where there is one bank',
    )
    .action(
      run(async (path: string, options: VerifyOptions) =>
        (await import('./file-verify.ts')).verifyFile(path, options),
      ),
    );
}
