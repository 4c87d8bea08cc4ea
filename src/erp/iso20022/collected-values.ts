// Keeps the values of one part of a message by the place they stand at, until the part is complete.

import type { Place, Placed } from '../../domain/payment.ts';

export interface CollectedValue extends Placed<string> {
  readonly currency: string | undefined;
}

/** Values by definition path (without indexes); where a place occurs several times, the first one counts. */
export class CollectedValues {
  readonly #values = new Map<string, CollectedValue>();
  /** Values of places that occur several times and all count, in document order. */
  readonly #repeated = new Map<string, Placed<string>[]>();

  add(path: string, value: CollectedValue): void {
    if (!this.#values.has(path)) this.#values.set(path, value);
  }

  addRepeated(path: string, value: Placed<string>): void {
    const values = this.#repeated.get(path);
    if (values === undefined) this.#repeated.set(path, [value]);
    else values.push(value);
  }

  clear(): void {
    this.#values.clear();
    this.#repeated.clear();
  }

  get(path: string): CollectedValue | undefined {
    return this.#values.get(path);
  }

  /** A value, or the empty text with the place given where there is none. */
  required(path: string, place: Place): Placed<string> {
    return this.optional(path) ?? { value: '', place };
  }

  optional(path: string): Placed<string> | undefined {
    const found = this.#values.get(path);
    return found && { value: found.value, place: found.place };
  }

  all(path: string): readonly Placed<string>[] {
    return this.#repeated.get(path) ?? [];
  }
}
