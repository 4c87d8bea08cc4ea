// The one loop, run by several lanes so that a slow bank holds up nobody: the desk works on our own disk, a courier and a
// collector on each bank, one lane answers requests. Recovery is the normal path: replay the journal, then run.

import { setMaxListeners } from 'node:events';
import type { Bell } from './bell.ts';
import type { Clock } from './clock.ts';
import type { Kind } from './domain/account-life.ts';
import type { Step } from './domain/order-steps.ts';
import { orderSteps } from './domain/order-steps.ts';
import { Collector } from './inbound/collector.ts';
import type { CollectedAccount, InboundPorts } from './inbound/inbound-ports.ts';
import { answerRequests } from './inbound/requests.ts';
import { settleBooked } from './outbound/booked.ts';
import { foreignWorkingFolder, OutboxScanner } from './outbound/claim.ts';
import { pausedBanks, recordDecisions } from './outbound/decisions.ts';
import { OrderBook } from './outbound/order-book.ts';
import { outboundContext, type OutboundContext } from './outbound/outbound-context.ts';
import type { OutboundPorts } from './outbound/outbound-ports.ts';
import { doStep, dueSteps, stepContext } from './outbound/work.ts';

export interface DaemonParts {
  readonly outbound: Omit<OutboundPorts, 'answerRequest'>;
  readonly inbound: Omit<InboundPorts, 'onBooked'>;
  readonly accounts: readonly CollectedAccount[];
  readonly banks: readonly string[];
  readonly decisionsFolder: string;
  readonly scanEveryMs: number;
  readonly createBell: () => Bell;
  /** True for a failure after which nothing may be assumed (the journal does not write): the daemon ends. */
  readonly isFatal: (failure: unknown) => boolean;
}

export interface Daemon {
  /** Works until the signal aborts, finishing the step it is at; rejects only for a fatal failure. */
  run(signal: AbortSignal): Promise<void>;
  /** Something may have changed in an outbox or among the decisions. */
  hint(): void;
  /** A schedule fired. */
  wake(iban: string, kind: Kind): void;
}

export interface StartRefusal {
  readonly kind: 'refused';
  readonly reason: string;
}

/** Replays the journal and makes ready; a refusal is a sentence that says what to do. */
export async function openDaemon(parts: DaemonParts): Promise<Daemon | StartRefusal> {
  const accountOf = (company: string, iban: string): CollectedAccount | undefined =>
    parts.accounts.find((account) => account.company === company && account.iban === iban);
  const ports: OutboundPorts = {
    ...parts.outbound,
    answerRequest: (order) =>
      answerRequests(
        inbound,
        (iban) => accountOf(order.company, iban),
        order.requests,
        order.id,
        order.claimedAt,
      ),
  };
  const foreign = await foreignWorkingFolder(ports);
  if (foreign !== undefined) return { kind: 'refused', reason: foreign };
  const book = await OrderBook.open(ports.journal);
  const context = outboundContext(ports, book, await pausedBanks(ports.journal, parts.banks));
  const inbound: InboundPorts = {
    ...parts.inbound,
    onBooked: (account, entries) => settleBooked(context, account, entries),
  };
  return new Lanes(parts, context, inbound);
}

class Lanes implements Daemon {
  readonly #parts: DaemonParts;
  readonly #context: OutboundContext;
  readonly #clock: Clock;
  readonly #bells: Bell[] = [];
  readonly #collectors: { readonly bank: string; readonly collector: Collector }[];
  readonly #scanners: OutboxScanner[];
  /** Orders that rest after the disk refused them something, by running clock. */
  readonly #resting = new Map<string, number>();
  #scanDueMs = 0;

  constructor(parts: DaemonParts, context: OutboundContext, inbound: InboundPorts) {
    this.#parts = parts;
    this.#context = context;
    this.#clock = context.ports.clock;
    this.#scanners = context.ports.companies.map((company) => new OutboxScanner(context, company));
    this.#collectors = parts.banks.map((bank) => ({
      bank,
      collector: new Collector(
        inbound,
        parts.accounts.filter((account) => account.bank === bank),
      ),
    }));
  }

  hint(): void {
    this.#scanDueMs = 0;
    this.#ringAll();
  }

  wake(iban: string, kind: Kind): void {
    for (const { collector } of this.#collectors) collector.wake(iban, kind);
    this.#ringAll();
  }

  async run(signal: AbortSignal): Promise<void> {
    for (const scanner of this.#scanners) await scanner.recover();
    const stop = new AbortController();
    // Every lane listens to the one signal, and there may be many banks.
    setMaxListeners(0, signal, stop.signal);
    const ended = AbortSignal.any([signal, stop.signal]);
    setMaxListeners(0, ended);
    const lanes = [
      this.#lane(ended, () => this.#deskPass(ended)),
      this.#lane(ended, () => this.#stepPass(ended, (step) => step.by === 'collector')),
      ...this.#parts.banks.map((bank) =>
        this.#lane(ended, () => this.#stepPass(ended, (step) => step.by === 'courier' && step.bank === bank)),
      ),
      ...this.#collectors.map(({ collector }) =>
        this.#lane(ended, () => this.#collectPass(collector, ended)),
      ),
    ];
    // A lane ends early only by a fatal failure; then the others must end as well before it is told.
    for (const lane of lanes) lane.catch(() => stop.abort());
    const results = await Promise.allSettled(lanes);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Passes, then sleeps until rung, due or stopped; `pass` gives the instant (by date) of what is due next. */
  async #lane(signal: AbortSignal, pass: () => Promise<number>): Promise<void> {
    const bell = this.#parts.createBell();
    this.#bells.push(bell);
    while (!signal.aborted) await bell.wait(await pass(), this.#clock, signal);
  }

  async #deskPass(signal: AbortSignal): Promise<number> {
    // The couriers sleep until something is due, and a decision makes it so.
    if ((await recordDecisions(this.#context, this.#parts.decisionsFolder)) > 0) this.#ringAll();
    if (this.#clock.running() >= this.#scanDueMs) {
      this.#scanDueMs = this.#clock.running() + this.#parts.scanEveryMs;
      for (const scanner of this.#scanners) {
        const againMs = await scanner.scan();
        if (againMs !== undefined)
          this.#scanDueMs = Math.min(this.#scanDueMs, this.#clock.running() + againMs);
      }
    }
    const nextMs = await this.#stepPass(signal, (step) => step.by === 'desk');
    return Math.min(nextMs, this.#clock.now() + Math.max(0, this.#scanDueMs - this.#clock.running()));
  }

  /** Does all due steps of one kind; resolves to the instant of the next one. */
  async #stepPass(signal: AbortSignal, wanted: (step: Step) => boolean): Promise<number> {
    for (;;) {
      let nextMs = Infinity;
      let done = 0;
      for (const { order, due } of dueSteps(this.#context, wanted)) {
        if (signal.aborted) return Infinity;
        const restsMs = (this.#resting.get(order.id) ?? 0) - this.#clock.running();
        const dueMs = Math.max(due.dueMs, restsMs > 0 ? this.#clock.now() + restsMs : 0);
        if (dueMs > this.#clock.now()) nextMs = Math.min(nextMs, dueMs);
        else if (this.#isStillDue(order.id, due.step)) {
          await this.#do(order.id, due.step);
          done += 1;
        }
      }
      if (done === 0) return nextMs;
    }
  }

  async #do(orderId: string, step: Step): Promise<void> {
    const restMs = await doStep(this.#context, orderId, step, this.#parts.isFatal);
    if (restMs > 0) this.#resting.set(orderId, this.#clock.running() + restMs);
    else this.#resting.delete(orderId);
    this.#ringAll();
  }

  /** Another lane or a person may have moved the order since the steps were listed. */
  #isStillDue(orderId: string, step: Step): boolean {
    const order = this.#context.book.get(orderId);
    if (order === undefined) return false;
    const wanted = JSON.stringify(step);
    return orderSteps(order, this.#clock.now(), stepContext(this.#context)).some(
      (due) => JSON.stringify(due.step) === wanted,
    );
  }

  async #collectPass(collector: Collector, signal: AbortSignal): Promise<number> {
    const nextMs = await collector.pass(this.#parts.isFatal, () => signal.aborted);
    return nextMs === undefined ? Infinity : this.#clock.now() + Math.max(0, nextMs - this.#clock.running());
  }

  #ringAll(): void {
    for (const bell of this.#bells) bell.ring();
  }
}
