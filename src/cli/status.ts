// `goniec status`: what waits for a person, what is open, what lies in the outbox, and how each account stands.

import type { Order } from '../domain/order.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { overviewOf, type Overview } from './overview.ts';
import { withJournal } from './reading-journal.ts';
import { settingsFor } from './settings-for.ts';
import { statusPage } from './status-page.ts';
import { say, sayJson } from './terminal.ts';

/** Ends with the code for attention while something waits for a person, so that a script may watch it. */
export async function status(options: {
  readonly config?: string;
  readonly json?: boolean;
}): Promise<ExitCode> {
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const { settings } = loaded;
  return withJournal(settings, async (journal) => {
    const overview = await overviewOf(settings, journal, options.config);
    if (options.json === true) sayJson(asData(overview));
    else say(statusPage(overview, settings.timeZone));
    return needsPerson(overview) ? EXIT.attention : EXIT.ok;
  });
}

function needsPerson({ held, paused, unreachable, open }: Overview): boolean {
  const stuck = open.some((order) => order.stuck !== undefined);
  return held.length > 0 || stuck || paused.length > 0 || unreachable.length > 0;
}

function asData(overview: Overview): object {
  const order = ({ id, fileName, company, claimedAt, phase, erp, submissions, stuck }: Order): object => ({
    id,
    fileName,
    company,
    claimedAt,
    phase,
    erp,
    stuck,
    submissions: submissions.map(({ plan, phase: at, hold }) => ({
      part: plan.part,
      messageId: plan.messageId,
      bank: plan.bank,
      operation: plan.operation,
      count: plan.count,
      controlSum: plan.controlSum,
      phase: at,
      hold,
    })),
  });
  return {
    ...overview,
    open: overview.open.map(order),
    recent: overview.recent.map(order),
    accounts: overview.accounts.map(({ iban, bank, state, flags }) => ({
      iban,
      bank,
      historyThrough: state.historyThrough,
      statements: [...state.statements.values()],
      flags,
      contradictions: state.contradictions,
    })),
  };
}
