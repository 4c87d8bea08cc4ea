// Shows the ERP every operation of the history once, as camt.052; what overlaps with earlier answers is not shown again.

import type { History } from '../bank/channel.ts';
import { isNew, shownAs } from '../domain/entry-identity.ts';
import type { ListedEntry, TakenEntry } from '../domain/entry.ts';
import { archiveAnswer, instantForName } from './deliver.ts';
import { deliverWanted, type DeliveredFiles } from './deliver-wanted.ts';
import { messageId, type Delivered, type Delivery } from './delivery.ts';
import { recordDelivery, ShownDigests } from './delivery-parts.ts';
import { EntryRuns } from './entry-runs.ts';
import { aboutAnother } from './other-account.ts';
import { shownDigest, ShownEntries } from './shown-entries.ts';

export interface Span {
  readonly from: string;
  readonly to: string;
  /** Daily number after which the answer begins. */
  readonly after: number;
  /** The days are over, so that their operations are complete. */
  readonly finished: boolean;
}

/** An answer that is only the beginning of a single day is delivered, because nothing shorter can be asked for; it is flagged. */
export async function deliverHistory(delivery: Delivery, span: Span): Promise<Delivered> {
  const { ports, account } = delivery;
  const sifting = new Sifting(delivery, span);
  const bookings = ports.bookings(account.iban, 'history');
  const history = await ports
    .channel(account.bank)
    .readHistory(delivery.answer, async (entries) => bookings.take(await sifting.sift(entries)));
  if ('kind' in history) return { kind: 'failed', cause: history.reason };
  const strayed = aboutAnother(history.accounts, account.iban);
  if (strayed !== undefined) return { kind: 'failed', cause: strayed };
  if (!history.complete && span.from < span.to)
    return {
      kind: 'too-long',
      cause: `The bank says that more pages follow its answer for ${span.from} to ${span.to}.`,
    };
  const flags = flagsOf(history, span);
  const said = [...(history.schemaFaults ?? []), ...flags];
  if (said.length > 0)
    ports.log.warn('history.flagged', {
      account: account.iban,
      from: span.from,
      to: span.to,
      flags: said.join(' '),
    });
  const booked = await bookings.settle();
  const { shown, runs, cursor } = sifting;
  const files = runs.isEmpty ? undefined : await showEntries(delivery, span, history, runs);
  const [file, ...others] = files?.files.map(({ name }) => name) ?? [];
  if (files !== undefined && files.flags.length > 0) {
    flags.push(...files.flags);
    ports.log.warn('history.flagged', { account: account.iban, file, flags: files.flags.join(' ') });
  }
  await recordDelivery(delivery, {
    source: 'history',
    freshCount: shown.count,
    shown,
    booked,
    end: {
      type: 'history-delivered',
      day: span.to,
      cursor,
      finished: span.finished,
      file,
      ...(others.length === 0 ? {} : { others }),
      count: shown.count,
      ...(flags.length === 0 ? {} : { flags }),
    },
  });
  if (file !== undefined)
    ports.log.info('history.delivered', {
      account: account.iban,
      from: span.from,
      to: span.to,
      entries: shown.count,
      file,
    });
  return { kind: !history.complete && cursor > span.after ? 'more' : 'done' };
}

/** Tells what is new as the entries go by, and remembers of it where it stands and under which digest it is counted. */
class Sifting {
  readonly runs = new EntryRuns();
  readonly shown = new ShownDigests();
  readonly #before: ShownEntries;
  readonly #span: Span;
  readonly #advanced: number;
  #cursor: number;

  constructor({ ports, book, sequence, advanced }: Delivery, span: Span) {
    this.#before = new ShownEntries(ports.journal, book.stream, sequence);
    this.#span = span;
    this.#advanced = advanced;
    this.#cursor = span.after;
  }

  /** The largest daily number there was. */
  get cursor(): number {
    return this.#cursor;
  }

  async sift(entries: readonly ListedEntry[]): Promise<TakenEntry[]> {
    const { finished, after } = this.#span;
    const listed = entries.filter(({ number }) => number === undefined || finished || number > after);
    for (const { bookingDay } of listed) await this.#before.load(bookingDay);
    return listed.map((entry) => {
      if (entry.number !== undefined && entry.number > this.#cursor) this.#cursor = entry.number;
      const identity = shownAs(entry);
      if (!isNew(entry, identity, this.#before, finished || after === 0)) return { entry, fresh: undefined };
      this.runs.add(entry.place);
      const number = this.shown.add(entry.bookingDay, shownDigest(identity));
      return { entry, fresh: number < this.#advanced ? undefined : number };
    });
  }
}

/** Of a day that is not over yet the rest is still to come; of one that is over nobody will ask again. */
function flagsOf(history: History, { from, finished }: Span): string[] {
  if (history.complete || !finished) return [];
  return [
    `The bank says that more operations of ${from} follow than it answers at once, and a day is the shortest period it can be asked for. Some of that day may not be in the history: compare it with the statement.`,
  ];
}

async function showEntries(
  delivery: Delivery,
  { from, to }: Span,
  history: History,
  runs: EntryRuns,
): Promise<DeliveredFiles> {
  const { ports, account, answerPath, at } = delivery;
  const moment = instantForName(ports, at);
  const day = from === to ? from : `${from}_${to}`;
  const content = (): AsyncIterable<Uint8Array> =>
    ports.format.composeHistory({
      messageId: messageId('HIS', delivery),
      createdAt: new Date(at),
      account: account.iban,
      currency: history.currency ?? account.currency,
      from,
      to,
      entries: history.copyEntries(runs.places()),
      copy: false,
    });
  const what = `history_${moment.day}T${moment.time}`;
  const camt = { message: 'camt.052', day, what, content, at, isInAnswer: false } as const;
  const shown = await deliverWanted(ports, account, camt, account.formats.history);
  await archiveAnswer(ports, account, at, shown.camtName, answerPath);
  return shown;
}
