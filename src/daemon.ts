// Makes the daemon ready: replays the journal, sees that the configuration and the folders fit it, and puts the lanes together.
// Recovery is the normal path: what was open goes on from where the journal says it stands.

import type { Bell } from './bell.ts';
import type { AccountState, Kind } from './domain/account-life.ts';
import type { Order } from './domain/order.ts';
import type { CollectedAccount, InboundPorts } from './inbound/inbound-ports.ts';
import { answerRequests } from './inbound/requests.ts';
import { Lanes } from './lanes.ts';
import { bookingsOf } from './outbound/booked.ts';
import { markedFolders, openFolders, outboxLeft } from './outbound/company-folders.ts';
import { pausedBanks } from './outbound/decisions.ts';
import { guardedFiles } from './outbound/guarded-files.ts';
import { OrderBook } from './outbound/order-book.ts';
import { outboundContext } from './outbound/outbound-context.ts';
import type { OutboundPorts } from './outbound/outbound-ports.ts';
import { OutboxDisowned, OutboxWitness } from './outbound/outbox-witness.ts';
import { sweepSpool } from './outbound/spool-leftovers.ts';
import { missingName } from './outbound/still-configured.ts';

export interface DaemonParts {
  readonly outbound: Omit<OutboundPorts, 'answerRequest'>;
  readonly inbound: Omit<InboundPorts, 'bookings' | 'stop'>;
  readonly accounts: readonly CollectedAccount[];
  readonly banks: readonly string[];
  /** How many messages and questions may be on their way to this bank at once. */
  readonly sendsAtOnce: (bank: string) => number;
  readonly decisionsFolder: string;
  readonly scanEveryMs: number;
  readonly createBell: () => Bell;
  /** True for a failure after which nothing may be assumed (the journal does not write): the daemon ends. */
  readonly isFatal: (failure: unknown) => boolean;
}

export interface Daemon {
  /**
   * Works until `stop` aborts. Then nothing new is claimed, sent or asked, and what is under way is finished, until
   * `limit` aborts: from there on every exchange with a bank is broken off, and a message that was being sent is recorded
   * as lost. Rejects only for a fatal failure.
   */
  run(stop: AbortSignal, limit: AbortSignal): Promise<Stopped>;
  /** Something may have changed in an outbox or among the decisions. */
  hint(): void;
  /** A schedule fired. */
  wake(iban: string, kind: Kind): void;
  /** What stands now, for those who tell people; costs nothing and changes nothing. */
  standing(): Standing;
}

/** What the daemon knows without asking anybody. */
export interface Standing {
  /** Open orders, oldest first. */
  readonly orders: readonly Order[];
  /** Accounts that have been looked at since the start. */
  readonly accounts: readonly { readonly account: CollectedAccount; readonly state: AccountState }[];
  /** Companies whose folders could not be made yet. */
  readonly unmade: readonly string[];
}

export interface SentMessage {
  readonly order: string;
  readonly file: string;
  readonly message: string;
}

/** How the daemon came to its rest. */
export interface Stopped {
  /** Bank messages that were being sent when the limit came; the next start asks the bank about them. */
  readonly inDoubt: readonly SentMessage[];
  /** False when a step did not end even then, as on a disk that does not answer: it is left as by a crash. */
  readonly whole: boolean;
}

export interface StartRefusal {
  readonly kind: 'refused';
  readonly reason: string;
}

/** Replays the journal and makes ready; a refusal is a sentence that says what to do. */
export async function openDaemon(parts: DaemonParts): Promise<Daemon | StartRefusal> {
  const { journal, files, companies, log } = parts.outbound;
  const book = await OrderBook.open(journal);
  const reason = await misfitOf(parts, book.all());
  if (reason !== undefined) return { kind: 'refused', reason };
  const folders = await openFolders(parts.outbound, companies);
  if (folders.kind === 'foreign') return { kind: 'refused', reason: folders.reason };
  for (const [company, cause] of folders.unmade)
    log.error('folder.not-made', { company: company.name, cause, remedy: FOLDER_REMEDY });
  const witnesses = companies.map((company) => new OutboxWitness(parts.outbound, company));
  try {
    for (const witness of witnesses) await witness.look();
  } catch (failure) {
    if (!(failure instanceof OutboxDisowned)) throw failure;
    return { kind: 'refused', reason: failure.message };
  }
  await sweepSpool(parts.outbound, book);

  const stop = new AbortController();
  const limit = new AbortController();
  const accountOf = (company: string, iban: string): CollectedAccount | undefined =>
    parts.accounts.find((account) => account.company === company && account.iban === iban);
  const guarded = guardedFiles(
    files,
    companies.flatMap((company) => markedFolders(journal.id, company)),
    log,
    limit.signal,
  );
  const ports: OutboundPorts = {
    ...parts.outbound,
    files: guarded,
    answerRequest: (order) =>
      answerRequests(
        inbound,
        (iban) => accountOf(order.company, iban),
        order.requests,
        order.id,
        order.claimedAt,
      ),
  };
  const context = outboundContext(ports, book, await pausedBanks(journal, parts.banks), stop.signal);
  const inbound: InboundPorts = {
    ...parts.inbound,
    files: guarded,
    stop: stop.signal,
    bookings: (account, source) => bookingsOf(context, account, source),
  };
  return new Lanes(parts, context, inbound, witnesses, { stop, limit }, [...folders.unmade.keys()]);
}

const FOLDER_REMEDY =
  'The folders of this company can not be made yet; this is tried again. Mend the path or the rights; the other companies work on.';

/** Why these orders can not be carried on under these settings. */
async function misfitOf(parts: DaemonParts, orders: readonly Order[]): Promise<string | undefined> {
  const { banks, accounts } = parts;
  const { companies } = parts.outbound;
  const missing = missingName(orders, { companies: companies.map(({ name }) => name), banks, accounts });
  if (missing !== undefined) return missing;
  for (const company of companies) {
    const left = await outboxLeft(parts.outbound, company, orders);
    if (left !== undefined) return left;
  }
  return undefined;
}
