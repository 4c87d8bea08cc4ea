// A binary heap: the first of many, whatever comes and goes, at a cost that hardly grows with their number.

export class Heap<T> {
  readonly #items: T[] = [];
  readonly #isBefore: (a: T, b: T) => boolean;

  constructor(isBefore: (a: T, b: T) => boolean) {
    this.#isBefore = isBefore;
  }

  first(): T | undefined {
    return this.#items[0];
  }

  add(item: T): void {
    let at = this.#items.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = this.#items[above] as T;
      if (!this.#isBefore(item, other)) break;
      this.#items[at] = other;
      at = above;
    }
    this.#items[at] = item;
  }

  /** Takes the first one out. */
  take(): T | undefined {
    const first = this.#items[0];
    const last = this.#items.pop();
    if (last !== undefined && this.#items.length > 0) this.#sink(last);
    return first;
  }

  #sink(item: T): void {
    const size = this.#items.length;
    let at = 0;
    for (let below = 1; below < size; below = 2 * at + 1) {
      if (below + 1 < size && this.#isBefore(this.#items[below + 1] as T, this.#items[below] as T))
        below += 1;
      const other = this.#items[below] as T;
      if (!this.#isBefore(other, item)) break;
      this.#items[at] = other;
      at = below;
    }
    this.#items[at] = item;
  }
}
