// The one loop, run by several lanes so that a slow bank holds up nobody: the desk works on our own disk, a courier and a
// collector on each bank, one lane answers requests.

import { setMaxListeners } from 'node:events';
import type { Bell } from './bell.ts';
import type { Clock } from './clock.ts';
import type { Daemon, DaemonParts, SentMessage, Stopped } from './daemon.ts';
import type { Kind } from './domain/account-life.ts';
import { orderSteps, type Step } from './domain/order-steps.ts';
import type { SubmissionPhase } from './domain/submission.ts';
import { Collector } from './inbound/collector.ts';
import type { InboundPorts } from './inbound/inbound-ports.ts';
import { OutboxScanner } from './outbound/claim.ts';
import { openFolders } from './outbound/company-folders.ts';
import { recordDecisions } from './outbound/decisions.ts';
import type { OutboundContext } from './outbound/outbound-context.ts';
import type { CompanyFolders } from './outbound/outbound-ports.ts';
import { keyOf } from './outbound/stumbles.ts';
import { doStep, dueSteps, stepContext } from './outbound/work.ts';

/** After the limit a step that only works on our own disk is given this long. */
const LAST_STEP_MS = 1_000;

export class Lanes implements Daemon {
  readonly #parts: DaemonParts;
  readonly #context: OutboundContext;
  readonly #stop: AbortController;
  readonly #limit: AbortController;
  readonly #clock: Clock;
  readonly #bells: Bell[] = [];
  readonly #collectors: { readonly bank: string; readonly collector: Collector }[];
  readonly #scanners: OutboxScanner[];
  /** Companies whose folders could not be made yet. */
  #unmade: readonly CompanyFolders[];
  /** Steps that rest after they failed, by running clock. */
  readonly #resting = new Map<string, number>();
  #scanDueMs = 0;

  constructor(
    parts: DaemonParts,
    context: OutboundContext,
    inbound: InboundPorts,
    ending: { readonly stop: AbortController; readonly limit: AbortController },
    unmade: readonly CompanyFolders[],
  ) {
    this.#parts = parts;
    this.#context = context;
    this.#stop = ending.stop;
    this.#limit = ending.limit;
    this.#unmade = unmade;
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

  async run(stop: AbortSignal, limit: AbortSignal): Promise<Stopped> {
    const end = (): void => this.#stop.abort();
    // Every lane listens to the one signal, and there may be many banks.
    setMaxListeners(0, this.#stop.signal);
    stop.addEventListener('abort', end);
    if (stop.aborted) end();
    const lanes = [
      this.#lane(() => this.#deskPass()),
      this.#lane(() => this.#stepPass((step) => step.by === 'collector')),
      ...this.#parts.banks.map((bank) =>
        this.#lane(() => this.#stepPass((step) => step.by === 'courier' && step.bank === bank)),
      ),
      ...this.#collectors.map(({ collector }) => this.#lane(() => this.#collectPass(collector))),
    ];
    // A lane ends early only by a fatal failure; then the others must end as well before it is told.
    for (const lane of lanes) lane.catch(end);
    const over = new AbortController();
    let cut: SentMessage[] = [];
    const expired = aborted(limit).then(async () => {
      cut = this.#messagesIn('submitting');
      this.#limit.abort();
      // A send that is broken off here comes back to its lane as lost, and is recorded like any other.
      await Promise.all(this.#parts.banks.map((bank) => this.#context.ports.channel(bank).close()));
      await this.#clock.sleep(LAST_STEP_MS, over.signal);
      return undefined;
    });
    const results = await Promise.race([Promise.allSettled(lanes), expired]);
    over.abort();
    stop.removeEventListener('abort', end);
    const failed = results?.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    // What the bank answered at the last moment is not in doubt.
    const unclear = new Set(this.#messagesIn('submitting', 'in-doubt').map(({ message }) => message));
    return { inDoubt: cut.filter(({ message }) => unclear.has(message)), whole: results !== undefined };
  }

  #messagesIn(...phases: readonly SubmissionPhase[]): SentMessage[] {
    return this.#context.book
      .all()
      .flatMap(({ id, fileName, submissions }) =>
        submissions
          .filter(({ phase }) => phases.includes(phase))
          .map(({ plan }) => ({ order: id, file: fileName, message: plan.messageId })),
      );
  }

  /** Passes, then sleeps until rung, due or stopped; `pass` gives the instant (by date) of what is due next. */
  async #lane(pass: () => Promise<number>): Promise<void> {
    const { signal } = this.#stop;
    const bell = this.#parts.createBell();
    this.#bells.push(bell);
    while (!signal.aborted) await bell.wait(await pass(), this.#clock, signal);
  }

  async #deskPass(): Promise<number> {
    // The couriers sleep until something is due, and a decision makes it so.
    if ((await recordDecisions(this.#context, this.#parts.decisionsFolder)) > 0) this.#ringAll();
    if (this.#clock.running() >= this.#scanDueMs) {
      this.#scanDueMs = this.#clock.running() + this.#parts.scanEveryMs;
      await this.#makeFolders();
      for (const scanner of this.#scanners) {
        const againMs = await scanner.scan();
        if (againMs !== undefined)
          this.#scanDueMs = Math.min(this.#scanDueMs, this.#clock.running() + againMs);
      }
    }
    const nextMs = await this.#stepPass((step) => step.by === 'desk');
    return Math.min(nextMs, this.#clock.now() + Math.max(0, this.#scanDueMs - this.#clock.running()));
  }

  async #makeFolders(): Promise<void> {
    const waiting = this.#unmade;
    if (waiting.length === 0) return;
    const { log } = this.#parts.outbound;
    const still: CompanyFolders[] = [];
    for (const company of waiting) {
      const opened = await openFolders(this.#parts.outbound, [company]);
      if (opened.kind === 'opened' && opened.unmade.size > 0) still.push(company);
      else if (opened.kind === 'opened') log.info('folder.made', { company: company.name });
      else log.error('folder.foreign', { company: company.name, reason: opened.reason });
    }
    this.#unmade = still;
  }

  /** Does all due steps of one kind; resolves to the instant of the next one. */
  async #stepPass(wanted: (step: Step) => boolean): Promise<number> {
    for (;;) {
      let nextMs = Infinity;
      let done = 0;
      for (const { order, due } of dueSteps(this.#context, wanted)) {
        if (this.#stop.signal.aborted) return Infinity;
        const restsMs = (this.#resting.get(keyOf(order.id, due.step)) ?? 0) - this.#clock.running();
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
    if (restMs > 0) this.#resting.set(keyOf(orderId, step), this.#clock.running() + restMs);
    else this.#resting.delete(keyOf(orderId, step));
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

  async #collectPass(collector: Collector): Promise<number> {
    const nextMs = await collector.pass(this.#parts.isFatal, () => this.#stop.signal.aborted);
    return nextMs === undefined ? Infinity : this.#clock.now() + Math.max(0, nextMs - this.#clock.running());
  }

  #ringAll(): void {
    for (const bell of this.#bells) bell.ring();
  }
}

/** Resolves when the signal aborts. */
function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
