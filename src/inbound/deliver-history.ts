// Shows the ERP every operation of the history once, as camt.052; what overlaps with earlier answers is not shown again.

import type { History } from '../bank/channel.ts';
import type { ShownEntry } from '../domain/account-event.ts';
import type { BookedEntry } from '../domain/entry.ts';
import { newEntries } from '../domain/entry-identity.ts';
import { KEY } from '../domain/journal-index.ts';
import { bookedEvents } from './booked-events.ts';
import { archiveAnswer, deliver, fileStem, instantForName } from './deliver.ts';
import { messageId, type Delivered, type Delivery } from './delivery.ts';
import type { InboundPorts } from './inbound-ports.ts';

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
  const { ports, account, book, bytes } = delivery;
  const history = ports.channel(account.bank).readHistory(bytes);
  if ('kind' in history) return { kind: 'failed', cause: history.reason };
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
  const listed = history.entries.filter(
    (entry) => entry.number === undefined || span.finished || entry.number > span.after,
  );
  const fresh = newEntries(
    listed,
    await shownBefore(ports, book.stream, listed),
    span.finished || span.after === 0,
  );
  const booked = await bookedEvents(
    delivery,
    'history',
    listed,
    fresh.map(({ entry }) => entry),
  );
  const file =
    fresh.length === 0
      ? undefined
      : await showEntries(
          delivery,
          span,
          history,
          fresh.map(({ entry }) => entry),
        );
  const cursor = listed.reduce((largest, entry) => Math.max(largest, entry.number ?? 0), span.after);
  await book.record(...booked, {
    type: 'history-delivered',
    day: span.to,
    cursor,
    finished: span.finished,
    file,
    entries: fresh.map(({ identity }) => identity),
    ...(flags.length === 0 ? {} : { flags }),
  });
  return { kind: !history.complete && cursor > span.after ? 'more' : 'done' };
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
  fresh: readonly BookedEntry[],
): Promise<string> {
  const { ports, account, answerPath, at } = delivery;
  const moment = instantForName(ports, at);
  const day = from === to ? from : `${from}_${to}`;
  const stem = fileStem('camt.052', day, account.iban, `history_${moment.day}T${moment.time}`);
  const document = ports.format.composeHistory({
    messageId: messageId('HIS', delivery),
    createdAt: new Date(at),
    account: account.iban,
    currency: history.currency ?? account.currency,
    from,
    to,
    entries: fresh.map(({ xml }) => xml),
    copy: false,
  });
  const file = await deliver(ports, account, at, stem, 'xml', document);
  await archiveAnswer(ports, account, at, file, answerPath);
  ports.log.info('history.delivered', { account: account.iban, from, to, entries: fresh.length, file });
  return file;
}

/** How often each identity was shown, for the booking days of these entries. */
async function shownBefore(
  ports: InboundPorts,
  stream: string,
  entries: readonly BookedEntry[],
): Promise<(entry: ShownEntry) => number> {
  const counts = new Map<string, number>();
  for (const day of new Set(entries.map((entry) => entry.bookingDay))) {
    for (const { value } of await ports.journal.keys(KEY.shownEntry(stream, day))) {
      const key = `${day} ${value}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return (entry) => counts.get(`${entry.bookingDay} ${entry.rung}:${entry.value}`) ?? 0;
}
