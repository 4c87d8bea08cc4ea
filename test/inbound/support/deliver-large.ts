// One process that delivers one large kept answer with the real disk, journal and readers, twice for a history, and says what it
// took: `node deliver-large.ts <folder> <statement|history> <entries>`.

import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BankChannel } from '../../../src/bank/channel.ts';
import { readHistory } from '../../../src/bank/cdc/answers/history.ts';
import { readStatement } from '../../../src/bank/cdc/answers/statement.ts';
import { BNP } from '../../../src/bank/cdc/dialects/bnp.ts';
import type { Fetch } from '../../../src/domain/account-life.ts';
import { accountFileWriter } from '../../../src/erp/account-file/write-account-file.ts';
import { createIso20022Format } from '../../../src/erp/iso20022/iso20022-format.ts';
import { diskFileStore } from '../../../src/files/disk-file-store.ts';
import { AccountBook } from '../../../src/inbound/account-book.ts';
import { answerFolder, deliverPending } from '../../../src/inbound/collect.ts';
import type { CollectedAccount, InboundPorts } from '../../../src/inbound/inbound-ports.ts';
import { openSqliteJournal } from '../../../src/journal/sqlite-journal.ts';
import { systemClock } from '../../../src/triggers/system-clock.ts';
import { CAMT_ALONE } from '../../erp/formats-wanted.ts';
import { LARGE_ACCOUNT, LARGE_DAY, writeLargeAnswer } from './large-answer.ts';

const [folder = '', kind = 'statement', entries = '0'] = process.argv.slice(2);
const isHistory = kind === 'history';
for (const name of ['inbox', 'archive', 'state']) mkdirSync(join(folder, name), { recursive: true });

const journal = await openSqliteJournal(join(folder, 'state'), systemClock);
if ('refused' in journal) throw new Error(journal.sentence);

const unasked = (): never => {
  throw new Error('Nobody asks this here.');
};
const channel: BankChannel = {
  bank: 'bank',
  compose: unasked,
  makeReady: unasked,
  submit: unasked,
  ask: unasked,
  collect: unasked,
  readBalances: unasked,
  readAttachment: unasked,
  reach: unasked,
  readHistory: (answer, take) => readHistory(answer, BNP, take),
  readStatement: (answer, take) => readStatement(answer, BNP, take),
  close: async () => undefined,
};
const silent = () => undefined;
const log: InboundPorts['log'] = {
  debug: silent,
  info: silent,
  warn: (event, fields) => console.error(event, fields),
  error: (event, fields) => console.error(event, fields),
  child: () => log,
  close: async () => undefined,
};
const ports: InboundPorts = {
  journal,
  files: diskFileStore,
  clock: systemClock,
  log,
  format: createIso20022Format(),
  writeAccountFile: accountFileWriter({ timeZone: 'Europe/Warsaw' }),
  timeZone: 'Europe/Warsaw',
  spoolFolder: join(folder, 'state', 'spool'),
  historySpanDays: () => 7,
  channel: () => channel,
  bookings: () => ({ take: async () => undefined, settle: async () => [] }),
  stop: new AbortController().signal,
};
const account: CollectedAccount = {
  iban: LARGE_ACCOUNT,
  currency: 'PLN',
  company: 'acme',
  bank: 'bank',
  inbox: join(folder, 'inbox'),
  archive: join(folder, 'archive'),
  since: LARGE_DAY,
  pdf: false,
  kinds: ['statement'],
  formats: CAMT_ALONE,
};
const fetch: Fetch = isHistory
  ? { kind: 'history', from: LARGE_DAY, to: LARGE_DAY }
  : { kind: 'statement', day: LARGE_DAY };

const times: number[] = [];
for (let round = 0; round < (isHistory ? 2 : 1); round += 1) {
  const book = await AccountBook.open(journal, account.company, account.iban);
  const answers = answerFolder(ports, account.iban);
  mkdirSync(answers, { recursive: true });
  const name = `answer-${round}.xml`;
  const sizeBytes = await writeLargeAnswer(
    join(answers, name),
    isHistory ? 'history' : 'statement',
    Number(entries),
  );
  await book.record({
    type: 'answer-kept',
    query: JSON.stringify(fetch),
    answer: { name, sha256: '', sizeBytes },
  });
  const begun = performance.now();
  const delivered = await deliverPending(ports, account, book);
  times.push(Math.round(performance.now() - begun));
  if (delivered.kind !== 'done') throw new Error(JSON.stringify(delivered));
}
await journal.close();
const inbox = readdirSync(account.inbox);
console.log(
  JSON.stringify({
    times,
    peakMebibytes: Math.round(process.resourceUsage().maxRSS / 1024),
    files: inbox.length,
    inboxBytes: inbox.reduce((sum, name) => sum + statSync(join(account.inbox, name)).size, 0),
  }),
);
