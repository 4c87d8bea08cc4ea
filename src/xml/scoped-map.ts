/** A map whose entries hold from one depth of the tree down, and are taken back when that depth is left. */

/** From strings to strings; what was set at a depth is undone by `leave` of the same depth. */
export class ScopedMap {
  readonly #entries = new Map<string, string>();
  readonly #undo: { key: string; before: string | undefined; depth: number }[] = [];
  /** Depth of the innermost setting; kept apart so that leaving an element is one comparison. */
  #innermost = 0;

  get(key: string): string | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: string, depth: number): void {
    this.#undo.push({ key, before: this.#entries.get(key), depth });
    this.#entries.set(key, value);
    this.#innermost = depth;
  }

  /** Whether anything was taken back. */
  leave(depth: number): boolean {
    if (depth !== this.#innermost) return false;
    let last = this.#undo.at(-1);
    while (last?.depth === depth) {
      if (last.before === undefined) this.#entries.delete(last.key);
      else this.#entries.set(last.key, last.before);
      this.#undo.pop();
      last = this.#undo.at(-1);
    }
    this.#innermost = last?.depth ?? 0;
    return true;
  }

  entries(): IterableIterator<[string, string]> {
    return this.#entries.entries();
  }
}
