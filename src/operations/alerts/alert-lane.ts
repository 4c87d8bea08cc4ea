// Tells people, in a lane of its own beside those that move money: looks from time to time, notes what it sees in its book, and
// gives each channel what it has not been told. Nothing here throws, and nobody waits for it.

import { createHash } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { dayAt, localDateTime } from '../../domain/calendar.ts';
import type { FileStore } from '../../files/file-store.ts';
import type { Log } from '../../log.ts';
import { dueNews, noted, told, type AlertBook, type BookTerms, type News } from './alert-book.ts';
import { readBook, writeBook } from './book-file.ts';
import { keyOf, type Seen } from './cause.ts';
import { causesOf } from './causes.ts';
import type { AlertChannel, Message } from './channel.ts';
import type { Facts } from './facts.ts';
import { maintenanceOf, type MaintenanceWindow } from './maintenance.ts';
import type { Wording } from './wording.ts';

export interface AlertPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly files: Pick<FileStore, 'readWhole' | 'write'>;
  readonly bookPath: string;
  readonly channels: readonly AlertChannel[];
  readonly wording: Wording;
  /** The name of this installation in every subject. */
  readonly site: string;
  readonly timeZone: string;
  readonly commandTail: string;
  readonly limits: {
    readonly bankUnreachableAfterMs: number;
    readonly folderAwayAfterMs: number;
    readonly diskFreeMinBytes: number;
    readonly maintenance: readonly MaintenanceWindow[];
  };
  readonly checkEveryMs: number;
}

/** What is only remembered while it runs: after a restart everything that is due is tried at once. */
interface ChannelState {
  readonly channel: AlertChannel;
  failures: number;
  /** By the running clock. */
  dueMs: number;
  /** Of the last failure; each is logged once. */
  reason: string;
}

const MINUTE_MS = 60_000;
const RETRY_FIRST_MS = MINUTE_MS;
const RETRY_MAX_MS = 30 * MINUTE_MS;
/** At a stop, a message that is on its way is waited for this long; what did not arrive is told after the next start. */
const LAST_WAIT_MS = 2_000;
/** A process that ends because it must gives its last message this long. */
const LAST_MESSAGE_MS = 20_000;

export class AlertLane {
  readonly #ports: AlertPorts;
  readonly #terms: BookTerms;
  readonly #channels: readonly ChannelState[];
  readonly #underWay = new Map<AlertChannel, Promise<void>>();
  #book: AlertBook;
  #written: AlertBook;
  #writing: Promise<void> = Promise.resolve();

  private constructor(ports: AlertPorts, book: AlertBook) {
    const { limits, channels, clock, timeZone } = ports;
    this.#ports = ports;
    this.#book = book;
    this.#written = book;
    this.#channels = channels.map((channel) => ({ channel, failures: 0, dueMs: 0, reason: '' }));
    this.#terms = {
      settleMs: (kind) =>
        kind === 'bank-unreachable'
          ? limits.bankUnreachableAfterMs
          : kind === 'folder-away'
            ? limits.folderAwayAfterMs
            : (SETTLE_MS[kind] ?? 0),
      clearMs: (kind) => CLEAR_MS[kind] ?? 0,
      maintenance: (cause) => maintenanceOf(cause, limits.maintenance, clock.now(), timeZone),
      channels: channels.map(({ name }) => name),
    };
  }

  static async open(ports: AlertPorts): Promise<AlertLane> {
    const { book, unusable } = await readBook(ports.files, ports.bookPath);
    if (unusable !== undefined)
      ports.log.warn('alert.book-unusable', {
        path: ports.bookPath,
        reason: unusable,
        remedy: 'What still holds is told anew; nothing has to be done.',
      });
    return new AlertLane(ports, book);
  }

  /** Looks and tells until `stop` aborts. Never rejects, and a look that does not come back does not hold up the end. */
  async run(look: () => Promise<Facts>, stop: AbortSignal): Promise<void> {
    const { clock, checkEveryMs } = this.#ports;
    const aborted = new Promise<void>((resolve) => {
      stop.addEventListener('abort', () => resolve(), { once: true });
    });
    while (!stop.aborted) {
      await Promise.race([this.#pass(look, stop), aborted]);
      await clock.sleep(checkEveryMs, stop);
    }
    await this.#atMost(LAST_WAIT_MS);
  }

  async #pass(look: () => Promise<Facts>, stop: AbortSignal): Promise<void> {
    const { clock, log, limits, commandTail, wording } = this.#ports;
    try {
      const facts = await look();
      const terms = { nowMs: clock.now(), diskFreeMinBytes: limits.diskFreeMinBytes, commandTail };
      await this.#note(causesOf(facts, terms, wording));
      if (!stop.aborted) this.#tell(facts);
    } catch (failure) {
      if (!stop.aborted)
        log.error('alert.failed', { reason: failure instanceof Error ? failure.message : String(failure) });
    }
  }

  /** For a process that ends because it must: tries once to say so. What does not arrive is told after the next start. */
  async tellStopped(reason: string): Promise<void> {
    const { wording, commandTail, clock } = this.#ports;
    const cause = {
      key: keyOf('stopped', 'goniec'),
      kind: 'stopped' as const,
      since: new Date(clock.now()).toISOString(),
      items: [createHash('sha256').update(reason).digest('base64url').slice(0, 16)],
      words: wording.stopped(reason, { commandTail }),
    };
    // Everything else was not looked at.
    await this.#note({ causes: [cause], isUnsure: () => true });
    this.#tell(undefined);
    await this.#atMost(LAST_MESSAGE_MS);
  }

  async #note(seen: Seen): Promise<void> {
    const before = this.#book;
    this.#book = noted(before, seen, this.#ports.clock.now(), this.#terms);
    for (const [key, { phase, cause }] of Object.entries(this.#book.entries))
      if (phase !== (before.entries[key]?.phase ?? 'waiting'))
        this.#ports.log.info(phase === 'over' ? 'alert.over' : 'alert.raised', {
          kind: cause.kind,
          title: cause.words.title,
        });
    // On record before anybody is told: what began and ended while nobody could be told is told all the same.
    await this.#write();
  }

  /** Begins to tell every channel that is free; does not wait for any. */
  #tell(facts: Facts | undefined): void {
    for (const state of this.#channels) {
      const { channel } = state;
      if (this.#underWay.has(channel) || state.dueMs > this.#ports.clock.running()) continue;
      const news = dueNews(this.#book, channel.name);
      const work =
        news.length > 0
          ? this.#send(state, this.#alert(news, channel), (book) => told(book, channel.name, news))
          : facts === undefined
            ? undefined
            : this.#digest(state, facts);
      if (work !== undefined) this.#underWay.set(channel, work);
      void work?.then(() => this.#underWay.delete(channel));
    }
  }

  #alert(news: readonly News[], { name }: AlertChannel): Message {
    const { wording, site } = this.#ports;
    return this.#message('alert', wording.alert(news, site, this.#at), news, [
      name,
      ...news.map(({ key, what, since, cause }) => `${key} ${what} ${since} ${cause.items.join(' ')}`),
    ]);
  }

  #digest(state: ChannelState, facts: Facts): Promise<void> | undefined {
    const { clock, timeZone, wording, site } = this.#ports;
    const { name, digestAt } = state.channel;
    const today = dayAt(clock.now(), timeZone);
    const isTime = digestAt !== undefined && localDateTime(clock.now(), timeZone).slice(11, 16) >= digestAt;
    if (!isTime || (this.#book.digests[name] ?? '') >= today) return undefined;
    const texts = wording.digest(facts, this.#book, site, this.#at);
    return this.#send(state, this.#message('digest', texts, [], [name, today]), (book) => ({
      ...book,
      digests: { ...book.digests, [name]: today },
    }));
  }

  #message(
    purpose: Message['purpose'],
    texts: Pick<Message, 'subject' | 'text'>,
    news: readonly News[],
    identity: readonly string[],
  ): Message {
    const id = createHash('sha256')
      .update([this.#ports.site, purpose, ...identity].join('\n'))
      .digest('hex')
      .slice(0, 32);
    return { id, purpose, news, at: new Date(this.#ports.clock.now()).toISOString(), ...texts };
  }

  async #send(state: ChannelState, message: Message, after: (book: AlertBook) => AlertBook): Promise<void> {
    const { clock, log } = this.#ports;
    const { name } = state.channel;
    try {
      const outcome = await state.channel.send(message);
      if (outcome.kind === 'sent') {
        Object.assign(state, { failures: 0, dueMs: 0, reason: '' });
        // A crash before this is on the disk tells the same once more, under the same id.
        this.#book = after(this.#book);
        await this.#write();
        log.info('alert.sent', {
          to: name,
          subject: message.subject,
          id: message.id,
          answer: outcome.detail,
        });
        return;
      }
      state.failures += 1;
      state.dueMs =
        clock.running() + Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.min(state.failures - 1, 20));
      const fields = { to: name, subject: message.subject, reason: outcome.reason, failures: state.failures };
      if (outcome.reason === state.reason) log.debug('alert.not-sent', fields);
      else
        log.warn('alert.not-sent', { ...fields, remedy: 'It is tried again by itself: goniec alerts test' });
      state.reason = outcome.reason;
    } catch (failure) {
      log.error('alert.failed', { reason: failure instanceof Error ? failure.message : String(failure) });
    }
  }

  /** One after the other, and only what has changed. A disk that refuses costs a message told twice, nothing else. */
  #write(): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const book = this.#book;
      if (JSON.stringify(book) === JSON.stringify(this.#written)) return;
      try {
        await writeBook(this.#ports.files, this.#ports.bookPath, book);
        this.#written = book;
      } catch (failure) {
        this.#ports.log.warn('alert.not-noted', {
          path: this.#ports.bookPath,
          reason: failure instanceof Error ? failure.message : String(failure),
        });
      }
    });
    return this.#writing;
  }

  /** Waits for what is on its way, but not for ever. */
  async #atMost(limitMs: number): Promise<void> {
    const over = new AbortController();
    const all = Promise.all(this.#underWay.values()).then(() => this.#writing);
    await Promise.race([all, this.#ports.clock.sleep(limitMs, over.signal)]);
    over.abort();
  }

  readonly #at = (instant: string): string =>
    `${localDateTime(Date.parse(instant), this.#ports.timeZone).replace('T', ' ').slice(0, 16)} (${this.#ports.timeZone})`;
}

/** What may go by itself within minutes is not worth a message. */
const SETTLE_MS: Readonly<Record<string, number>> = {
  'statement-overdue': 30 * MINUTE_MS,
  'statement-flagged': 15 * MINUTE_MS,
  'disk-filling': 2 * MINUTE_MS,
};

/** What comes and goes would otherwise give an all-clear each time. */
const CLEAR_MS: Readonly<Record<string, number>> = {
  'disk-filling': 15 * MINUTE_MS,
  'folder-away': 2 * MINUTE_MS,
  'clock-behind': 2 * MINUTE_MS,
};
