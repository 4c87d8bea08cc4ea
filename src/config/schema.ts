// Every key of the configuration file: unit, default, bounds and meaning. The one place; loader and reference are made from it.

import { alerts } from './alerts-schema.ts';
import { banks } from './bank-schema.ts';
import { amount, cron, currency, iban, isoDate, timeZone } from './domain-leaves.ts';
import { defaultedGroup, listOfGroups, optionalGroup, type Content } from './groups.ts';
import { defaulted, filledListOf, listOfDistinct, optional, required } from './keys.ts';
import { choice, name, path, text, whole, yesOrNo } from './leaves.ts';
import { duration, size } from './quantities.ts';

const log = {
  level: defaulted(choice('debug', 'info', 'warn', 'error'), 'info', 'Least important line that is written.'),
  folder: optional(path, 'Where the log files go. Left out: `log` in the state folder.'),
  fileSizeMax: defaulted(size('10KB', '1GB'), '10MB', 'A larger file is put aside and a new one begun.'),
  filesMax: defaulted(whole(2, 1_000, 'files'), 10, 'Files that are kept, the one being written included.'),
};

const readiness = {
  checks: defaulted(whole(1, 20), 2, 'Checks in a row that must see the same size and time.'),
  checkEvery: defaulted(duration('10ms', '1m'), '500ms', 'Time between two checks.'),
  minimumAge: defaulted(duration('0s', '1h'), '1s', 'How long a file must have been seen unchanged.'),
  sizeMax: defaulted(size('1KB', '2GB'), '300MB', 'A larger file is reported and left where it is.'),
  incompleteAfter: defaulted(
    duration('100ms', '7d'),
    '10m',
    'A file that stays incomplete for this long is reported.',
  ),
};

const encoding = choice('utf-8', 'utf-8-bom', 'windows-1250', 'iso-8859-2', 'cp852', 'mazovia', 'ascii');
const lineEnd = defaulted(choice('crlf', 'lf'), 'crlf', 'How lines end.');

const elixirO = {
  encoding: required(
    choice('windows-1250', 'iso-8859-2', 'cp852', 'mazovia', 'utf-8'),
    'Of the texts; the format does not say it.',
  ),
  complete: defaulted(
    choice('done-file', 'rename'),
    'done-file',
    'How a file shows that it is whole, since its end looks like that of any line: `done-file`, an empty file beside it with its name and `.done`, which Goniec removes; `rename`, the ERP writes under another name (`*.tmp`) and renames.',
  ),
  splitPayment: defaulted(
    choice('refused', 'title'),
    'refused',
    'What becomes of orders with the classification 53. `title`: the bank has confirmed that it knows a split payment by its title, which is all that its message can say.',
  ),
  language: defaulted(
    choice('pl', 'en'),
    'pl',
    'Of the text (`status_….txt`) that tells people about each list; reasons in it stand as the bank or Goniec words them.',
  ),
};

const erp = {
  elixirO: optionalGroup(elixirO, 'Payments come as Elixir-O (PLI), too. Left out: such files are refused.'),
  statements: filledListOf(
    choice('camt', 'mt940', 'csv'),
    ['camt'],
    "In which formats statements come: the bank's camt.053, MT940, a table for people.",
  ),
  history: filledListOf(
    choice('camt', 'mt942', 'csv'),
    ['camt'],
    'In which formats new operations come: camt.052, MT942, a table for people.',
  ),
  mt940: defaultedGroup(
    {
      dialect: defaulted(
        choice('tilde', 'angle', 'swift'),
        'tilde',
        'How field 86 is divided: `~20`, `<20`, or `?20` within six lines of 65 characters.',
      ),
      encoding: defaulted(encoding, 'cp852', 'Of the texts; `ascii` is the character set of SWIFT.'),
      lineEnd,
    },
    'How MT940 and MT942 are written.',
  ),
  csv: defaultedGroup(
    {
      encoding: defaulted(encoding, 'utf-8-bom', 'Of the texts. Spreadsheets know UTF-8 by its mark.'),
      lineEnd,
    },
    'How the table is written.',
  ),
};

const hold = {
  transferAbove: listOfDistinct(
    amount,
    ({ currency }) => currency,
    'A larger transfer is held. Where this is not empty, so is one in a currency that is not in it.',
  ),
  fileAbove: listOfDistinct(
    amount,
    ({ currency }) => currency,
    'The same for the sum of all transfers of a file in one currency.',
  ),
  creditorsNotIn: optional(
    path,
    'A list of accounts, one on each line, read anew for every file. Transfers to others are held.',
  ),
};

const companies = listOfGroups(
  {
    name: required(name, 'How accounts and logs refer to the company.'),
    outbox: required(path, 'The ERP writes payments and requests here.'),
    inbox: required(path, 'The ERP reads outcomes, balances, history and statements here.'),
    archive: required(path, 'Everything that passed through is kept here.'),
    erp: defaultedGroup(erp, 'What its ERP writes and reads; docs/erp says what the formats contain.'),
    hold: defaultedGroup(
      hold,
      'What is held for a person before it is sent. Left out: nothing that is in order.',
    ),
  },
  'The companies, at least one. No two folders are the same or lie in each other.',
);

const accounts = listOfGroups(
  {
    iban: required(iban, 'Number of the account; each stands once.'),
    company: required(name, 'Name of the company it belongs to.'),
    bank: required(name, 'Name of the bank it is at.'),
    currency: required(currency, 'Its currency.'),
    name: optional(text(70), 'What people call it.'),
    balances: optional(cron, 'When balances are fetched.'),
    history: optional(cron, 'When new operations are fetched.'),
    statements: optionalGroup(
      {
        at: required(cron, 'When finished days are fetched.'),
        pdf: defaulted(yesOrNo, false, "The bank's PDF is fetched as well."),
        since: optional(isoDate, 'First day wanted. Left out: a week before the first start.'),
      },
      'Statements. Left out: none are fetched.',
    ),
  },
  'The accounts, at least one. Payments find their bank by the debtor account.',
);

const days = whole(1, 3_650, 'days');

export const fileKeys = {
  state: defaulted(path, '../state', 'Journal and prepared messages. A local disk, never a network share.'),
  timeZone: defaulted(timeZone, 'Europe/Warsaw', 'Zone of business days and schedules.'),
  log: defaultedGroup(log, 'The log.'),
  readiness: defaultedGroup(readiness, 'When a file in an outbox counts as complete.'),
  scanEvery: defaulted(
    duration('50ms', '1h'),
    '10s',
    'How often the outboxes are looked through; watching only makes it sooner.',
  ),
  watch: defaulted(
    choice('auto', 'native', 'polling'),
    'auto',
    'How changes in an outbox are noticed early. `polling` for network shares.',
  ),
  stopWithin: defaulted(duration('100ms', '10m'), '30s', 'Longest wait at a stop for what is under way.'),
  tellEvery: defaulted(
    duration('0s', '1d'),
    '60s',
    'Interim status files of an order are written at most this often; the last one at once.',
  ),
  executionDate: defaultedGroup(
    {
      pastAllowedDays: defaulted(whole(0, 30, 'days'), 0, 'An execution date may lie this far in the past.'),
      futureMaxDays: defaulted(whole(0, 3_650, 'days'), 365, 'An execution date may lie this far ahead.'),
    },
    'Which execution dates are taken; others are refused.',
  ),
  duplicates: defaultedGroup(
    {
      sameBytesDays: defaulted(days, 400, 'How far back a file with the same bytes counts as the same file.'),
      sameMessageIdDays: defaulted(days, 400, 'How far back the same MsgId with other content is held.'),
      samePaymentsDays: defaulted(days, 400, 'How far back the same payments under new ids are held.'),
      repeatedIdsDays: defaulted(days, 400, 'How far back a repeated PmtInfId or EndToEndId is noticed.'),
      repeatedIds: defaulted(
        choice('warn', 'hold', 'ignore'),
        'warn',
        'What a PmtInfId or EndToEndId that was used before in another file means.',
      ),
    },
    'When a file counts as a repeat.',
  ),
  companies,
  banks,
  accounts,
  alerts,
};

/** The file's content after checking: the file's own names, numbers in milliseconds and bytes, relative paths. */
export type FileSettings = Content<typeof fileKeys>;
