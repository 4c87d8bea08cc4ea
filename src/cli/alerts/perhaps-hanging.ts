// Asks what may never answer, such as a share whose server is gone: it is waited for a little, and asked again only when the
// last question has come back, so that it can hold up one call to the system at most.

import type { Clock } from '../../clock.ts';

const WAIT_MS = 5_000;

export class PerhapsHanging {
  readonly #clock: Clock;
  readonly #asked = new Map<string, Promise<unknown>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The answer; undefined when there is none in time, or it failed. */
  async ask<T>(name: string, question: () => Promise<T>): Promise<T | undefined> {
    if (this.#asked.has(name)) return undefined;
    const answer = question().catch(() => undefined);
    this.#asked.set(name, answer);
    void answer.then(() => this.#asked.delete(name));
    const over = new AbortController();
    const first = await Promise.race([answer, this.#clock.sleep(WAIT_MS, over.signal).then(() => undefined)]);
    over.abort();
    return first;
  }
}
