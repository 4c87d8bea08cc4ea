// Orders by when something is due for them: those that are due now come oldest first, the others by their instant. What it
// costs grows with what changes, not with how many orders wait.

import { Heap } from './heap.ts';

interface Waiting {
  readonly order: string;
  readonly dueMs: number;
}

export class DueQueue {
  readonly #dueMs = new Map<string, number>();
  /** Both may still hold what has changed since; only what `#dueMs` says counts. */
  readonly #ready = new Heap<string>((a, b) => a < b);
  readonly #later = new Heap<Waiting>((a, b) => a.dueMs < b.dueMs);
  /** The instant its lane knows of. */
  #toldMs = Infinity;
  #hasNews = false;

  /** Something is due for the order at this instant, and nothing before it; undefined: nothing at all. */
  set(order: string, dueMs: number | undefined): void {
    if (this.#dueMs.get(order) === dueMs) return;
    if (dueMs === undefined) {
      this.#dueMs.delete(order);
    } else {
      this.#dueMs.set(order, dueMs);
      this.#later.add({ order, dueMs });
      if (dueMs < this.#toldMs) this.#hasNews = true;
    }
  }

  /** Whether something is due earlier than `nextMs` last said; true once. */
  hasNews(): boolean {
    const had = this.#hasNews;
    this.#hasNews = false;
    return had;
  }

  /** The oldest order for which something is due by now; it stays until it is set anew. */
  first(nowMs: number): string | undefined {
    for (let next = this.#nextLater(); next !== undefined && next.dueMs <= nowMs; next = this.#nextLater()) {
      this.#later.take();
      this.#ready.add(next.order);
    }
    for (let first = this.#ready.first(); first !== undefined; first = this.#ready.first()) {
      if ((this.#dueMs.get(first) ?? Infinity) <= nowMs) return first;
      this.#ready.take();
    }
    return undefined;
  }

  /** When something is due next after `first` has found nothing; Infinity: never. */
  nextMs(): number {
    this.#toldMs = this.#nextLater()?.dueMs ?? Infinity;
    return this.#toldMs;
  }

  #nextLater(): Waiting | undefined {
    for (let next = this.#later.first(); next !== undefined; next = this.#later.first()) {
      if (this.#dueMs.get(next.order) === next.dueMs) return next;
      this.#later.take();
    }
    return undefined;
  }
}
