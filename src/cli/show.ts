// `goniec show`: everything about one order, as a page for a person or as data.

import { localDateTime } from '../domain/calendar.ts';
import type { Order } from '../domain/order.ts';
import type { JournalRecord } from '../journal/journal.ts';
import { summaryText } from '../outbound/summary.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { findByAnyName } from './find-order.ts';
import { withJournal } from './reading-journal.ts';
import { settingsFor } from './settings-for.ts';
import { complain, say, sayJson, table } from './terminal.ts';

export async function show(
  name: string,
  options: { readonly config?: string; readonly json?: boolean },
): Promise<ExitCode> {
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const { timeZone } = loaded.settings;
  return withJournal(loaded.settings, async (journal) => {
    const orders = await findByAnyName(journal, name);
    if (orders.length === 0) {
      complain(
        `Nothing is known of "${name}". Give an order id, a bank message id, the MsgId or the file name as the ERP wrote it; files still waiting in the outbox are shown by "goniec status".`,
      );
      return EXIT.notFound;
    }
    const pages = await Promise.all(
      orders.map(async (order) => ({ order, records: await journal.read(`order/${order.id}`) })),
    );
    if (options.json === true) sayJson(pages.map(({ order, records }) => asData(order, records)));
    else
      for (const { order, records } of pages)
        say(`${summaryText(order, timeZone)}\n${timeline(records, timeZone)}\n`);
    return EXIT.ok;
  });
}

function timeline(records: readonly JournalRecord[], timeZone: string): string {
  return table([
    ['when', 'record', 'what'],
    ...records.map(({ at, sequence, event }) => [
      localDateTime(Date.parse(at), timeZone).replace('T', ' '),
      String(sequence),
      'part' in event ? `${event.type} (message ${event.part})` : event.type,
    ]),
  ]);
}

function asData(order: Order, records: readonly JournalRecord[]): object {
  const submissions = order.submissions.map((submission) => ({
    ...submission,
    states: Object.fromEntries(submission.states),
  }));
  return { ...order, submissions, records };
}
