// The way in over a simulated disk and journal, with a bank whose accounts a test fills: entries, statements, and how much it
// answers at once.

import type { AccountQuery, AnswerBytes, BankChannel, KeepAnswer } from '../../../src/bank/channel.ts';
import { daysBetween } from '../../../src/domain/calendar.ts';
import { parseDecimal, ZERO } from '../../../src/domain/decimal.ts';
import type { EntrySource } from '../../../src/domain/account-event.ts';
import type { EntryPlace, ListedEntry, TakenEntry } from '../../../src/domain/entry.ts';
import { accountFileWriter } from '../../../src/erp/account-file/write-account-file.ts';
import { createIso20022Format } from '../../../src/erp/iso20022/iso20022-format.ts';
import { AccountBook } from '../../../src/inbound/account-book.ts';
import { Collector } from '../../../src/inbound/collector.ts';
import type { CollectedAccount, InboundPorts } from '../../../src/inbound/inbound-ports.ts';
import type { Journal } from '../../../src/journal/journal.ts';
import { wholeOf } from '../../bank/cdc/read-answers.ts';
import { OURS, SAME_BANK } from '../../domain/sketches.ts';
import { CAMT_ALONE } from '../../erp/formats-wanted.ts';
import { createSimulatedDisk, type SimulatedDisk } from '../../files/simulated-disk.ts';
import { createEffects, SimulatedCrash, type Effects } from '../../files/simulated-effects.ts';
import { createSimulatedJournal } from '../../journal/simulated-journal.ts';
import { createTestClock, type TestClock } from '../../test-clock.ts';

export const ACCOUNTS = [OURS, SAME_BANK] as const;
const TIME_ZONE = 'Europe/Warsaw';

/** What the bank has of every account, and how it answers. */
export interface SketchedBank {
  /** By day, one text for each operation. */
  readonly entries: Map<string, string[]>;
  /** By day: opening and closing balance. */
  readonly statements: Map<string, readonly [string, string]>;
  /** The accounts that a history says it is about. */
  named: readonly string[];
  /** So many operations fit into one answer. */
  answerMax: number;
  /** Daily numbers are given, so that today can be read on. */
  numbered: boolean;
  /** Every thousandth fresh entry books the transfer of its number. */
  booksOurs: boolean;
  readonly asked: AccountQuery[];
}

export interface AccountDesk {
  readonly clock: TestClock;
  readonly disk: SimulatedDisk;
  readonly bank: SketchedBank;
  /** What each answer handed over. */
  readonly booked: { readonly source: EntrySource; readonly entries: TakenEntry[] }[];
  readonly log: { readonly event: string; readonly fields: object }[];
  readonly journal: Journal;
  ports(effects?: Effects): Promise<InboundPorts>;
  /** One pass of a daemon that has just started, about these kinds of the first account. */
  pass(kinds: CollectedAccount['kinds'], effects?: Effects): Promise<void>;
  book(): Promise<AccountBook>;
  /** Contents of files in the inbox by name, in the order of names. */
  inbox(): ReadonlyMap<string, string>;
}

export async function createDesk(nowMs = Date.UTC(2026, 10, 25, 9)): Promise<AccountDesk> {
  const clock = createTestClock({ nowMs });
  const disk = createSimulatedDisk(() => clock.now());
  for (const folder of ['/erp/inbox', '/erp/archive', '/state'])
    disk.put(`${folder}/.keep`, new Uint8Array());
  const stored = createSimulatedJournal();
  const open = async (effects?: Effects): Promise<Journal> => {
    const journal = await stored.open(clock, effects);
    if ('refused' in journal) throw new Error(journal.sentence);
    return journal;
  };
  const bank: SketchedBank = {
    entries: new Map(),
    statements: new Map(),
    named: [],
    answerMax: Infinity,
    numbered: false,
    booksOurs: false,
    asked: [],
  };
  const booked: AccountDesk['booked'] = [];
  const log: AccountDesk['log'] = [];
  const ports = async (effects = createEffects()): Promise<InboundPorts> => ({
    journal: await open(effects),
    files: disk.fileStore(effects),
    clock,
    log: logInto(log),
    format: createIso20022Format({ timeZone: TIME_ZONE }),
    writeAccountFile: accountFileWriter({ timeZone: TIME_ZONE }),
    timeZone: TIME_ZONE,
    spoolFolder: '/state/spool',
    historySpanDays: () => 7,
    channel: () => channelOf(bank),
    bookings: (_account, source) => {
      const found = { source, entries: [] as TakenEntry[] };
      booked.push(found);
      return {
        take: async (entries) => void found.entries.push(...entries),
        settle: async () =>
          bank.booksOurs
            ? found.entries.flatMap(({ fresh }) =>
                fresh === undefined || fresh % 1_000 !== 0
                  ? []
                  : [{ fresh, transfer: { order: 'ours', transfer: fresh } }],
              )
            : [],
      };
    },
    stop: new AbortController().signal,
  });
  return {
    clock,
    disk,
    bank,
    booked,
    log,
    journal: await open(),
    ports,
    async pass(kinds, effects) {
      const collector = new Collector(await ports(effects), [accountOf(ACCOUNTS[0], kinds)]);
      await collector.pass(
        (failure) => failure instanceof SimulatedCrash,
        () => false,
      );
    },
    book: async () => AccountBook.open(await open(), 'acme', ACCOUNTS[0]),
    inbox: () =>
      new Map(
        disk
          .paths()
          .filter((path) => path.startsWith('/erp/inbox/') && !path.includes('/.'))
          .map((path) => [
            path.slice('/erp/inbox/'.length),
            Buffer.from(disk.content(path) ?? '').toString('utf8'),
          ]),
      ),
  };
}

export function accountOf(iban: string, kinds: CollectedAccount['kinds'] = []): CollectedAccount {
  return {
    iban,
    currency: 'PLN',
    company: 'acme',
    bank: 'bank',
    inbox: '/erp/inbox',
    archive: '/erp/archive',
    since: '2026-11-18',
    pdf: false,
    kinds,
    formats: CAMT_ALONE,
  };
}

/** The texts of all operations in these documents, in order. */
export function shownIn(documents: Iterable<string>): string[] {
  return [...documents].flatMap((document) =>
    [...document.matchAll(/<NtryRef>([^<]+)<\/NtryRef>/g)].map((match) => match[1] ?? ''),
  );
}

function channelOf(bank: SketchedBank): BankChannel {
  const unasked = (): never => {
    throw new Error('Nobody asks this here.');
  };
  return {
    bank: 'bank',
    compose: unasked,
    makeReady: unasked,
    submit: unasked,
    ask: unasked,
    reach: unasked,
    close: async () => undefined,
    async collect(query, keep: KeepAnswer) {
      bank.asked.push(query);
      if (query.kind === 'statement' && !bank.statements.has(query.day))
        return { kind: 'nothing', code: 'E502', answer: await keep(Buffer.from('none')) };
      return { kind: 'collected', answer: await keep(Buffer.from(JSON.stringify(query))) };
    },
    readBalances: async () => ({
      currency: 'PLN',
      available: parseDecimal('1.00'),
      booked: parseDecimal('1.00'),
    }),
    async readHistory(answer, take) {
      const query = await queryIn(answer);
      const days =
        query.kind === 'history'
          ? daysBetween(query.from, query.to)
          : query.kind === 'incremental'
            ? [query.day]
            : [];
      const after = query.kind === 'incremental' ? query.after : 0;
      const all = days
        .flatMap((day) =>
          (bank.entries.get(day) ?? []).map((text, index) => entryOf(bank, day, text, index + 1)),
        )
        .filter(({ number }) => number === undefined || number > after)
        .map((entry, index) => ({
          ...entry,
          place: { from: index, to: index + 1, scope: undefined, after: index === 0 ? undefined : index },
        }));
      const listed = all.slice(0, bank.answerMax);
      await take(listed);
      return {
        currency: 'PLN',
        accounts: bank.named,
        copyEntries: (places) => copiesOf(listed, places),
        complete: all.length <= bank.answerMax,
      };
    },
    async readStatement(answer) {
      const query = await queryIn(answer);
      const day = query.kind === 'statement' ? query.day : '';
      const [opening = '0', closing = '0'] = bank.statements.get(day) ?? [];
      const sum = parseDecimal(closing) ?? ZERO;
      const facts = {
        id: `S${day}`,
        account: undefined,
        currency: 'PLN',
        fromDay: day,
        toDay: day,
        opening: parseDecimal(opening),
        closing: parseDecimal(closing),
        entrySum: sum,
        entryCount: 0,
      };
      return {
        document: () => inPieces(Buffer.from(`<S day="${day}"/>`)),
        statements: [facts],
        schemaFaults: [],
      };
    },
    readAttachment: unasked,
  };
}

async function queryIn(answer: AnswerBytes): Promise<AccountQuery> {
  return JSON.parse((await wholeOf(answer())).toString('utf8')) as AccountQuery;
}

async function* inPieces(...pieces: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

/** An entry stands where its place in the list is. */
function copiesOf(listed: readonly ListedEntry[], places: Iterable<EntryPlace>): AsyncGenerator<Uint8Array> {
  const texts = [...places].flatMap(({ from, to }) => listed.slice(from, to).map(xmlOf));
  return inPieces(Buffer.from(texts.join('')));
}

function xmlOf({ identity }: ListedEntry): string {
  return `<Ntry><NtryRef>${identity.value}</NtryRef><Amt Ccy="PLN">1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts></Ntry>`;
}

function entryOf(bank: SketchedBank, day: string, text: string, number: number): Omit<ListedEntry, 'place'> {
  return {
    bookingDay: day,
    number: bank.numbered ? number : undefined,
    amount: parseDecimal('1.00') ?? ZERO,
    currency: 'PLN',
    direction: 'debit',
    reversal: false,
    status: 'BOOK',
    identity: { rung: 'TxId', value: text, stable: true },
    references: [],
  };
}

function logInto(lines: AccountDesk['log']): InboundPorts['log'] {
  const write = (event: string, fields: object = {}): void => {
    lines.push({ event, fields });
  };
  const log = {
    debug: write,
    info: write,
    warn: write,
    error: write,
    child: () => log,
    close: async () => undefined,
  };
  return log;
}
