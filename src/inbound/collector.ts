// Keeps the accounts of one bank up to date: what is due is computed from the journal, a failure makes only its own account wait.

import { addDays, dayAt, daysBetween } from '../domain/calendar.ts';
import { missing, type AccountState, type Fetch, type Kind } from '../domain/account-life.ts';
import { FileFailure } from '../files/file-store.ts';
import { AccountBook } from './account-book.ts';
import { deliverPending, fetchOne, sweepAnswers } from './collect.ts';
import type { CollectedAccount, InboundPorts } from './inbound-ports.ts';

/** Days back that a new account starts with. */
export const FIRST_DAYS = 7;
const RETRY_FIRST_MS = 30_000;
const RETRY_MAX_MS = 15 * 60_000;

interface Task {
  readonly account: CollectedAccount;
  readonly kind: Kind;
  /** By our running clock; undefined = not asked for. */
  dueMs: number | undefined;
  failures: number;
}

export class Collector {
  readonly #ports: InboundPorts;
  readonly #tasks: Task[];
  readonly #books = new Map<string, AccountBook>();

  /** Everything is due at once at the start: that is how days missed while down are fetched. */
  constructor(ports: InboundPorts, accounts: readonly CollectedAccount[]) {
    this.#ports = ports;
    this.#tasks = accounts.flatMap((account) =>
      account.kinds.map((kind): Task => ({ account, kind, dueMs: 0, failures: 0 })),
    );
  }

  /** A schedule fired. */
  wake(iban: string, kind: Kind): void {
    for (const task of this.#tasks) if (task.account.iban === iban && task.kind === kind) task.dueMs = 0;
  }

  /** The accounts that have been looked at, as they stand. */
  standing(): { readonly account: CollectedAccount; readonly state: AccountState }[] {
    const accounts = new Set(this.#tasks.map(({ account }) => account));
    return [...accounts].flatMap((account) => {
      const book = this.#books.get(keyOf(account));
      return book === undefined ? [] : [{ account, state: book.state }];
    });
  }

  /** Does what is due; resolves to the instant (running clock) of the next retry, if one is waiting. */
  async pass(isFatal: (failure: unknown) => boolean, stopping: () => boolean): Promise<number | undefined> {
    for (const task of this.#tasks) {
      if (stopping()) return undefined;
      if (task.dueMs === undefined || task.dueMs > this.#ports.clock.running()) continue;
      await this.#do(task, isFatal, stopping);
    }
    const waiting = this.#tasks.flatMap(({ dueMs }) => (dueMs === undefined ? [] : [dueMs]));
    return waiting.length === 0 ? undefined : Math.min(...waiting);
  }

  async #do(task: Task, isFatal: (failure: unknown) => boolean, stopping: () => boolean): Promise<void> {
    const { log, clock } = this.#ports;
    // Cleared first: a schedule that fires while we work makes it due again.
    task.dueMs = undefined;
    const cause = await this.#fetchMissing(task, isFatal, stopping);
    if (cause === undefined) {
      task.failures = 0;
      return;
    }
    task.failures += 1;
    task.dueMs = clock.running() + Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** (task.failures - 1));
    const fields = {
      account: task.account.iban,
      bank: task.account.bank,
      kind: task.kind,
      failures: task.failures,
      cause,
    };
    if (task.failures === 1) log.warn('account.failed', fields);
    else log.debug('account.failed', fields);
  }

  /** The sentence that says what went wrong; undefined when all is fetched. One failing day does not stop the others. */
  async #fetchMissing(
    { account, kind }: Task,
    isFatal: (failure: unknown) => boolean,
    stopping: () => boolean,
  ): Promise<string | undefined> {
    const { clock, timeZone, historySpanDays } = this.#ports;
    let firstCause: string | undefined;
    try {
      const book = await this.#bookOf(account);
      const left = await deliverPending(this.#ports, account, book);
      if (left.kind === 'failed') return left.cause;
      const today = dayAt(clock.now(), timeZone);
      let spanDays = historySpanDays(account.bank);
      const tried = new Set<string>();
      // Asked anew each time: what was just fetched may call for more, as a statement does for its PDF.
      const next = (): Fetch | undefined =>
        missing(book.state, kind, {
          today,
          since: account.since ?? addDays(today, -FIRST_DAYS),
          historySpanDays: spanDays,
          pdf: account.pdf,
        }).find((fetch) => !tried.has(JSON.stringify(fetch)));
      for (let fetch = next(); fetch !== undefined && !stopping(); fetch = next()) {
        tried.add(JSON.stringify(fetch));
        const fetched = await fetchOne(this.#ports, account, book, fetch);
        if (fetched.kind === 'failed') {
          firstCause ??= fetched.cause;
          // Later days of the history must not overtake a missing one, or it would never be fetched.
          if (kind === 'history') return firstCause;
        }
        // Asked for in halves, down to single days, for as long as this pass lasts.
        if (fetched.kind === 'too-long' && fetch.kind === 'history')
          spanDays = Math.max(1, Math.floor(daysBetween(fetch.from, fetch.to).length / 2));
        // What comes in while we read would be asked for again and again; only what the bank has ready is read to its end.
        if (fetch.kind === 'incremental' && fetched.kind !== 'more') break;
      }
    } catch (failure) {
      if (isFatal(failure)) throw failure;
      const reason = failure instanceof Error ? failure.message : String(failure);
      if (!(failure instanceof FileFailure))
        this.#ports.log.error('account.bug', {
          account: account.iban,
          kind,
          reason,
          stack: failure instanceof Error ? failure.stack : undefined,
        });
      return reason;
    }
    return firstCause;
  }

  async #bookOf(account: CollectedAccount): Promise<AccountBook> {
    const key = keyOf(account);
    const known = this.#books.get(key);
    if (known !== undefined) return known;
    const book = await AccountBook.open(this.#ports.journal, account.company, account.iban);
    await sweepAnswers(this.#ports, account, book);
    this.#books.set(key, book);
    return book;
  }
}

function keyOf({ company, iban }: CollectedAccount): string {
  return `${company} ${iban}`;
}
