// `goniec lint`: everything Goniec would say of a file under the configuration, without claiming or sending anything.

import { dirname, resolve, sep } from 'node:path';
import type { CompanySettings, Settings } from '../config/settings.ts';
import { dayAt } from '../domain/calendar.ts';
import type { Fault } from '../domain/fault.ts';
import { ulid } from '../domain/identifiers.ts';
import type { AccountRequest, PlannedSubmission } from '../domain/order-event.ts';
import type { OwnAccount } from '../domain/rules/payment-rules.ts';
import { createErpFormat } from '../erp/erp-format.ts';
import { diskFileStoreWithLocal } from '../files/disk-file-store.ts';
import { FileFailure } from '../files/file-store.ts';
import { approvalBy } from '../outbound/approval.ts';
import { checkPayments, type Check } from '../outbound/read-payments.ts';
import { requestFaults } from '../outbound/request-faults.ts';
import { visibleWhole } from '../operations/visible-text.ts';
import { systemClock } from '../triggers/system-clock.ts';
import { bankTerms } from './bank-terms.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { LINT_WORDS, type LintLanguage, type LintWords } from './lint-words.ts';
import { settingsFor } from './settings-for.ts';
import { complain, say, sayJson, table } from './terminal.ts';

const FAULTS_MAX = 1_000;

export interface LintOptions {
  readonly config?: string;
  readonly company?: string;
  readonly json?: boolean;
  readonly language?: LintLanguage;
}

/** What would become of the file. */
interface Outlook {
  readonly file: string;
  readonly messageName: string | undefined;
  readonly messageId: string | undefined;
  readonly verdict: 'planned' | 'answered' | 'refused';
  readonly transferCount: number;
  readonly controlSum: string;
  readonly faultCount: number;
  readonly faults: readonly Fault[];
  readonly messages: readonly PlannedSubmission[];
  readonly requests: readonly AccountRequest[];
  /** Why it would be held for a person before it is sent. */
  readonly held: readonly string[];
}

/** Exits with `ok` for a file that would be planned or answered, `attention` for one that would be refused. */
export async function lint(path: string, options: LintOptions): Promise<ExitCode> {
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const { settings } = loaded;
  const company = companyOf(settings, path, options.company);
  if (options.company !== undefined && company === undefined) {
    complain(`There is no company ${options.company} in ${settings.path}.`);
    return EXIT.usage;
  }
  try {
    const outlook = await outlookOf(settings, path, company);
    if (options.json === true) sayJson(outlook);
    else tell(outlook, LINT_WORDS[options.language ?? 'en']);
    return outlook.verdict === 'refused' ? EXIT.attention : EXIT.ok;
  } catch (failure) {
    if (!(failure instanceof FileFailure)) throw failure;
    complain(`The file ${path} can not be read: ${failure.message}`);
    return EXIT.notFound;
  }
}

/** By name; else the one in whose outbox the file lies; else the only one. With several, the accounts of all are taken. */
function companyOf(settings: Settings, path: string, name?: string): CompanySettings | undefined {
  const { companies } = settings;
  if (name !== undefined) return companies.find((company) => company.name === name);
  const around = companies.find(({ outbox }) => resolve(path).startsWith(resolve(outbox) + sep));
  return around ?? (companies.length === 1 ? companies[0] : undefined);
}

async function outlookOf(
  settings: Settings,
  path: string,
  company: CompanySettings | undefined,
): Promise<Outlook> {
  const format = createErpFormat({ timeZone: settings.timeZone });
  const whole = resolve(path);
  // Nothing else is to be done meanwhile, wherever the file lies.
  const files = diskFileStoreWithLocal(dirname(whole));
  const source = (): AsyncIterable<Uint8Array> => files.read(whole, { lent: true });
  const account = accountsOf(settings, company);
  const today = dayAt(systemClock.now(), settings.timeZone);
  const dates = { today, ...settings.executionDate };
  const approval = await approvalBy(files, company?.hold ?? { transferAbove: [], fileAbove: [] });
  const rules = { account, dates, faultsMax: FAULTS_MAX };
  const forms = { elixirO: company?.erp.elixirO };
  const reading = await checkPayments(format, source, rules, forms, ({ transfer }) => approval.add(transfer));
  const { verdict, erp } = reading;
  if (reading.faultCount > 0) return refused(path, reading, reading.faults, reading.faultCount);
  if (verdict.kind === 'request') {
    const strangers = requestFaults(verdict.requests, today, account);
    if (strangers.length > 0) return refused(path, reading, strangers, strangers.length);
  } else {
    const conversion = await format.convert(source, forms);
    if (conversion.kind === 'impossible')
      return refused(path, reading, conversion.faults, conversion.faults.length);
  }
  return {
    ...refused(path, reading, [], 0),
    verdict: verdict.kind === 'request' ? 'answered' : 'planned',
    messageId: erp.messageId,
    // With the ids it would get if it were taken over at this instant.
    messages: reading.plan.plan(ulid(systemClock.now(), systemClock.random(10))),
    requests: verdict.requests,
    held: verdict.kind === 'request' ? [] : approval.reasons(),
  };
}

function refused(path: string, { erp }: Check, faults: readonly Fault[], faultCount: number): Outlook {
  return { file: path, ...erp, verdict: 'refused', faultCount, faults, messages: [], requests: [], held: [] };
}

function accountsOf(
  settings: Settings,
  company: CompanySettings | undefined,
): (iban: string) => OwnAccount | undefined {
  const terms = new Map(settings.banks.map((bank) => [bank.name, bankTerms(bank)]));
  const own = new Map<string, OwnAccount>();
  for (const account of settings.accounts) {
    const ofBank = terms.get(account.bank);
    if (ofBank === undefined || (company !== undefined && account.company !== company.name)) continue;
    own.set(account.iban, { iban: account.iban, currency: account.currency, terms: ofBank });
  }
  return (iban) => own.get(iban);
}

function tell(outlook: Outlook, words: LintWords): void {
  const { file, messageName, messageId, verdict, transferCount, controlSum, faultCount, faults } = outlook;
  for (const { line, column, path, value, message, remedy, rule } of faults) {
    const found = value === undefined ? '' : ` ${words.found}: ${value}.`;
    say(
      visibleWhole(
        `${file}:${line}:${column}  ${path === '' ? '' : `${path}: `}${message}${found} ${remedy} (${rule})`,
      ),
    );
  }
  if (faultCount > faults.length) say(words.more(faultCount - faults.length));
  const what = `${messageName ?? words.unknownKind}${messageId === undefined ? '' : `, MsgId ${messageId}`}`;
  say(`${file}: ${words.holds(what, transferCount, controlSum)}`);
  switch (verdict) {
    case 'refused':
      say(words.refused(faultCount));
      break;
    case 'answered':
      say(words.answered(outlook.requests.length));
      break;
    case 'planned':
      say(table([words.headings, ...outlook.messages.map((message) => messageRow(message, words))]));
      say(words.planned);
      for (const reason of outlook.held) say(visibleWhole(words.held(reason)));
  }
}

function messageRow(message: Outlook['messages'][number], words: LintWords): string[] {
  const days = [...new Set(message.blocks.map(({ executionDate }) => executionDate))].sort();
  const [first = '', last = first] = [days[0], days.at(-1)];
  return [
    String(message.part),
    message.bank,
    message.operation,
    String(message.blocks.length),
    String(message.count),
    message.controlSum,
    first === last ? first : `${first} ${words.to} ${last}`,
  ];
}
