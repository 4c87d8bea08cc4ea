// `goniec start`: opens the journal, the banks and the triggers, runs the daemon, and stops it cleanly.

import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import type { Daemon, Stopped } from '../daemon.ts';
import { diskFileStore } from '../files/disk-file-store.ts';
import { FileFailure } from '../files/file-store.ts';
import { JournalFailure, type Journal } from '../journal/journal.ts';
import { openSqliteJournal } from '../journal/sqlite-journal.ts';
import type { Log } from '../log.ts';
import { createLog } from '../operations/log.ts';
import { watchFolders, type FolderWatch } from '../triggers/outbox-watcher.ts';
import { startSchedules, type Schedule, type Schedules } from '../triggers/schedule.ts';
import { systemClock } from '../triggers/system-clock.ts';
import { PRODUCT, VERSION } from '../version.ts';
import type { FactSources } from './alerts/alert-facts.ts';
import { BankContacts } from './alerts/bank-contact.ts';
import { tellOfStop, watchForAlerts } from './alerts/watch.ts';
import { openBank, type OpenBank } from './bank-channels.ts';
import { buildDaemon, decisionsFolder } from './build-daemon.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { notifyReady } from './notify-ready.ts';
import { operatorSentence } from './operator-fault.ts';
import { sandboxBank, startSandboxProcess, type SandboxProcess } from './sandbox-process.ts';
import { settingsFor } from './settings-for.ts';
import { listenForStop, type StopSignals } from './stop-signals.ts';
import { complain, say } from './terminal.ts';

/** Runs until it is told to stop; then what is under way is finished, or broken off after the configured time. */
export async function start(options: {
  readonly config?: string;
  readonly json?: boolean;
}): Promise<ExitCode> {
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const { settings } = loaded;
  const stopping = listenForStop(settings.stopWithinMs);
  const journal = await openSqliteJournal(settings.state, systemClock);
  if ('refused' in journal && journal.refused === 'in-use') {
    // The one that runs speaks for itself, and its log is its own.
    complain(journal.sentence);
    return EXIT.startRefused;
  }
  const log = createLog({
    ...settings.log,
    level: loaded.process.logLevel ?? settings.log.level,
    console: options.json === true ? 'json' : 'pretty',
    color: loaded.process.color && process.stdout.isTTY,
  });
  const told = async (code: ExitCode, reason: string): Promise<ExitCode> => {
    complain(reason);
    await tellOfStop(settings, options.config, log, reason);
    return code;
  };
  if ('refused' in journal) {
    await told(EXIT.startRefused, journal.sentence);
    await log.close();
    return EXIT.startRefused;
  }
  stopping.stop.addEventListener('abort', () =>
    log.info('daemon.stopping', { signal: stopping.stop.reason, withinMs: settings.stopWithinMs }),
  );
  const open: Opened = { sandbox: undefined, banks: [], contacts: new BankContacts(systemClock) };
  try {
    const daemon = await makeReady(settings, journal, log, open, stopping.stop);
    if (typeof daemon === 'number') return daemon;
    if ('refused' in daemon) return await told(daemon.refused, daemon.reason);
    const sources = { settings, journal, daemon, ...open, clock: systemClock, config: options.config };
    return await run(sources, log, options.json !== true, stopping);
  } catch (failure) {
    if (failure instanceof JournalFailure)
      return await told(EXIT.journalFailed, `${PRODUCT} stops: ${failure.message}`);
    const sentence = operatorSentence(failure);
    if (sentence === undefined) throw failure;
    return await told(EXIT.startRefused, sentence);
  } finally {
    await Promise.all(open.banks.map(({ channel }) => channel.close()));
    await open.sandbox?.stop();
    await journal.close();
    await log.close();
    stopping.done();
  }
}

/** What must be closed again, however the start ends. */
interface Opened {
  sandbox: SandboxProcess | undefined;
  banks: readonly OpenBank[];
  readonly contacts: BankContacts;
}

/** With which code the start ends, and why. */
interface Refusal {
  readonly refused: ExitCode;
  readonly reason: string;
}

/** The daemon, or why there is none; a code where it was stopped before it ran. */
async function makeReady(
  settings: Settings,
  journal: Journal,
  log: Log,
  open: Opened,
  stop: AbortSignal,
): Promise<Daemon | Refusal | ExitCode> {
  for (const folder of [join(settings.state, 'spool'), decisionsFolder(settings)])
    await mkdir(folder, { recursive: true });
  await sweepLeftovers(settings);
  const stopped = (): boolean => stop.aborted;
  const builtIn = sandboxBank(settings);
  if (builtIn !== undefined && !stopped()) open.sandbox = await startSandboxProcess(settings, builtIn, stop);
  if (stopped()) return stoppedEarly(log);
  const banks = await openBanks(settings);
  if (typeof banks === 'string') return { refused: EXIT.configuration, reason: banks };
  open.banks = banks.map((bank) => ({ ...bank, channel: open.contacts.watched(bank.channel) }));
  const daemon = await buildDaemon(settings, journal, open.banks, log);
  if (stopped()) return stoppedEarly(log);
  return 'kind' in daemon ? { refused: EXIT.startRefused, reason: daemon.reason } : daemon;
}

function stoppedEarly(log: Log): ExitCode {
  log.info('daemon.stopped', { before: 'it had begun to work' });
  return EXIT.ok;
}

async function run(
  sources: FactSources & { readonly daemon: Daemon },
  log: Log,
  greet: boolean,
  stopping: StopSignals,
): Promise<ExitCode> {
  const { settings, daemon, config } = sources;
  const ended = new AbortController();
  let alerts: Promise<void> | undefined;
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
    notifyReady(process.env, (reason) => log.warn('supervisor.not-told', { reason }));
    if (greet) greeting(settings);
    alerts = watchForAlerts(sources, log, ended.signal);
    logStop(await daemon.run(stopping.stop, stopping.limit), log);
    return EXIT.ok;
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    log.error('daemon.failed', { reason });
    complain(`${PRODUCT} stops: ${reason}`);
    ended.abort();
    await alerts;
    await tellOfStop(settings, config, log, reason);
    return EXIT.journalFailed;
  } finally {
    ended.abort();
    await alerts;
    schedules?.stop();
    await watch?.close();
  }
}

/** Names what the stop leaves unclear, so that nobody has to look for it. */
function logStop({ inDoubt, whole }: Stopped, log: Log): void {
  for (const { order, file, message } of inDoubt)
    log.warn('daemon.stopped-while-sending', {
      order,
      file,
      message,
      remedy: 'The message is in doubt. The next start asks the bank about it; nothing has to be done.',
    });
  if (!whole)
    log.warn('daemon.step-left', { reason: 'A step did not end in time; the next start does it again.' });
  log.info('daemon.stopped', { inDoubt: inDoubt.length });
}

/** Only for the journal's one owner: a second instance would take the first one's half-written files from it. */
async function sweepLeftovers(settings: Settings): Promise<void> {
  const spool = join(settings.state, 'spool');
  for (const { inbox } of settings.companies) {
    try {
      await diskFileStore.sweepParts(inbox);
    } catch (failure) {
      // Not made yet, or away: the daemon says so. A part that stays is looked at by nobody.
      if (!(failure instanceof FileFailure)) throw failure;
    }
  }
  for (const entry of await readdir(spool, { withFileTypes: true }))
    if (entry.isDirectory()) await diskFileStore.sweepParts(join(spool, entry.name));
}

/** Every bank, or what keeps any of them from being opened, each in a line. */
async function openBanks(settings: Settings): Promise<OpenBank[] | string> {
  const banks: OpenBank[] = [];
  const reasons: string[] = [];
  for (const bank of settings.banks) {
    const opened = await openBank(bank, settings);
    if (typeof opened !== 'string') banks.push(opened);
    else reasons.push(`Bank ${bank.name}: ${opened}`);
  }
  return reasons.length === 0 ? banks : reasons.join('\n');
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
    say(`\n  The bank is the built-in sandbox: no real money moves. Try it with: goniec example`);
  say('  Stop with Ctrl+C.\n');
}
