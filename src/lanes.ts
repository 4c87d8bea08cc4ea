// The one loop, run by several lanes so that a slow bank holds up nobody: one looks at what comes in at the door, the desk works
// on our own disk, a courier and a collector on each bank, one lane answers requests. The desk and the couriers do several
// steps at once, so that many small orders share the flushes of the disk and the waits for a bank.

import { setMaxListeners } from 'node:events';
import type { Bell } from './bell.ts';
import type { Clock } from './clock.ts';
import type { Daemon, DaemonParts, SentMessage, Standing, Stopped } from './daemon.ts';
import type { Kind } from './domain/account-life.ts';
import type { SubmissionPhase } from './domain/submission.ts';
import { Collector } from './inbound/collector.ts';
import type { InboundPorts } from './inbound/inbound-ports.ts';
import { Agenda, courierOf, type Task } from './outbound/agenda.ts';
import { OutboxScanner } from './outbound/claim.ts';
import { openFolders } from './outbound/company-folders.ts';
import { recordDecisions } from './outbound/decisions.ts';
import type { OutboundContext } from './outbound/outbound-context.ts';
import type { CompanyFolders } from './outbound/outbound-ports.ts';
import type { OutboxWitness } from './outbound/outbox-witness.ts';
import { doStep } from './outbound/work.ts';

/** After the limit a step that only works on our own disk is given this long. */
const LAST_STEP_MS = 1_000;
/** More would gain nothing: a group of so many has one commit. */
const DESK_STEPS_AT_ONCE = 32;
const DOOR = 'door';

export class Lanes implements Daemon {
  readonly #parts: DaemonParts;
  readonly #context: OutboundContext;
  readonly #stop: AbortController;
  readonly #limit: AbortController;
  readonly #clock: Clock;
  readonly #bells = new Map<string, Bell>();
  readonly #agenda: Agenda;
  readonly #collectors: { readonly bank: string; readonly collector: Collector }[];
  readonly #witnesses: readonly OutboxWitness[];
  readonly #scanners: OutboxScanner[];
  /** Companies whose folders could not be made yet. */
  #unmade: readonly CompanyFolders[];
  #scanDueMs = 0;

  constructor(
    parts: DaemonParts,
    context: OutboundContext,
    inbound: InboundPorts,
    witnesses: readonly OutboxWitness[],
    ending: { readonly stop: AbortController; readonly limit: AbortController },
    unmade: readonly CompanyFolders[],
  ) {
    this.#parts = parts;
    this.#context = context;
    this.#stop = ending.stop;
    this.#limit = ending.limit;
    this.#witnesses = witnesses;
    this.#unmade = unmade;
    this.#clock = context.ports.clock;
    this.#agenda = new Agenda(context, (lane) => this.#bells.get(lane)?.ring());
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
    this.#bellOf(DOOR).ring();
  }

  wake(iban: string, kind: Kind): void {
    for (const { bank, collector } of this.#collectors) {
      collector.wake(iban, kind);
      this.#bellOf(collectorOf(bank)).ring();
    }
  }

  standing(): Standing {
    return {
      orders: this.#context.book.all(),
      accounts: this.#collectors.flatMap(({ collector }) => collector.standing()),
      unmade: this.#unmade.map(({ name }) => name),
    };
  }

  async run(stop: AbortSignal, limit: AbortSignal): Promise<Stopped> {
    const end = (): void => this.#stop.abort();
    // Every lane listens to the one signal, and there may be many banks.
    setMaxListeners(0, this.#stop.signal);
    stop.addEventListener('abort', end);
    if (stop.aborted) end();
    const lanes = [
      this.#passLane(DOOR, () => this.#doorPass()),
      this.#stepLane('desk', () => DESK_STEPS_AT_ONCE),
      this.#stepLane('collector', () => 1),
      ...this.#parts.banks.map((bank) =>
        this.#stepLane(courierOf(bank), () =>
          this.#context.taking.has(bank) ? this.#parts.sendsAtOnce(bank) : 1,
        ),
      ),
      ...this.#collectors.map(({ bank, collector }) =>
        this.#passLane(collectorOf(bank), () => this.#collectPass(collector)),
      ),
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
  async #passLane(lane: string, pass: () => Promise<number>): Promise<void> {
    const { signal } = this.#stop;
    const bell = this.#bellOf(lane);
    while (!signal.aborted) await bell.wait(await pass(), this.#clock, signal);
  }

  /** Looks for what came from outside: decisions of people, and files of the ERP. */
  async #doorPass(): Promise<number> {
    // A bank that a person resumed has work for its courier.
    if ((await recordDecisions(this.#context, this.#parts.decisionsFolder)) > 0) this.#agenda.lookSoon();
    if (this.#clock.running() >= this.#scanDueMs) {
      this.#scanDueMs = this.#clock.running() + this.#parts.scanEveryMs;
      await this.#makeFolders();
      // Ends the daemon where another copy of our journal works on one of the outboxes.
      for (const witness of this.#witnesses) await witness.look();
      for (const scanner of this.#scanners) {
        const againMs = await scanner.scan();
        if (againMs !== undefined)
          this.#scanDueMs = Math.min(this.#scanDueMs, this.#clock.running() + againMs);
      }
    }
    return this.#clock.now() + Math.max(0, this.#scanDueMs - this.#clock.running());
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

  /** Does the steps of one lane, up to so many at once, each as soon as it is due. Those begun are finished, however it ends. */
  async #stepLane(lane: string, atOnce: () => number): Promise<void> {
    const { signal } = this.#stop;
    const bell = this.#bellOf(lane);
    const underWay = new Set<Promise<void>>();
    const failures: unknown[] = [];
    while (!signal.aborted && failures.length === 0) {
      while (underWay.size < atOnce()) {
        const task = this.#agenda.take(lane);
        if (task === undefined) break;
        const work = this.#do(task)
          .catch((failure: unknown) => failures.push(failure))
          .then(() => {
            underWay.delete(work);
            bell.ring();
          });
        underWay.add(work);
      }
      const untilMs = underWay.size < atOnce() ? this.#agenda.nextMs(lane) : Infinity;
      await bell.wait(untilMs, this.#clock, signal);
    }
    await Promise.all(underWay);
    if (failures.length > 0) throw failures[0];
  }

  async #do(task: Task): Promise<void> {
    this.#agenda.done(task, await doStep(this.#context, task.order, task.step, this.#parts.isFatal));
  }

  async #collectPass(collector: Collector): Promise<number> {
    const nextMs = await collector.pass(this.#parts.isFatal, () => this.#stop.signal.aborted);
    return nextMs === undefined ? Infinity : this.#clock.now() + Math.max(0, nextMs - this.#clock.running());
  }

  #bellOf(lane: string): Bell {
    const known = this.#bells.get(lane);
    if (known !== undefined) return known;
    const bell = this.#parts.createBell();
    this.#bells.set(lane, bell);
    return bell;
  }
}

function collectorOf(bank: string): string {
  return `collector ${bank}`;
}

/** Resolves when the signal aborts. */
function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
