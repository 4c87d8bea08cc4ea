// Flushes folders for many at once: whoever has changed names in a folder while it is being flushed shares the next flush with
// all the others. A flush that began before a change says nothing about it.

/** Resolves when the folder's names are durable. */
type Flush = (folder: string) => Promise<void>;

interface Flushing {
  readonly running: Promise<void>;
  /** Begins when the running one has ended. */
  next: Promise<void> | undefined;
}

export class FolderFlushes {
  readonly #flush: Flush;
  readonly #folders = new Map<string, Flushing>();

  constructor(flush: Flush) {
    this.#flush = flush;
  }

  /** Every change that was over when this was called is durable when it resolves. */
  flush(folder: string): Promise<void> {
    const flushing = this.#folders.get(folder);
    if (flushing === undefined) return this.#begin(folder);
    flushing.next ??= flushing.running.then(
      () => this.#begin(folder),
      () => this.#begin(folder),
    );
    return flushing.next;
  }

  #begin(folder: string): Promise<void> {
    const running = this.#flush(folder);
    const flushing: Flushing = { running, next: undefined };
    this.#folders.set(folder, flushing);
    const end = (): void => {
      if (flushing.next === undefined) this.#folders.delete(folder);
    };
    running.then(end, end);
    return running;
  }
}
