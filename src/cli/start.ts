// `goniec start`: opens the journal, the banks and the triggers, runs the daemon, and stops it cleanly.

import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import type { Daemon } from '../daemon.ts';
import { sweepParts } from '../files/durable-names.ts';
import { openSqliteJournal } from '../journal/sqlite-journal.ts';
import type { Log } from '../log.ts';
import { createLog } from '../operations/log.ts';
import { watchFolders, type FolderWatch } from '../triggers/outbox-watcher.ts';
import { startSchedules, type Schedule, type Schedules } from '../triggers/schedule.ts';
import { systemClock } from '../triggers/system-clock.ts';
import { PRODUCT, VERSION } from '../version.ts';
import { openBank, type OpenBank } from './bank-channels.ts';
import { buildDaemon, decisionsFolder } from './build-daemon.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { sandboxBank, startSandboxProcess, type SandboxProcess } from './sandbox-process.ts';
import { settingsFor } from './settings-for.ts';
import { complain, say } from './terminal.ts';

/** Runs until SIGTERM or SIGINT; a second signal, or the configured time, ends it at once. */
export async function start(options: {
  readonly config?: string;
  readonly json?: boolean;
}): Promise<ExitCode> {
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const { settings } = loaded;
  await makeFolders(settings);
  const journal = await openSqliteJournal(settings.state, systemClock);
  if ('refused' in journal) {
    complain(journal.sentence);
    return EXIT.startRefused;
  }
  const log = createLog({
    ...settings.log,
    level: loaded.process.logLevel ?? settings.log.level,
    console: options.json === true ? 'json' : 'pretty',
    color: loaded.process.color && process.stdout.isTTY,
  });
  let sandbox: SandboxProcess | undefined;
  let banks: readonly OpenBank[] = [];
  try {
    await sweepLeftovers(settings);
    const builtIn = sandboxBank(settings);
    if (builtIn !== undefined) sandbox = await startSandboxProcess(settings, builtIn);
    const opened = await openBanks(settings);
    if (opened === undefined) return EXIT.configuration;
    banks = opened;
    const daemon = await buildDaemon(settings, journal, banks, log);
    if ('kind' in daemon) {
      complain(daemon.reason);
      return EXIT.startRefused;
    }
    return await run(settings, daemon, log, options.json !== true);
  } catch (failure) {
    complain(failure instanceof Error ? failure.message : String(failure));
    return EXIT.startRefused;
  } finally {
    await Promise.all(banks.map(({ channel }) => channel.close()));
    await sandbox?.stop();
    await journal.close();
    await log.close();
  }
}

async function run(settings: Settings, daemon: Daemon, log: Log, greet: boolean): Promise<ExitCode> {
  const stopping = stopOnSignal(settings.stopWithinMs, log);
  let watch: FolderWatch | undefined;
  let schedules: Schedules | undefined;
  try {
    const watched = [...settings.companies.map(({ outbox }) => outbox), decisionsFolder(settings)];
    watch = await watchFolders(watched, () => daemon.hint(), {
      polling: settings.watch === 'polling',
      onError: (error) => log.warn('watcher.failed', { reason: error.message }),
    });
    schedules = startSchedules(schedulesOf(settings, daemon), (name, error) =>
      log.error('schedule.failed', { schedule: name, reason: String(error) }),
    );
    log.info('daemon.started', {
      version: VERSION,
      config: settings.path,
      banks: settings.banks.length,
      accounts: settings.accounts.length,
    });
    if (greet) greeting(settings);
    await daemon.run(stopping.signal);
    log.info('daemon.stopped');
    return EXIT.ok;
  } catch (failure) {
    log.error('daemon.failed', { reason: failure instanceof Error ? failure.message : String(failure) });
    complain(`${PRODUCT} stops: ${failure instanceof Error ? failure.message : String(failure)}`);
    return EXIT.journalFailed;
  } finally {
    stopping.done();
    schedules?.stop();
    await watch?.close();
  }
}

/** Only for the journal's one owner: a second instance would take the first one's half-written files from it. */
async function sweepLeftovers(settings: Settings): Promise<void> {
  for (const { inbox } of settings.companies) await sweepParts(inbox);
  const spool = join(settings.state, 'spool');
  for (const entry of await readdir(spool, { withFileTypes: true }))
    if (entry.isDirectory()) await sweepParts(join(spool, entry.name));
}

async function makeFolders(settings: Settings): Promise<void> {
  const folders = settings.companies.flatMap(({ outbox, inbox, archive }) => [outbox, inbox, archive]);
  for (const folder of [...folders, join(settings.state, 'spool'), decisionsFolder(settings)])
    await mkdir(folder, { recursive: true });
}

async function openBanks(settings: Settings): Promise<OpenBank[] | undefined> {
  const banks: OpenBank[] = [];
  let sound = true;
  for (const bank of settings.banks) {
    const opened = await openBank(bank, settings);
    if (typeof opened !== 'string') banks.push(opened);
    else {
      complain(`Bank ${bank.name}: ${opened}`);
      sound = false;
    }
  }
  return sound ? banks : undefined;
}

function schedulesOf(settings: Settings, daemon: Daemon): Schedule[] {
  const { timeZone } = settings;
  return settings.accounts.flatMap(({ iban, balances, history, statements }) => {
    const of = (kind: 'balance' | 'history' | 'statement', cron: string | undefined): Schedule[] =>
      cron === undefined
        ? []
        : [{ name: `${kind} ${iban}`, cron, timeZone, fire: () => daemon.wake(iban, kind) }];
    return [...of('balance', balances), ...of('history', history), ...of('statement', statements?.at)];
  });
}

/** What a new user needs to know within seconds: where to put a file, and what will happen. */
function greeting(settings: Settings): void {
  say(`\n${PRODUCT} ${VERSION} is running. Configuration: ${settings.path}`);
  for (const company of settings.companies) {
    say(`\n  ${company.name}`);
    say(`    Drop a payment file (pain.001) or a request (camt.060) into  ${company.outbox}`);
    say(`    Outcomes, balances, history and statements appear in         ${company.inbox}`);
    say(`    Everything that passed through can be read in                ${company.archive}`);
  }
  if (sandboxBank(settings) !== undefined)
    say(
      '\n  The bank is the built-in sandbox: no real money moves. Try it: npm run --silent goniec -- example > outbox/first.xml',
    );
  say('  Stop with Ctrl+C.\n');
}

function stopOnSignal(withinMs: number, log: Log): { readonly signal: AbortSignal; done(): void } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onSignal = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(EXIT.ok);
    log.info('daemon.stopping', { signal: name, withinMs });
    // What is still being sent by then is in doubt at the next start and will be asked about: safe, only slower.
    timer = setTimeout(() => process.exit(EXIT.ok), withinMs);
    controller.abort();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return {
    signal: controller.signal,
    done: () => {
      clearTimeout(timer);
      process.off('SIGTERM', onSignal);
      process.off('SIGINT', onSignal);
    },
  };
}
