// `goniec show`: everything about one order, as a page for a person or as data.

import { join } from 'node:path';
import type { Order } from '../domain/order.ts';
import { summaryText } from '../outbound/summary.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { findByAnyName } from './find-order.ts';
import { withJournal } from './reading-journal.ts';
import { settingsFor } from './settings-for.ts';
import { complain, say, sayJson } from './terminal.ts';
import { timeline, timelineText, type Moment } from './timeline.ts';

export async function show(
  name: string,
  options: { readonly config?: string; readonly json?: boolean },
): Promise<ExitCode> {
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const { timeZone, state } = loaded.settings;
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
    const spoolFolder = join(state, 'spool');
    const life = ({ order, records }: (typeof pages)[number]): Moment[] =>
      timeline(order, records, spoolFolder);
    if (options.json === true)
      sayJson(pages.map((page) => ({ ...asData(page.order), timeline: life(page), records: page.records })));
    else
      for (const page of pages)
        say(
          `${summaryText(page.order, timeZone)}\nIts life (${timeZone})\n${timelineText(page.order, life(page), timeZone)}\n`,
        );
    return EXIT.ok;
  });
}

function asData(order: Order): object {
  const submissions = order.submissions.map((submission) => ({
    ...submission,
    states: Object.fromEntries(submission.states),
  }));
  return { ...order, submissions };
}
