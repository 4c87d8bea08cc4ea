// The commands under `goniec sandbox`, their options and their help.

import type { Command } from 'commander';
import type { MoodOrder } from '../sandbox/moods.ts';
import type { Run } from './run.ts';
import type { CertifyOptions } from './sandbox-certify.ts';
import type { ControlOptions, SandboxRunOptions } from './sandbox.ts';

/** The bank itself in the foreground, and orders to one that runs. */
export function sandboxCommands(program: Command, run: Run): void {
  const sandbox = program.command('sandbox').description('the built-in bank').exitOverride();
  sandbox
    .command('run', { isDefault: true })
    .description('run it in the foreground')
    .option('--config <file>', 'configuration that names its ports and folder')
    .option('--folder <folder>', 'its ledger and keys')
    .option('--port <port>', 'of the bank service')
    .option('--control-port <port>', 'of its control')
    .option('--booking-delay <ms>', 'from taking a transfer to booking it')
    .option('--accounts <file>', 'JSON list of the accounts it opens with')
    .option('--unsigned', 'take unsigned orders and let them wait for "goniec sandbox approve"')
    .exitOverride()
    .action(run(async (options: SandboxRunOptions) => (await import('./sandbox.ts')).runSandbox(options)));
  sandbox
    .command('certify <request>')
    .description('issue and register a certificate for a request (PKCS#10), as a bank would; then restart it')
    .requiredOption('--as <purpose>', 'communication or authorization')
    .requiredOption('--out <file>', 'the certificate, a new file')
    .option('--config <file>', 'configuration that names its folder')
    .option('--folder <folder>', 'its ledger and keys')
    .exitOverride()
    .action(
      run(async (request: string, options: CertifyOptions) =>
        (await import('./sandbox-certify.ts')).certifyRequest(request, options),
      ),
    );
  const control = (spec: string, text: string): Command =>
    sandbox
      .command(spec)
      .description(text)
      .option('--config <file>', 'configuration file')
      .option('--control <url>', 'control of a sandbox that is not in the configuration')
      .exitOverride();
  control('state', 'accounts and balances')
    .option('--json', 'for scripts')
    .action(
      run(async (options: ControlOptions & { json?: boolean }) =>
        (await import('./sandbox.ts')).showSandbox(options),
      ),
    );
  control(
    'mood <mood>',
    'how it behaves: honest, pessimistic, slow, refuses, loses-request, loses-answer, answers-5xx ...',
  )
    .option('--times <n>', 'for the next n requests')
    .option('--ms <ms>', 'how slow, or how late')
    .option('--code <code>', 'fault code to refuse with')
    .action(
      run(async (mood: string, options: ControlOptions & { times?: string; ms?: string; code?: string }) =>
        (await import('./sandbox.ts')).orderSandbox(options, (bank) => bank.mood(moodOrder(mood, options))),
      ),
    );
  control('credit <iban> <amount>', 'book a payment from outside')
    .option('--text <text>', 'remittance text')
    .action(
      run(async (account: string, amount: string, options: ControlOptions & { text?: string }) =>
        (await import('./sandbox.ts')).orderSandbox(options, (bank) =>
          bank.credit({ account, amount, ...(options.text === undefined ? {} : { text: options.text }) }),
        ),
      ),
    );
  control('fee <iban> <amount>', 'book a charge without any id').action(
    run(async (account: string, amount: string, options: ControlOptions) =>
      (await import('./sandbox.ts')).orderSandbox(options, (bank) => bank.fee({ account, amount })),
    ),
  );
  control('approve [messageId]', 'approve what waits for a person').action(
    run(async (messageId: string | undefined, options: ControlOptions) =>
      (await import('./sandbox.ts')).orderSandbox(options, (bank) => bank.approve(messageId)),
    ),
  );
  control('book-now', 'execute at once what would be executed later').action(
    run(async (options: ControlOptions) =>
      (await import('./sandbox.ts')).orderSandbox(options, (bank) => bank.bookNow()),
    ),
  );
}

/** The bank itself says which moods there are. */
function moodOrder(
  mood: string,
  options: { readonly times?: string; readonly ms?: string; readonly code?: string },
): MoodOrder {
  return {
    mood: mood as MoodOrder['mood'],
    ...(options.times === undefined ? {} : { times: Number(options.times) }),
    ...(options.ms === undefined ? {} : { ms: Number(options.ms) }),
    ...(options.code === undefined ? {} : { code: options.code }),
  };
}
