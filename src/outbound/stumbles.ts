// Remembers which steps fail again and again: each is tried ever more slowly, and is spoken of once for every new reason.

import type { Step } from '../domain/order-steps.ts';

const REST_FIRST_MS = 5_000;
const REST_MAX_MS = 5 * 60_000;

/** So many failures in a row are no chance any more. */
const STUCK_AFTER = 3;

export interface Stumble {
  readonly restMs: number;
  /** True when the reason is another than the time before. */
  readonly isNews: boolean;
  /** True from the failure on from which a person should know. */
  readonly isStuck: boolean;
}

export class Stumbles {
  readonly #known = new Map<string, { readonly count: number; readonly reason: string }>();

  note(order: string, step: Step, reason: string): Stumble {
    const key = keyOf(order, step);
    const before = this.#known.get(key);
    const count = (before?.count ?? 0) + 1;
    this.#known.set(key, { count, reason });
    return {
      restMs: Math.min(REST_MAX_MS, REST_FIRST_MS * 2 ** Math.min(count - 1, 20)),
      isNews: before?.reason !== reason,
      isStuck: count >= STUCK_AFTER,
    };
  }

  forget(order: string, step: Step): void {
    this.#known.delete(keyOf(order, step));
  }
}

/** A step in words: `tell`, `ask 1`. */
export function stepName(step: Step): string {
  return 'part' in step ? `${step.do} ${step.part}` : step.do;
}

/** One step of one order. */
export function keyOf(order: string, step: Step): string {
  return `${order} ${stepName(step)}`;
}
