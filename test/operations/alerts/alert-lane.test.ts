import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileFailure } from '../../../src/files/file-store.ts';
import type { Log, LogEvent, LogFields } from '../../../src/log.ts';
import { AlertLane, type AlertPorts } from '../../../src/operations/alerts/alert-lane.ts';
import type { AlertChannel, Message, SendOutcome } from '../../../src/operations/alerts/channel.ts';
import type { Facts } from '../../../src/operations/alerts/facts.ts';
import { english } from '../../../src/operations/alerts/wording-en.ts';
import { createTestClock, type TestClock } from '../../test-clock.ts';
import { HELD, QUIET } from './sample-facts.ts';

const MINUTE = 60_000;
const SENT: SendOutcome = { kind: 'sent', detail: '250 ok' };
const DOWN: SendOutcome = { kind: 'failed', reason: 'connect ECONNREFUSED' };
/** The book's file; a real disk is under it in test/end-to-end/alerts.slow.test.ts. */
let written: string | undefined;
let clock: TestClock;
let facts: Facts;
let lines: { readonly event: LogEvent; readonly fields: LogFields }[];
const ends: AbortController[] = [];

beforeEach(() => {
  written = undefined;
  clock = createTestClock({ nowMs: Date.UTC(2026, 10, 24, 4) });
  facts = QUIET;
  lines = [];
});
afterEach(async () => {
  for (const end of ends.splice(0)) end.abort();
  await clock.advance(MINUTE);
});

class Mailbox implements AlertChannel {
  readonly name: string;
  readonly digestAt?: string;
  readonly messages: Message[] = [];
  attempts = 0;
  answer: SendOutcome | Promise<SendOutcome> = SENT;

  constructor(name: string, digestAt?: string) {
    this.name = name;
    if (digestAt !== undefined) this.digestAt = digestAt;
  }

  async send(message: Message): Promise<SendOutcome> {
    this.attempts += 1;
    const outcome = await this.answer;
    if (outcome.kind === 'sent') this.messages.push(message);
    return outcome;
  }

  verify(): Promise<SendOutcome> {
    return Promise.resolve(SENT);
  }
}

function log(): Log {
  const line = (event: LogEvent, fields: LogFields = {}): number => lines.push({ event, fields });
  return {
    debug: () => undefined,
    info: line,
    warn: line,
    error: line,
    child: log,
    close: () => Promise.resolve(),
  };
}

function ports(channels: readonly AlertChannel[], files: AlertPorts['files'] = memory): AlertPorts {
  return {
    clock,
    log: log(),
    files,
    bookPath: '/state/alerts.json',
    channels,
    wording: english,
    site: 'srv',
    timeZone: 'Europe/Warsaw',
    commandTail: '',
    limits: {
      bankUnreachableAfterMs: 30 * MINUTE,
      folderAwayAfterMs: 0,
      diskFreeMinBytes: 1,
      maintenance: [],
    },
    checkEveryMs: 10_000,
  };
}

/** A lane that runs until the test, or `end`, ends it as a kill would. */
async function running(
  channels: readonly AlertChannel[],
  files?: AlertPorts['files'],
): Promise<{ end(): void }> {
  const end = new AbortController();
  ends.push(end);
  const lane = await AlertLane.open(ports(channels, files));
  void lane.run(() => Promise.resolve(facts), end.signal);
  await pass(0);
  return { end: () => end.abort() };
}

/** Lets time pass, and all that can be done in it be done. */
async function pass(ms: number): Promise<void> {
  await clock.advance(ms);
  await clock.advance(0);
}

const memory: AlertPorts['files'] = {
  readWhole: (path) =>
    written === undefined
      ? Promise.reject(new FileFailure('missing', path, 'Nothing is there.'))
      : Promise.resolve(new TextEncoder().encode(written)),
  write: (_, content) => {
    written = new TextDecoder().decode(content as Uint8Array);
    return Promise.resolve({ sizeBytes: written.length, sha256: '' });
  },
};

describe('The lane of alerts', () => {
  it('tells within one look, and once', async () => {
    const box = new Mailbox('mail a@example.com');
    await running([box]);
    facts = { ...QUIET, held: [HELD] };
    await pass(2 * MINUTE);
    expect(box.messages.map(({ subject }) => subject)).toEqual([
      '[Goniec srv] held: wyplaty.xml, 2 transfer(s), sum 1200.00',
    ]);
  });

  it('does not tell again after a restart, and tells then of what ended meanwhile', async () => {
    const box = new Mailbox('mail a@example.com');
    facts = { ...QUIET, held: [HELD] };
    const first = await running([box]);
    await pass(MINUTE);
    first.end();
    const second = await running([box]);
    await pass(MINUTE);
    expect(box.messages).toHaveLength(1);
    second.end();
    facts = QUIET;
    await running([box]);
    await pass(MINUTE);
    expect(box.messages.map(({ subject }) => subject.slice(0, 24))).toEqual([
      '[Goniec srv] held: wypla',
      '[Goniec srv] over: held:',
    ]);
  });

  it('tries again ever more slowly, logs a reason once, and costs the other channels nothing', async () => {
    const [down, up] = [new Mailbox('mail a@example.com'), new Mailbox('mail b@example.com')];
    down.answer = DOWN;
    facts = { ...QUIET, held: [HELD] };
    await running([down, up]);
    await pass(8 * MINUTE);
    expect([down.attempts, up.messages.length]).toEqual([4, 1]);
    expect(lines.filter(({ event }) => event === 'alert.not-sent')).toHaveLength(1);
    down.answer = SENT;
    await pass(8 * MINUTE);
    expect(down.messages).toHaveLength(1);
  });

  it('tries at once after a restart, also what was over before it could be told', async () => {
    const box = new Mailbox('mail a@example.com');
    box.answer = DOWN;
    facts = { ...QUIET, held: [HELD] };
    const first = await running([box]);
    await pass(MINUTE);
    facts = QUIET;
    await pass(MINUTE);
    first.end();
    box.answer = SENT;
    await running([box]);
    expect(box.messages.map(({ text }) => text)).toEqual([
      expect.stringContaining('it could not be told before'),
    ]);
  });

  it('tells twice, under the same id, when it is killed between the sending and the record of it', async () => {
    const box = new Mailbox('mail a@example.com');
    facts = { ...QUIET, held: [HELD] };
    let beforeSending: string | undefined;
    const first = await running([box], {
      ...memory,
      write: (...of) => {
        if (box.attempts === 0) return memory.write(...of);
        beforeSending ??= written;
        return Promise.reject(new Error('killed'));
      },
    });
    first.end();
    expect(beforeSending).toContain('order-held');
    await running([box]);
    expect(box.messages).toHaveLength(2);
    expect(box.messages[1]?.id).toBe(box.messages[0]?.id);
  });

  it('goes on with a book that is damaged or can not be written', async () => {
    const box = new Mailbox('mail a@example.com');
    written = '{"version":1,"entries"';
    facts = { ...QUIET, held: [HELD] };
    await running([box], {
      ...memory,
      write: () => Promise.reject(new Error('disk full')),
    });
    await pass(MINUTE);
    expect(box.messages).toHaveLength(1);
    expect(lines.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['alert.book-unusable', 'alert.not-noted']),
    );
  });

  it('ends at a stop though a mail server never answers and a look never comes back', async () => {
    const box = new Mailbox('mail a@example.com');
    box.answer = new Promise(() => undefined);
    facts = { ...QUIET, held: [HELD] };
    const end = new AbortController();
    const lane = await AlertLane.open(ports([box]));
    let looks = 0;
    const ended = lane.run(
      () => (looks++ === 0 ? Promise.resolve(facts) : new Promise<Facts>(() => undefined)),
      end.signal,
    );
    await pass(MINUTE);
    end.abort();
    await pass(10_000);
    await ended;
    expect([looks, box.attempts]).toEqual([2, 1]);
  });

  it('sends the daily summary once a day, after its time', async () => {
    const box = new Mailbox('mail a@example.com', '07:30');
    await running([box]);
    await pass(2 * 60 * MINUTE);
    expect(box.messages).toEqual([]);
    await pass(31 * MINUTE);
    expect(box.messages.map(({ purpose }) => purpose)).toEqual(['digest']);
    await running([box]);
    await pass(MINUTE);
    expect(box.messages).toHaveLength(1);
  });

  it('says that it stops, and after the next start that it works again', async () => {
    const box = new Mailbox('mail a@example.com');
    const stopped = (await AlertLane.open(ports([box]))).tellStopped('The disk of the journal failed.');
    await pass(0);
    await stopped;
    const again = (await AlertLane.open(ports([box]))).tellStopped('The disk of the journal failed.');
    await pass(0);
    await again;
    expect(box.messages.map(({ text }) => text.split('\n')[2])).toEqual(['The disk of the journal failed.']);
    await running([box]);
    await pass(MINUTE);
    expect(box.messages[1]?.subject).toMatch(/over: Goniec has stopped/);
  });
});
