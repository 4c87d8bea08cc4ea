// The way out over a simulated disk and journal, with a bank that says what a test tells it to: steps are done by hand.

import type { AskOutcome, BankChannel, KeepAnswer, SubmitOutcome } from '../../../src/bank/channel.ts';
import type { PaymentForms } from '../../../src/domain/erp-formats.ts';
import type { BankTerms } from '../../../src/domain/bank-profile.ts';
import { parseDecimal, ZERO } from '../../../src/domain/decimal.ts';
import type { BookedEntry } from '../../../src/domain/entry.ts';
import { ulid } from '../../../src/domain/identifiers.ts';
import type { Order } from '../../../src/domain/order.ts';
import { createErpFormat } from '../../../src/erp/erp-format.ts';
import { JournalFailure, type Journal, type NewRecord } from '../../../src/journal/journal.ts';
import { OrderBook } from '../../../src/outbound/order-book.ts';
import { outboundContext, type OutboundContext } from '../../../src/outbound/outbound-context.ts';
import { readOrder } from '../../../src/outbound/order-book.ts';
import { workingName } from '../../../src/outbound/places.ts';
import { keyOf } from '../../../src/outbound/stumbles.ts';
import { doStep } from '../../../src/outbound/work.ts';
import type { HoldRules } from '../../../src/outbound/approval.ts';
import { NOTHING_HELD } from './nothing-held.ts';
import { dueSteps } from './due-steps.ts';
import { bankTerms, OURS } from '../../domain/sketches.ts';
import { createSimulatedDisk, type SimulatedDisk } from '../../files/simulated-disk.ts';
import { createSimulatedJournal } from '../../journal/simulated-journal.ts';
import { createTestClock, type TestClock } from '../../test-clock.ts';

/** A Monday morning in Warsaw. */
const START_MS = Date.UTC(2026, 10, 23, 9);
const TIME_ZONE = 'Europe/Warsaw';
const FORMAT = createErpFormat({ timeZone: TIME_ZONE });

type Say<T> = (keep: KeepAnswer) => Promise<T>;

export interface Office {
  readonly clock: TestClock;
  readonly disk: SimulatedDisk;
  readonly context: OutboundContext;
  /** What the bank says to the next messages and questions; when nothing is left it is silent. */
  readonly submits: Say<SubmitOutcome>[];
  readonly asks: Say<AskOutcome>[];
  /** Banks in the order in which they were told that a message is coming. */
  readonly readied: string[];
  readonly log: { readonly level: string; readonly event: string; readonly fields: object }[];
  /** Every append, as the streams and events written in one unit. */
  readonly appended: (readonly NewRecord[])[];
  /** A file that was just taken over. */
  claim(fileName: string, content: string | Uint8Array): Promise<string>;
  /** Does what is due, over and over; what has to rest rests. */
  work(): Promise<void>;
  /** As many files have been worked on since that nothing is remembered of those before. */
  forgetIds(): Promise<void>;
  /** The order as its records say, open or closed. */
  order(id: string): Promise<Order>;
  /** Files in the inbox, by name, sorted. */
  inbox(): readonly string[];
  read(path: string): string;
}

export async function createOffice(
  terms: BankTerms = bankTerms(),
  {
    forms = {},
    holdRules = NOTHING_HELD,
  }: { readonly forms?: PaymentForms; readonly holdRules?: HoldRules } = {},
): Promise<Office> {
  const clock = createTestClock({ nowMs: START_MS });
  const disk = createSimulatedDisk(() => clock.now());
  for (const folder of ['outbox', 'inbox', 'archive']) disk.put(`/erp/${folder}/.keep`, new Uint8Array());
  disk.put('/state/.keep', new Uint8Array());
  const opened = await createSimulatedJournal().open(clock);
  if ('refused' in opened) throw new Error(opened.sentence);
  const appended: (readonly NewRecord[])[] = [];
  const journal: Journal = {
    ...opened,
    append: (records) => {
      appended.push(records);
      return opened.append(records);
    },
  };
  const submits: Office['submits'] = [];
  const asks: Office['asks'] = [];
  const readied: Office['readied'] = [];
  const log: Office['log'] = [];
  const context = outboundContext(
    {
      journal,
      files: disk.fileStore(),
      clock,
      log: logInto(log),
      format: FORMAT,
      companies: [
        { name: 'acme', outbox: '/erp/outbox', inbox: '/erp/inbox', archive: '/erp/archive', ...forms },
      ],
      spoolFolder: '/state/spool',
      readiness: {
        checks: 2,
        checkEveryMs: 2_000,
        minimumAgeMs: 2_000,
        sizeMaxBytes: 64_000_000,
        incompleteAfterMs: 60_000,
      },
      rules: {
        timeZone: TIME_ZONE,
        pastAllowedDays: 30,
        futureMaxDays: 30,
        duplicates: {
          sameBytesDays: 90,
          sameMessageIdDays: 90,
          samePaymentsDays: 90,
          repeatedIdsDays: 90,
        },
        repeatedIds: 'warn',
        tellEveryMs: 0,
        faultsMax: 100,
      },
      terms: () => terms,
      channel: (bank) => ({ ...scripted(submits, asks), makeReady: () => readied.push(bank) }),
      account: (_, iban) => (iban === OURS ? { iban, currency: 'PLN', terms } : undefined),
      holdRules: () => holdRules,
      answerRequest: async () => ({ kind: 'answered', files: [], notes: [] }),
    },
    await OrderBook.open(journal),
    new Set(),
    new AbortController().signal,
  );
  const office: Office = {
    clock,
    disk,
    context,
    submits,
    asks,
    readied,
    log,
    appended,
    async claim(fileName, content) {
      const id = ulid(clock.now(), clock.random(10));
      const name = workingName(id, fileName);
      const bytes = Buffer.from(content);
      disk.put(`/erp/outbox/.working/${journal.id}/${name}`, bytes);
      await context.book.record(id, {
        type: 'order-claimed',
        company: 'acme',
        fileName,
        workingName: name,
        sizeBytes: bytes.length,
      });
      return id;
    },
    work: () => work(context),
    async forgetIds() {
      const [order] = context.book.all();
      const source = order && disk.content(`/state/spool/${order.id}/source`);
      if (order === undefined || source === undefined) return;
      for (let other = 0; other < 100; other += 1) {
        const id = `other-${other}`;
        disk.put(`/state/spool/${id}/source`, source);
        await context.idsOf({ ...order, id, sha256: undefined });
        disk.take(`/state/spool/${id}/source`);
      }
    },
    async order(id) {
      const order = await readOrder(journal, id);
      if (order === undefined) throw new Error(`There is no order ${id}.`);
      return order;
    },
    inbox: () => disk.paths().flatMap((path) => /^\/erp\/inbox\/([^.].*)$/.exec(path)?.[1] ?? []),
    read: (path) => Buffer.from(disk.content(path) ?? '').toString('utf8'),
  };
  return office;
}

/** Does what is due in such an office, or in another one. */
export async function work(context: OutboundContext): Promise<void> {
  const resting = new Set<string>();
  for (;;) {
    const next = dueSteps(context).find(
      ({ order, due }) => due.dueMs <= context.ports.clock.now() && !resting.has(keyOf(order.id, due.step)),
    );
    if (next === undefined) return;
    const { order, due } = next;
    const restMs = await doStep(context, order.id, due.step, (failure) => failure instanceof JournalFailure);
    if (restMs > 0) resting.add(keyOf(order.id, due.step));
  }
}

function scripted(submits: Say<SubmitOutcome>[], asks: Say<AskOutcome>[]): BankChannel {
  const unasked = (): never => {
    throw new Error('Nobody asks this here.');
  };
  return {
    bank: 'bank',
    compose: ({ document }) => document(),
    makeReady: () => undefined,
    submit: async (_, keep) => (await submits.shift()?.(keep)) ?? { kind: 'lost', cause: 'silence' },
    ask: async (_, keep) => (await asks.shift()?.(keep)) ?? { kind: 'no-answer', cause: 'silence' },
    collect: unasked,
    readBalances: unasked,
    readHistory: unasked,
    readStatement: unasked,
    readAttachment: unasked,
    reach: unasked,
    close: async () => undefined,
  };
}

/** A report about the whole message, as answer to a message or to a question. */
export function report(groupStatus: string, messageId = ''): Say<Extract<AskOutcome, { kind: 'report' }>> {
  return async (keep) => ({
    kind: 'report',
    answer: await keep(Buffer.from(groupStatus)),
    report: { originalMessageId: messageId, groupStatus, groupReasons: [], blocks: [] },
  });
}

/** The same as the answer to a message. */
export function answered(groupStatus: string): Say<SubmitOutcome> {
  return async (keep) => ({ ...(await report(groupStatus)(keep)), kind: 'answered' });
}

/** A debit of our account. */
export function debit(endToEndId: string, amount: string, bookingDay: string): BookedEntry {
  return {
    bookingDay,
    number: undefined,
    amount: parseDecimal(amount) ?? ZERO,
    currency: 'PLN',
    direction: 'debit',
    reversal: false,
    status: 'BOOK',
    references: [{ endToEndId, messageId: undefined, amount: undefined }],
  };
}

function logInto(lines: Office['log']): OutboundContext['ports']['log'] {
  const at =
    (level: string) =>
    (event: string, fields: object = {}): void => {
      lines.push({ level, event, fields });
    };
  const log = {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => log,
    close: async () => undefined,
  };
  return log;
}
