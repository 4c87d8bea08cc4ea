// `goniec check`: configuration, folders, keys, certificates, journal and banks in one run, each problem with what to do.

import { counted } from '../domain/counted.ts';
import { X509Certificate } from 'node:crypto';
import { access, constants, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BankSettings, Settings } from '../config/settings.ts';
import type { BankTerms } from '../domain/bank-profile.ts';
import { diskFileStore } from '../files/disk-file-store.ts';
import { openJournalForReading } from '../journal/sqlite-journal.ts';
import { awayReason, foldersAway, type MarkedFolder } from '../outbound/company-folders.ts';
import { systemClock } from '../triggers/system-clock.ts';
import { visibleText } from '../operations/visible-text.ts';
import { alertChannels } from './alerts/alert-channels.ts';
import { openBank, type OpenBank } from './bank-channels.ts';
import { creditorListFindings } from './creditor-lists.ts';
import { sandboxFolder } from './signing-key.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { addressFault } from './known-address.ts';
import { sandboxBank, startSandboxProcess, type SandboxProcess } from './sandbox-process.ts';
import { settingsFor } from './settings-for.ts';
import { say, sayJson, table } from './terminal.ts';

const DAY_MS = 86_400_000;
const EXPIRES_SOON_DAYS = 60;

export interface Finding {
  readonly about: string;
  readonly ok: boolean;
  readonly text: string;
}

export async function check(options: {
  readonly config?: string;
  readonly json?: boolean;
}): Promise<ExitCode> {
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const { settings } = loaded;
  const findings: Finding[] = [
    {
      about: 'configuration',
      ok: true,
      text: `${settings.path}: ${counted(settings.companies.length, 'company', 'companies')}, ${counted(settings.banks.length, 'bank')}, ${counted(settings.accounts.length, 'account')}`,
    },
  ];
  findings.push(...(await folderFindings(settings)), await journalFinding(settings));
  findings.push(...(await creditorListFindings(settings)));
  findings.push(...(await alertFindings(settings)));
  const opened: OpenBank[] = [];
  const sandbox = await sandboxFor(settings, findings);
  for (const bank of settings.banks) findings.push(...(await bankFindings(bank, settings, opened)));
  await Promise.all(opened.map(({ channel }) => channel.close()));
  await sandbox?.stop();
  const problems = findings.filter(({ ok }) => !ok).length;
  if (options.json === true)
    sayJson({
      ok: problems === 0,
      findings,
      operations: opened.map(({ terms }) => ({ bank: terms.name, rows: terms.operations })),
    });
  else {
    for (const { about, ok, text } of findings) say(`${ok ? 'ok      ' : 'PROBLEM '} ${about}: ${text}`);
    for (const { terms } of opened)
      say(`\nOperations of ${terms.name} (the first row that fits decides)\n${operationTable(terms)}`);
    say(problems === 0 ? '\nEverything is ready.' : `\n${counted(problems, 'problem')}.`);
  }
  return problems === 0 ? EXIT.ok : EXIT.attention;
}

async function folderFindings(settings: Settings): Promise<Finding[]> {
  const away = new Map((await awayFolders(settings)).map((folder) => [folder.path, awayReason(folder)]));
  const folders = settings.companies.flatMap((company) => [
    { about: `outbox of ${company.name}`, path: company.outbox },
    { about: `inbox of ${company.name}`, path: company.inbox },
    { about: `archive of ${company.name}`, path: company.archive },
  ]);
  return Promise.all(
    [...folders, { about: 'state', path: settings.state }].map(async ({ about, path }) => {
      const text = away.get(path);
      return text === undefined ? folderFinding(about, path) : { about, ok: false, text };
    }),
  );
}

/** Folders that were there once; none while there is no journal to know it from. */
async function awayFolders(settings: Settings): Promise<MarkedFolder[]> {
  const journal = await openJournalForReading(settings.state);
  if ('refused' in journal) return [];
  try {
    const away = settings.companies.map((company) => foldersAway(journal, diskFileStore, company));
    return (await Promise.all(away)).flat();
  } finally {
    await journal.close();
  }
}

async function folderFinding(about: string, path: string): Promise<Finding> {
  const existing = await nearestExisting(path);
  try {
    await access(existing, constants.R_OK | constants.W_OK | constants.X_OK);
    if (!(await stat(existing)).isDirectory())
      return { about, ok: false, text: `${existing} is not a folder. Move it away or name another one.` };
    return { about, ok: true, text: existing === path ? path : `${path} (will be made at start)` };
  } catch (failure) {
    return {
      about,
      ok: false,
      text: `${path} can not be read and written (${codeOf(failure)}). Give the account Goniec runs under the right to.`,
    };
  }
}

/** The folder itself or the first of its parents that is there. */
async function nearestExisting(path: string): Promise<string> {
  for (let folder = path; ; folder = dirname(folder)) {
    try {
      await stat(folder);
      return folder;
    } catch {
      if (dirname(folder) === folder) return folder;
    }
  }
}

async function journalFinding(settings: Settings): Promise<Finding> {
  const present = await stat(join(settings.state, 'journal.sqlite')).then(
    () => true,
    () => false,
  );
  if (!present) return { about: 'journal', ok: true, text: 'none yet; it is made at the first start' };
  const journal = await openJournalForReading(settings.state);
  if ('refused' in journal) return { about: 'journal', ok: false, text: journal.sentence };
  const damage = await journal.verify();
  const open = await journal.openStreams('order/');
  await journal.close();
  if (damage !== undefined)
    return {
      about: 'journal',
      ok: false,
      text: `Record ${damage.sequence}: ${damage.reason} Restore the state folder from backup.`,
    };
  return { about: 'journal', ok: true, text: `sound, ${counted(open.length, 'open order')}` };
}

/** Connects and signs in; nothing is sent. */
async function alertFindings({ alerts }: Settings): Promise<Finding[]> {
  if (alerts === undefined)
    return [{ about: 'alerts', ok: true, text: 'none configured: nobody is told; see docs/alerts.md' }];
  try {
    const channels = await alertChannels(alerts);
    return await Promise.all(
      channels.map(async (channel) => {
        const outcome = await channel.verify();
        const ok = outcome.kind === 'sent';
        const text = visibleText(ok ? outcome.detail : outcome.reason);
        return { about: `alerts, ${channel.name}`, ok, text };
      }),
    );
  } catch (failure) {
    return [
      { about: 'alerts', ok: false, text: failure instanceof Error ? failure.message : String(failure) },
    ];
  }
}

async function sandboxFor(settings: Settings, findings: Finding[]): Promise<SandboxProcess | undefined> {
  const bank = sandboxBank(settings);
  if (bank === undefined) return undefined;
  try {
    return await startSandboxProcess(settings, bank, new AbortController().signal);
  } catch (failure) {
    findings.push({
      about: `bank ${bank.name}`,
      ok: false,
      text: failure instanceof Error ? failure.message : String(failure),
    });
    return undefined;
  }
}

async function bankFindings(bank: BankSettings, settings: Settings, opened: OpenBank[]): Promise<Finding[]> {
  const about = `bank ${bank.name}`;
  const misplaced = addressFault(bank.url, bank.environment);
  if (misplaced !== undefined)
    return [{ about, ok: false, text: `${bank.url} ${misplaced.message}. ${misplaced.remedy}` }];
  const missing = await missingFiles(bank);
  if (missing.length > 0) return missing.map((text) => ({ about, ok: false, text }));
  const open = await openBank(bank, settings);
  if (typeof open === 'string') return [{ about, ok: false, text: open }];
  opened.push(open);
  const communication = bank.tls?.certificate ?? join(sandboxFolder(settings), 'client.pem');
  const findings = [
    certificateFinding(
      `${about}, communication certificate`,
      new X509Certificate(await readFile(communication)),
    ),
  ];
  if (open.signing !== undefined)
    findings.push(certificateFinding(`${about}, authorization certificate`, open.signing.certificate));
  else
    findings.push({
      about: `${about}, authorization`,
      ok: true,
      text: 'none: orders go unsigned and people sign them in the e-bank',
    });
  const unreachable = await open.channel.reach();
  findings.push({
    about,
    ok: unreachable === undefined,
    text: unreachable ?? `${bank.url} answers (${bank.environment})`,
  });
  if (bank.profile.notFound.length === 0 && bank.profile.duplicate.length === 0) {
    findings.push({
      about: `${about}, profile`,
      ok: true,
      text: 'nothing is known of unknown and repeated ids, so an unclear submission ends held for a person; see "goniec probe"',
    });
  }
  return findings;
}

/** All of them, because a bank sends its answers together. */
async function missingFiles({ tls, signing }: BankSettings): Promise<string[]> {
  const named: [what: string, path: string | undefined][] = [
    ['communication certificate', tls?.certificate],
    ['key of the communication certificate', tls?.key],
    ["certificate of the bank's authority", tls?.ca],
    ['authorization certificate', signing?.certificate],
    ['key of the authorization certificate', signing?.key],
  ];
  const sentences: string[] = [];
  for (const [what, path] of named)
    if (path !== undefined && (await stat(path).catch(codeOf)) === 'ENOENT')
      sentences.push(
        `The ${what} is not there yet: put it into ${path}, or correct its path in the configuration.`,
      );
  return sentences;
}

function codeOf(failure: unknown): string {
  return failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown';
}

function certificateFinding(about: string, certificate: X509Certificate): Finding {
  const daysLeft = Math.floor((Date.parse(certificate.validTo) - systemClock.now()) / DAY_MS);
  const text = `${certificate.subject.replace(/\n/g, ', ')}, valid to ${certificate.validTo} (${daysLeft} days)`;
  if (daysLeft < 0) return { about, ok: false, text: `${text}: expired. Ask the bank for a new one.` };
  return daysLeft < EXPIRES_SOON_DAYS
    ? { about, ok: false, text: `${text}: renew it now.` }
    : { about, ok: true, text };
}

function operationTable(terms: BankTerms): string {
  return table([
    ['  operation', 'currency', 'creditor account', 'transfers per message'],
    ...terms.operations.map((row) => [
      `  ${row.operation}`,
      row.currency === 'domestic' ? terms.rules.domesticCurrency : (row.currency ?? 'any'),
      row.creditor === 'domestic'
        ? `in ${terms.rules.domesticCountry}`
        : row.creditor === 'same-bank'
          ? 'at the same bank'
          : row.creditor === 'sepa'
            ? 'in SEPA'
            : 'any',
      String(terms.rules.transfersPerMessageMax),
    ]),
  ]);
}
