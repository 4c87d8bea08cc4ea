// What is to be done next, by lane. It is kept up to date by what changes: an order that only waits costs nothing, however
// many there are.

import { dayAt } from '../domain/calendar.ts';
import { orderSteps, type DueStep, type Step, type StepContext } from '../domain/order-steps.ts';
import { DueQueue } from './due-queue.ts';
import type { OutboundContext } from './outbound-context.ts';
import { keyOf } from './stumbles.ts';
import { stepContext } from './work.ts';

/** Steps of one lane share a limit of how many are done at once. */
export function laneOf(step: Step): string {
  return step.by === 'courier' ? courierOf(step.bank) : step.by;
}

export function courierOf(bank: string): string {
  return `courier ${bank}`;
}

export interface Task {
  readonly order: string;
  readonly step: Step;
}

/** A clock that is only being kept right by small steps is not one that was set back. */
const SET_BACK_MIN_MS = 1_000;
/** Days begin with a minute everywhere. */
const MINUTE_MS = 60_000;

export class Agenda {
  readonly #context: OutboundContext;
  readonly #queues = new Map<string, DueQueue>();
  /** Orders whose steps are to be computed anew. */
  readonly #changed = new Set<string>();
  /** The steps being done, by order. */
  readonly #underWay = new Map<string, Set<Step>>();
  /** Steps that rest after they failed, by running clock. */
  readonly #resting = new Map<string, number>();
  /** Orders that say what an earlier one is told, by that one. */
  readonly #repeats = new Map<string, Set<string>>();
  /** What decides about all orders alike. */
  #paused = '';
  #minute = NaN;
  #day = '';
  #aheadMs = -Infinity;
  readonly #rules: StepContext;
  readonly #onNews: (lane: string) => void;
  #isLookedAt = false;

  /** `onNews` is called for a lane that has something to do earlier than it knows. */
  constructor(context: OutboundContext, onNews: (lane: string) => void) {
    this.#context = context;
    this.#rules = stepContext(context);
    this.#onNews = onNews;
    const changed = (order: string): void => {
      this.#changed.add(order);
      for (const repeat of this.#repeats.get(order) ?? []) this.#changed.add(repeat);
      this.lookSoon();
    };
    context.book.onChange(changed);
    context.attempts.onChange(changed);
    for (const { id } of context.book.all()) this.#changed.add(id);
  }

  /** The next step to begin in a lane: of the oldest order that has one. It is under way until `done`. */
  take(lane: string): Task | undefined {
    const nowMs = this.#look();
    const queue = this.#queue(lane);
    for (let id = queue.first(nowMs); id !== undefined; id = queue.first(nowMs)) {
      // Computed at this instant: another lane or a person may have moved the order, and time has passed.
      const due = this.#steps(id, nowMs).find((one) => laneOf(one.step) === lane && one.dueMs <= nowMs);
      if (due !== undefined) this.#begin(id, due.step);
      this.#enter(id, nowMs);
      if (due !== undefined) return { order: id, step: due.step };
    }
    return undefined;
  }

  /** When something is due next in the lane, by date, after `take` has found nothing; Infinity: never by itself. */
  nextMs(lane: string): number {
    return this.#queue(lane).nextMs();
  }

  /** The step is over; it is not begun again before it has rested for so long. */
  done({ order, step }: Task, restMs: number): void {
    const underWay = this.#underWay.get(order);
    underWay?.delete(step);
    if (underWay?.size === 0) this.#underWay.delete(order);
    if (restMs > 0) this.#resting.set(keyOf(order, step), this.#context.ports.clock.running() + restMs);
    else this.#resting.delete(keyOf(order, step));
    this.#changed.add(order);
    this.lookSoon();
  }

  /** Looks for news of what may have changed; once for all in one turn, as when many orders share a commit. */
  lookSoon(): void {
    if (this.#isLookedAt) return;
    this.#isLookedAt = true;
    queueMicrotask(() => {
      this.#isLookedAt = false;
      this.#look();
      for (const [lane, queue] of this.#queues) if (queue.hasNews()) this.#onNews(lane);
    });
  }

  #look(): number {
    const nowMs = this.#context.ports.clock.now();
    this.#lookAtAll(nowMs);
    this.#computeChanged(nowMs);
    return nowMs;
  }

  #begin(order: string, step: Step): void {
    const underWay = this.#underWay.get(order) ?? new Set();
    this.#underWay.set(order, underWay.add(step));
  }

  /** Everything is computed anew when the date was set back, with every new day, and when a bank is paused or resumed. */
  #lookAtAll(nowMs: number): void {
    const { clock, rules } = this.#context.ports;
    const aheadMs = nowMs - clock.running();
    const minute = Math.floor(nowMs / MINUTE_MS);
    const day = minute === this.#minute ? this.#day : dayAt(nowMs, rules.timeZone);
    const paused = [...this.#context.paused].join('\n');
    const isSetBack = aheadMs < this.#aheadMs - SET_BACK_MIN_MS;
    if (isSetBack || day !== this.#day || paused !== this.#paused)
      for (const { id } of this.#context.book.all()) this.#changed.add(id);
    this.#aheadMs = isSetBack ? aheadMs : Math.max(aheadMs, this.#aheadMs);
    this.#day = day;
    this.#minute = minute;
    this.#paused = paused;
  }

  #computeChanged(nowMs: number): void {
    for (const id of this.#changed) {
      this.#noteRepeat(id);
      this.#enter(id, nowMs);
    }
    this.#changed.clear();
  }

  #noteRepeat(id: string): void {
    const { book } = this.#context;
    const first = book.get(id)?.repeats;
    if (first === undefined || book.get(first) === undefined) return;
    const repeats = this.#repeats.get(first) ?? new Set();
    this.#repeats.set(first, repeats.add(id));
  }

  #enter(id: string, nowMs: number): void {
    const dueMs = new Map<string, number>();
    for (const { step, dueMs: stepMs } of this.#steps(id, nowMs)) {
      const lane = laneOf(step);
      dueMs.set(lane, Math.min(stepMs, dueMs.get(lane) ?? Infinity));
    }
    for (const lane of dueMs.keys()) this.#queue(lane);
    for (const [lane, queue] of this.#queues) queue.set(id, dueMs.get(lane));
  }

  /** What can be begun for an order, each with its instant: nothing beside a step that is for the same part of it. */
  #steps(id: string, nowMs: number): DueStep[] {
    const order = this.#context.book.get(id);
    if (order === undefined) {
      this.#repeats.delete(id);
      return [];
    }
    const underWay = [...(this.#underWay.get(id) ?? [])];
    return orderSteps(order, nowMs, this.#rules)
      .filter(({ step }) => !underWay.some((other) => areInEachOthersWay(step, other)))
      .map(({ step, dueMs }) => ({ step, dueMs: Math.max(dueMs, this.#restsUntilMs(id, step, nowMs)) }));
  }

  #restsUntilMs(id: string, step: Step, nowMs: number): number {
    const leftMs = (this.#resting.get(keyOf(id, step)) ?? -Infinity) - this.#context.ports.clock.running();
    return leftMs > 0 ? nowMs + leftMs : -Infinity;
  }

  #queue(lane: string): DueQueue {
    const known = this.#queues.get(lane);
    if (known !== undefined) return known;
    const queue = new DueQueue();
    this.#queues.set(lane, queue);
    return queue;
  }
}

/** Within a lane the steps for one part follow each other, and a step for the whole order is done alone. */
function areInEachOthersWay(a: Step, b: Step): boolean {
  if (laneOf(a) !== laneOf(b)) return false;
  return !('part' in a) || !('part' in b) || a.part === b.part;
}
