// Which bytes of a kept answer are shown: neighbouring entries as one run, so that a whole answer is a single one.

import type { EntryPlace } from '../domain/entry.ts';

/** Holds 16 bytes a run, and runs are no more than entries. */
export class EntryRuns {
  /** Begin and end of each. */
  readonly #bounds: number[] = [];
  /** By index of the run; the few that have to be written anew. */
  readonly #scopes = new Map<number, ReadonlyMap<string, string>>();

  add({ from, to, scope, after }: EntryPlace): void {
    const last = this.#bounds.length - 1;
    const joins = scope === undefined && after !== undefined && this.#bounds[last] === after;
    if (joins && !this.#scopes.has((last - 1) / 2)) {
      this.#bounds[last] = to;
      return;
    }
    if (scope !== undefined) this.#scopes.set((last + 1) / 2, scope);
    this.#bounds.push(from, to);
  }

  get isEmpty(): boolean {
    return this.#bounds.length === 0;
  }

  *places(): Generator<EntryPlace> {
    for (let index = 0; 2 * index < this.#bounds.length; index += 1) {
      const [from = 0, to = 0] = [this.#bounds[2 * index], this.#bounds[2 * index + 1]];
      yield { from, to, scope: this.#scopes.get(index), after: undefined };
    }
  }
}
