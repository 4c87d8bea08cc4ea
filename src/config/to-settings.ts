// From the file's names to the product's: units go into the names, relative paths become absolute.

import { dirname, join, resolve } from 'node:path';
import type { OrderRules } from '../domain/bank-profile.ts';
import type { AlertsFile } from './alerts-schema.ts';
import type { BankFile } from './bank-schema.ts';
import type { FileSettings } from './schema.ts';
import type { AccountSettings, AlertSettings, BankSettings, SecretRef, Settings } from './settings.ts';

/** The settings of a checked file at the absolute `path`; relative paths are relative to its folder. */
export function toSettings(file: FileSettings, path: string): Settings {
  const at = (relative: string): string => resolve(dirname(path), relative);
  const { log, readiness, companies, banks, accounts, duplicates, executionDate, timeZone, watch } = file;
  const state = at(file.state);
  return {
    path,
    state,
    timeZone,
    log: {
      level: log.level,
      folder: log.folder === undefined ? join(state, 'log') : at(log.folder),
      fileSizeMaxBytes: log.fileSizeMax,
      filesMax: log.filesMax,
    },
    readiness: {
      checks: readiness.checks,
      checkEveryMs: readiness.checkEvery,
      minimumAgeMs: readiness.minimumAge,
      sizeMaxBytes: readiness.sizeMax,
      incompleteAfterMs: readiness.incompleteAfter,
    },
    scanEveryMs: file.scanEvery,
    watch,
    stopWithinMs: file.stopWithin,
    tellEveryMs: file.tellEvery,
    executionDate,
    duplicates,
    companies: companies.map(
      ({ name, outbox, inbox, archive, erp, hold: { creditorsNotIn, ...limits } }) => ({
        name,
        outbox: at(outbox),
        inbox: at(inbox),
        archive: at(archive),
        erp,
        hold: { ...limits, ...(creditorsNotIn !== undefined && { creditorsNotIn: at(creditorsNotIn) }) },
      }),
    ),
    banks: banks.map((bank) => bankSettings(bank, at)),
    accounts: accounts.map((account): AccountSettings => {
      const { statements, ...rest } = present(account);
      return statements === undefined ? rest : { ...rest, statements: present(statements) };
    }),
    ...(file.alerts && { alerts: alertSettings(file.alerts, at) }),
  };
}

function alertSettings(alerts: AlertsFile, at: (relative: string) => string): AlertSettings {
  const { language, mail, webhook, maintenance } = alerts;
  return {
    language,
    ...(mail && { mail: withPaths(present(mail), at) }),
    ...(webhook && { webhook: withPaths(present(webhook), at) }),
    bankUnreachableAfterMs: alerts.bankUnreachableAfter,
    folderAwayAfterMs: alerts.folderAwayAfter,
    statementOverdueAfterMs: alerts.statementOverdueAfter,
    diskFreeMinBytes: alerts.diskFreeMin,
    maintenance: maintenance.map(present),
  };
}

/** The files of a way to tell with absolute paths. */
function withPaths<T extends { ca?: string; password?: SecretRef; secret?: SecretRef }>(
  way: T,
  at: (relative: string) => string,
): T {
  const { ca, password, secret } = way;
  return {
    ...way,
    ...(ca !== undefined && { ca: at(ca) }),
    ...(password !== undefined && { password: absolute(password, at) }),
    ...(secret !== undefined && { secret: absolute(secret, at) }),
  };
}

function absolute(reference: SecretRef, at: (relative: string) => string): SecretRef {
  return 'file' in reference ? { file: at(reference.file) } : reference;
}

function bankSettings(bank: BankFile, at: (relative: string) => string): BankSettings {
  const { tls, signing, signatureProfile, header, timeouts, limits, rules, profile, follow, ...plain } =
    present(bank);
  return {
    ...plain,
    ...(tls && { tls: keyFiles({ ...present(tls), ca: at(tls.ca) }, at) }),
    ...(signing && { signing: keyFiles(present(signing), at) }),
    ...(signatureProfile && { signatureProfile: present(signatureProfile) }),
    ...(header && { header: present(header) }),
    timeouts: { connectMs: timeouts.connect, answerMs: timeouts.answer },
    limits: present(limits),
    rules: orderRules(rules, limits.transfersPerMessageMax),
    profile: {
      notFound: profile.notFound,
      duplicate: profile.duplicate,
      refusal: profile.refusal,
      systemic: profile.systemic,
      arrivalBoundMs: profile.arrivalBound,
      rejectMeansRejected: profile.rejectMeansRejected,
    },
    follow: {
      firstAskMs: follow.firstAsk,
      askEveryMaxMs: follow.askEveryMax,
      inDoubtHoldAfterMs: follow.inDoubtHoldAfter,
      businessDaysMax: follow.businessDaysMax,
    },
  };
}

/** Only what the file says, so that it can be laid over the dialect's rules; `any` becomes a present undefined. */
function orderRules(
  rules: BankFile['rules'],
  transfersPerMessageMax: number | undefined,
): Partial<OrderRules> {
  const { textCharacters, endToEndIdPattern, initiatingPartyPattern, ...others } = present(rules);
  return {
    ...others,
    ...(textCharacters !== undefined && { textCharacters: unlessAny(textCharacters) }),
    ...(initiatingPartyPattern !== undefined && {
      initiatingPartyPattern: unlessAny(initiatingPartyPattern),
    }),
    ...(endToEndIdPattern !== undefined && { endToEndIdPattern: unlessAny(endToEndIdPattern) }),
    ...(transfersPerMessageMax !== undefined && { transfersPerMessageMax }),
  };
}

function unlessAny(pattern: string): string | undefined {
  return pattern === 'any' ? undefined : pattern;
}

/** Key files with absolute paths. */
function keyFiles<T extends { certificate: string; key: string; passphrase?: SecretRef }>(
  files: T,
  at: (relative: string) => string,
): T {
  const { certificate, key, passphrase } = files;
  const found = { ...files, certificate: at(certificate), key: at(key) };
  return passphrase === undefined ? found : { ...found, passphrase: absolute(passphrase, at) };
}

/** The same without the keys that are undefined: absent is absent. */
function present<T extends object>(value: T): Present<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, content]) => content !== undefined),
  ) as Present<T>;
}

type Present<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };
