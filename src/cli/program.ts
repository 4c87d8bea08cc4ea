// The commands of `goniec`, their options and their help.

import { Command, CommanderError, Option } from 'commander';
import { VERSION } from '../version.ts';
import { alertCommands } from './alerts/alert-commands.ts';
import type { DecisionOptions } from './decide.ts';
import { addExamples } from './examples.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { fileCommands } from './file.ts';
import type { FetchOptions } from './fetch.ts';
import type { LintOptions } from './lint.ts';
import { initCommand } from './init-command.ts';
import { journalCommands } from './journal.ts';
import { operatorSentence } from './operator-fault.ts';
import type { ProbeOptions } from './probe.ts';
import { serviceCommands } from './service-command.ts';
import type { Run } from './run.ts';
import { sandboxCommands } from './sandbox-commands.ts';
import { complain } from './terminal.ts';

/** Commands are loaded when they are run: most need little of the program, and all should begin at once. */
interface Common {
  readonly config?: string;
  readonly json?: boolean;
}

/** Runs one command line and gives its exit code. What a command needs is loaded when it runs, so that it pays for nothing else. */
export async function runProgram(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = allCommands((action) => async (...args) => {
    code = await action(...args);
  });
  try {
    await program.parseAsync(argv);
    return code;
  } catch (failure) {
    if (failure instanceof CommanderError) return failure.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const sentence = operatorSentence(failure);
    if (sentence !== undefined) {
      complain(sentence);
      return EXIT.startRefused;
    }
    process.stderr.write(
      `Goniec met a fault of its own: ${failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)}\n`,
    );
    return EXIT.fault;
  }
}

/** The whole tree of commands. */
export function allCommands(run: Run): Command {
  const program = new Command('goniec')
    .description(
      'Carries payment files from an ERP to the bank exactly once, and brings balances, history and statements back.',
    )
    .version(VERSION)
    .exitOverride();
  const command = (spec: string, text: string): Command =>
    program
      .command(spec)
      .description(text)
      .option('--config <file>', 'configuration file (else GONIEC_CONFIG, else config/goniec.yaml)')
      .exitOverride();

  initCommand(program, run);
  command('start', 'run the daemon')
    .option('--json', 'log lines as JSON')
    .action(run(async (options: Common) => (await import('./start.ts')).start(options)));
  command('check', 'check configuration, folders, keys, certificates, journal and banks')
    .option('--json', 'for scripts')
    .action(run(async (options: Common) => (await import('./check.ts')).check(options)));
  command('status', 'what is open, held, waiting, and how each account stands')
    .option('--json', 'for scripts')
    .action(run(async (options: Common) => (await import('./status.ts')).status(options)));
  command('show <name>', 'everything about one order: its id, a bank message id, the MsgId, or the file name')
    .option('--json', 'for scripts')
    .action(run(async (name: string, options: Common) => (await import('./show.ts')).show(name, options)));
  command(
    'lint <file>',
    'everything that would be said of a payment file or a request: every fault, or how it would be sent',
  )
    .option('--company <name>', 'whose accounts it may name; else those of the outbox it lies in')
    .addOption(
      new Option('--language <language>', 'of the sentences around the faults').choices(['en', 'pl']),
    )
    .option('--json', 'for scripts')
    .action(
      run(async (path: string, options: LintOptions) => (await import('./lint.ts')).lint(path, options)),
    );
  command('example', 'print a small payment file for today')
    .option('--account <iban>', 'debtor account; else the first configured')
    .action(
      run(async (options: { config?: string; account?: string }) =>
        (await import('./example.ts')).example(options),
      ),
    );
  command('fetch <what>', 'fetch balance, history or statement of one account')
    .requiredOption('--account <iban>', 'the account')
    .option('--from <day>', 'first day, 2026-11-20')
    .option('--to <day>', 'last day, included; else the first')
    .option('--wait <seconds>', 'how long to wait for the answer', '60')
    .option('--json', 'for scripts')
    .action(
      run(async (what: string, options: FetchOptions) =>
        (await import('./fetch.ts')).fetchAccount(what, options),
      ),
    );
  command('release <name>', 'decide about what is held: an order or one bank message')
    .requiredOption(
      '--as <decision>',
      'resend, settled, rejected or dropped; "goniec status" says which are possible',
    )
    .requiredOption('--reason <text>', 'why; for settled and rejected what shows it; kept on record')
    .option('--part <n>', 'only this bank message of the order')
    .option('--who <name>', 'who decides; else the user of this command')
    .action(
      run(async (name: string, options: DecisionOptions & { as: string; part?: string }) =>
        (await import('./decide.ts')).release(name, options),
      ),
    );
  command('resume <bank>', 'send to a paused bank again')
    .requiredOption('--reason <text>', 'what was put right; kept on record')
    .option('--who <name>', 'who decides; else the user of this command')
    .action(
      run(async (bank: string, options: DecisionOptions) =>
        (await import('./decide.ts')).resume(bank, options),
      ),
    );
  command('probe <bank>', "ask a bank's test endpoint what it answers to unknown and repeated ids")
    .option('--payment <file>', 'a harmless pain.001 to send twice')
    .option('--json', 'for scripts')
    .action(
      run(async (bank: string, options: ProbeOptions) => (await import('./probe.ts')).probe(bank, options)),
    );
  program
    .command('demo')
    .description('show the whole round trip on a sample, against the built-in bank, in a folder of its own')
    .exitOverride()
    .action(run(async () => (await import('./demo.ts')).demo()));
  fileCommands(program, run);
  journalCommands(program, run);
  alertCommands(program, run);
  serviceCommands(program, run);
  sandboxCommands(program, run);
  program
    .command('completion')
    .description('print what makes bash complete commands, options and file names')
    .exitOverride()
    .action(
      run(async () => {
        const { completionScript } = await import('./completion.ts');
        process.stdout.write(completionScript(program));
        return EXIT.ok;
      }),
    );
  addExamples(program);
  return program;
}
