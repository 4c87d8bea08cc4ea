import { describe, expect, it } from 'vitest';
import type { BankChannel, SubmitOutcome } from '../src/bank/channel.ts';
import { createBell } from '../src/bell.ts';
import { openDaemon, type Daemon, type DaemonParts, type Stopped } from '../src/daemon.ts';
import { accountFileWriter } from '../src/erp/account-file/write-account-file.ts';
import { createIso20022Format } from '../src/erp/iso20022/iso20022-format.ts';
import { JournalFailure, type Journal } from '../src/journal/journal.ts';
import type { FileStore } from '../src/files/file-store.ts';
import type { Log } from '../src/log.ts';
import { bankTerms, OURS, START_MS } from './domain/sketches.ts';
import { CAMT_ALONE } from './erp/formats-wanted.ts';
import { paymentFile } from './erp/iso20022/payment-file.ts';
import { createSimulatedDisk, type SimulatedDisk } from './files/simulated-disk.ts';
import { createSimulatedJournal } from './journal/simulated-journal.ts';
import { NOTHING_HELD } from './outbound/support/nothing-held.ts';
import { createTestClock, type TestClock } from './test-clock.ts';

const COMPANY = { name: 'acme', outbox: '/erp/outbox', inbox: '/erp/inbox', archive: '/erp/archive' };
const FORMAT = createIso20022Format({ timeZone: 'Europe/Warsaw' });

/** Other amounts, because the same payments under new ids are held. */
function payment(id: string): string {
  return paymentFile({
    messageId: `M-${id}`,
    blocks: [{ id: `B-${id}`, transfers: [{ endToEndId: `E-${id}`, amount: `${id.charCodeAt(0)}.00` }] }],
  });
}

describe('A daemon told to stop', () => {
  it('ends at once when it has nothing to do', async () => {
    const office = await setUp();
    const { end } = await office.start();
    office.stop.abort();
    expect(await end).toEqual({ inDoubt: [], whole: true });
  });

  it('does nothing at all when it was told before it began', async () => {
    const office = await setUp();
    office.drop('a.xml');
    office.stop.abort();
    expect(await (await office.start()).end).toEqual({ inDoubt: [], whole: true });
    expect(office.types()).toEqual(['folders-marked']);
  });

  it('finishes the message it is sending, claims nothing more and begins no other message', async () => {
    const office = await setUp();
    const { end } = await office.start();
    office.drop('a.xml');
    office.drop('b.xml');
    await office.untilSending();
    await office.pass(5);
    expect(office.types().filter((type) => type === 'submission-prepared')).toHaveLength(2);
    office.stop.abort();
    office.drop('c.xml');
    office.hint();
    await office.pass(10);
    office.answer({ kind: 'not-sent', cause: 'refused' });
    expect(await end).toEqual({ inDoubt: [], whole: true });
    expect(office.types().filter((type) => type === 'submission-started')).toHaveLength(1);
    expect(office.types().at(-1)).toBe('submission-not-sent');
    expect(office.disk.paths()).toContain('/erp/outbox/c.xml');
  });

  it.each([
    ['/erp/outbox/a.xml', 'does not claim a file that it is just looking at', 'order-claimed'],
    ['part-001.xml', 'does not hand over a message that it is just making sure of', 'submission-started'],
  ])('while it reads %s, %s', async (ending, _what, type) => {
    const office = await setUp({ stopAtRead: ending });
    const { end } = await office.start();
    office.drop('a.xml');
    office.drop('b.xml');
    await office.pass(10);
    expect(await end).toEqual({ inDoubt: [], whole: true });
    expect(office.types()).not.toContain(type);
  });

  it('breaks the sending off at the limit, has it on record as lost, and names it', async () => {
    const office = await setUp();
    const { end } = await office.start();
    office.drop('a.xml');
    await office.untilSending();
    office.stop.abort();
    await office.clock.advance(30_000);
    expect(office.closed()).toBe(false);
    office.limit.abort();
    const { inDoubt, whole } = await end;
    expect(whole).toBe(true);
    expect(inDoubt).toMatchObject([{ file: 'a.xml', message: expect.stringMatching(/^GNC/) as string }]);
    expect(office.types().at(-1)).toBe('submission-lost');
  });

  it('does not name a message whose answer came at the last moment', async () => {
    const office = await setUp({ atClose: { kind: 'not-sent', cause: 'refused' } });
    const { end } = await office.start();
    office.drop('a.xml');
    await office.untilSending();
    office.stop.abort();
    office.limit.abort();
    expect(await end).toEqual({ inDoubt: [], whole: true });
  });

  it('leaves a step that does not end even then, and names what it was sending', async () => {
    const office = await setUp({ atClose: 'silence' });
    const { end } = await office.start();
    office.drop('a.xml');
    await office.untilSending();
    office.stop.abort();
    office.limit.abort();
    await office.clock.advance(5_000);
    expect(await end).toMatchObject({ inDoubt: [{ file: 'a.xml' }], whole: false });
  });
});

describe('A daemon whose journal does not write', () => {
  it('ends with that failure, and every lane with it', async () => {
    const office = await setUp();
    const { end } = await office.start();
    office.breakJournal();
    office.drop('a.xml');
    const failed = expect(end).rejects.toBeInstanceOf(JournalFailure);
    await office.pass(20);
    await failed;
  });
});

describe('A daemon at its start', () => {
  it("is refused where the outbox is another journal's", async () => {
    const office = await setUp();
    office.disk.put('/erp/outbox/.working/0000000000000000000000000Z/x', new Uint8Array());
    expect(await openDaemon(office.parts())).toMatchObject({ kind: 'refused' });
  });

  it('is refused where an open order needs a bank that is no longer configured', async () => {
    const office = await setUp();
    const { end } = await office.start();
    office.drop('a.xml');
    await office.untilSending();
    office.stop.abort();
    office.limit.abort();
    await end;
    const refused = await openDaemon({ ...office.parts(), banks: [] });
    expect(refused).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('the bank "bank"') as string,
    });
  });

  it('waits for a company whose folders can not be made, and works for it as soon as they can', async () => {
    const office = await setUp();
    office.disk.vanish('/erp');
    const { end } = await office.start();
    await office.pass(60);
    expect(office.said.filter((event) => event === 'folder.not-made')).toHaveLength(1);
    office.disk.comeBack('/erp');
    await office.pass(15);
    expect(office.said).toContain('folder.made');
    office.drop('a.xml');
    await office.untilSending();
    office.stop.abort();
    office.limit.abort();
    expect((await end).inDoubt).toHaveLength(1);
  });
});

interface Office {
  readonly clock: TestClock;
  readonly disk: SimulatedDisk;
  readonly stop: AbortController;
  readonly limit: AbortController;
  readonly said: string[];
  parts(): DaemonParts;
  /** Resolves when it runs; boxed, because a promise of a promise is flattened. */
  start(): Promise<{ readonly end: Promise<Stopped> }>;
  drop(name: string): void;
  hint(): void;
  untilSending(): Promise<void>;
  /** Lets so many seconds pass, and all that reading and writing takes. */
  pass(seconds: number): Promise<void>;
  answer(outcome: SubmitOutcome): void;
  closed(): boolean;
  breakJournal(): void;
  /** Types of all records. */
  types(): string[];
}

interface Given {
  /** A stop comes while this file is read. */
  readonly stopAtRead?: string;
  /** What a sending comes to when the channel is closed. */
  readonly atClose?: SubmitOutcome | 'silence';
}

async function setUp({
  stopAtRead = '',
  atClose = { kind: 'lost', cause: 'stopped' },
}: Given = {}): Promise<Office> {
  const clock = createTestClock({ nowMs: START_MS });
  const disk = createSimulatedDisk(() => clock.now());
  disk.put('/state/.keep', new Uint8Array());
  const simulated = createSimulatedJournal();
  let broken = false;
  const said: string[] = [];
  let daemon: Daemon | undefined;
  let closed = false;
  let pending: ((outcome: SubmitOutcome) => void) | undefined;
  const unasked = (): never => {
    throw new Error('Nobody asks this here.');
  };
  const channel: BankChannel = {
    bank: 'bank',
    compose: ({ document }) => document(),
    makeReady: () => undefined,
    submit: () => new Promise((resolve) => (pending = resolve)),
    ask: async () => ({ kind: 'no-answer', cause: 'silence' }),
    collect: unasked,
    readBalances: unasked,
    readHistory: unasked,
    readStatement: unasked,
    readAttachment: unasked,
    reach: unasked,
    close: async () => {
      closed = true;
      if (atClose !== 'silence') pending?.(atClose);
    },
  };
  const terms = bankTerms();
  const opened = await simulated.open(clock);
  if ('refused' in opened) throw new Error(opened.sentence);
  const journal: Journal = {
    ...opened,
    append: async (records) => {
      if (broken) throw new JournalFailure('the disk is gone');
      return opened.append(records);
    },
  };
  const stop = new AbortController();
  const store = disk.fileStore();
  const files: FileStore = {
    ...store,
    read: (path, range) => {
      if (stopAtRead !== '' && path.endsWith(stopAtRead)) stop.abort();
      return store.read(path, range);
    },
  };
  const common = {
    journal,
    files,
    clock,
    log: logInto(said),
    format: FORMAT,
    spoolFolder: '/state/spool',
    channel: () => channel,
  };
  const parts = (): DaemonParts => ({
    outbound: {
      ...common,
      companies: [COMPANY],
      readiness: {
        checks: 2,
        checkEveryMs: 1_000,
        minimumAgeMs: 1_000,
        sizeMaxBytes: 1_000_000,
        incompleteAfterMs: 60_000,
      },
      rules: {
        timeZone: 'Europe/Warsaw',
        pastAllowedDays: 3_650,
        futureMaxDays: 3_650,
        duplicates: { sameBytesDays: 90, sameMessageIdDays: 90, samePaymentsDays: 90, repeatedIdsDays: 90 },
        repeatedIds: 'warn',
        tellEveryMs: 0,
        faultsMax: 100,
      },
      terms: () => terms,
      account: (_, iban) => (iban === OURS ? { iban, currency: 'PLN', terms } : undefined),
      holdRules: () => NOTHING_HELD,
    },
    inbound: {
      ...common,
      writeAccountFile: accountFileWriter({ timeZone: 'Europe/Warsaw' }),
      timeZone: 'Europe/Warsaw',
      historySpanDays: () => 7,
    },
    accounts: [
      {
        iban: OURS,
        currency: 'PLN',
        company: 'acme',
        bank: 'bank',
        inbox: COMPANY.inbox,
        archive: COMPANY.archive,
        since: undefined,
        pdf: false,
        kinds: [],
        formats: CAMT_ALONE,
      },
    ],
    banks: ['bank'],
    sendsAtOnce: () => 3,
    decisionsFolder: '/state/decisions',
    scanEveryMs: 5_000,
    createBell,
    isFatal: (failure) => failure instanceof JournalFailure,
  });
  const office: Office = {
    clock,
    disk,
    stop,
    limit: new AbortController(),
    said,
    parts,
    async start() {
      const started = await openDaemon(parts());
      if ('kind' in started) throw new Error(started.reason);
      daemon = started;
      return { end: started.run(office.stop.signal, office.limit.signal) };
    },
    drop: (name) => disk.put(`/erp/outbox/${name}`, Buffer.from(payment(name.replace('.xml', '')))),
    hint: () => daemon?.hint(),
    async untilSending() {
      for (let second = 0; second < 60 && pending === undefined; second += 1) await office.pass(1);
      if (pending === undefined) throw new Error(`Nothing is sent: ${said.join(', ')}`);
    },
    async pass(seconds) {
      for (let second = 0; second < seconds; second += 1) {
        await clock.advance(1_000);
        // Reading and writing take turns of the event loop, and no time.
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    answer: (outcome) => pending?.(outcome),
    closed: () => closed,
    breakJournal: () => (broken = true),
    types: () => simulated.records().map(({ event }) => event.type),
  };
  return office;
}

function logInto(said: string[]): Log {
  const write = (event: string): void => {
    said.push(event);
  };
  const log: Log = {
    debug: write,
    info: write,
    warn: write,
    error: write,
    child: () => log,
    close: async () => undefined,
  };
  return log;
}
