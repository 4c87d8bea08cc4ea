// `goniec release` and `goniec resume`: what a person decides about a held message or a paused bank, put on record by the daemon.

import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Release } from '../domain/order-event.ts';
import { diskFileStore } from '../files/disk-file-store.ts';
import { decisionFault, type Decision } from '../outbound/decisions.ts';
import { systemClock } from '../triggers/system-clock.ts';
import { decisionsFolder } from './build-daemon.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { findByAnyName } from './find-order.ts';
import { withJournal } from './reading-journal.ts';
import { settingsFor } from './settings-for.ts';
import { complain, say } from './terminal.ts';

const RELEASES: readonly Release[] = ['resend', 'settled', 'rejected', 'dropped'];

export interface DecisionOptions {
  readonly config?: string;
  readonly reason: string;
  readonly who?: string;
}

/** `name` is an order (all its held messages, or the one `part` names) or one bank message id. */
export async function release(
  name: string,
  options: DecisionOptions & { readonly as: string; readonly part?: string },
): Promise<ExitCode> {
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  const as = RELEASES.find((candidate) => candidate === options.as);
  if (as === undefined || options.reason.trim() === '') {
    complain(
      as === undefined
        ? `--as must be one of ${RELEASES.join(', ')}.`
        : 'A decision needs a reason (--reason): it is kept on record.',
    );
    return EXIT.usage;
  }
  return withJournal(loaded.settings, async (journal) => {
    const found = await findByAnyName(journal, name);
    const open = found.filter(({ submissions }) => submissions.some(({ phase }) => phase === 'held'));
    if (open.length > 1) {
      complain(
        `"${name}" is the name of ${open.length} orders of which something is held: ${open.map(({ id, claimedAt }) => `${id} (taken over ${claimedAt})`).join(', ')}. Name the order or the bank message that is meant; "goniec status" shows them.`,
      );
      return EXIT.usage;
    }
    const order = open[0] ?? found.at(-1);
    const held =
      order?.submissions.filter(
        ({ plan, phase }) =>
          phase === 'held' &&
          (options.part === undefined || plan.part === Number(options.part)) &&
          (plan.messageId === name || !order.submissions.some((other) => other.plan.messageId === name)),
      ) ?? [];
    if (order === undefined || held.length === 0) {
      const what = options.part === undefined ? `"${name}"` : `message ${options.part} of "${name}"`;
      complain(
        order === undefined
          ? `Nothing is known of "${name}".`
          : `Nothing of ${what} is held. What is held is shown by "goniec status".`,
      );
      return EXIT.notFound;
    }
    const faults = held
      .map(({ plan }) => decisionFault(order, plan.part, as, options.reason))
      .filter((fault) => fault !== undefined);
    if (faults.length > 0) {
      for (const fault of faults) complain(fault);
      return EXIT.usage;
    }
    for (const { plan, hold } of held) {
      await leave(decisionsFolder(loaded.settings), {
        kind: 'release',
        order: order.id,
        part: plan.part,
        as,
        who: options.who ?? userInfo().username,
        reason: options.reason,
        ...(hold === undefined ? {} : { evidence: hold.evidence }),
      });
      say(
        `${plan.messageId}: ${as}, decided by ${options.who ?? userInfo().username}. The running daemon puts it on record at once, or at its next start.`,
      );
    }
    return EXIT.ok;
  });
}

export async function resume(bank: string, options: DecisionOptions): Promise<ExitCode> {
  const loaded = await settingsFor(options.config);
  if (loaded === undefined) return EXIT.configuration;
  if (!loaded.settings.banks.some(({ name }) => name === bank)) {
    complain(
      `There is no bank "${bank}". Known: ${loaded.settings.banks.map(({ name }) => name).join(', ')}`,
    );
    return EXIT.notFound;
  }
  await leave(decisionsFolder(loaded.settings), {
    kind: 'resume',
    bank,
    who: options.who ?? userInfo().username,
    reason: options.reason,
  });
  say(`${bank}: resumed. The running daemon puts it on record at once, or at its next start.`);
  return EXIT.ok;
}

async function leave(folder: string, decision: Decision): Promise<void> {
  await diskFileStore.makeFolder(folder);
  const name = `${systemClock.now()}-${Buffer.from(systemClock.random(4)).toString('hex')}.json`;
  await diskFileStore.write(join(folder, name), Buffer.from(JSON.stringify(decision)));
}
