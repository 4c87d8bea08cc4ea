// Makes our own copy of the ERP's file while the file is read: it is read once, and what is checked is what is kept.

import type { ByteSource } from '../erp/format.ts';
import type { FileStore } from '../files/file-store.ts';

export interface CopiedReading<T> {
  /** Of the copy, which is durable. */
  readonly sha256: string;
  readonly value: T;
}

/**
 * Writes `to` with the first `sizeBytes` bytes of `from` that `read` gets, and resolves when both are done. `read` must iterate its source once
 * and to the end. Fails with what fails first, and then leaves no copy.
 */
export async function copyWhileRead<T>(
  files: FileStore,
  from: { readonly path: string; readonly sizeBytes: number },
  to: string,
  read: (source: ByteSource) => Promise<T>,
): Promise<CopiedReading<T>> {
  const handover = new Handover();
  const written = files.write(to, handover, { replace: true });
  written.catch((failure: unknown) => handover.refuse(failure));
  try {
    const value = await read(() =>
      handedOver(files.read(from.path, { to: from.sizeBytes, lent: true }), handover),
    );
    handover.end();
    return { sha256: (await written).sha256, value };
  } catch (failure) {
    handover.fail(failure);
    await written.catch(() => undefined);
    throw failure;
  }
}

/** The pieces, each while it is being written. */
async function* handedOver(
  pieces: AsyncIterable<Uint8Array>,
  handover: Handover,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    const done = handover.give(piece);
    yield piece;
    await done;
  }
}

type Asked = PromiseWithResolvers<IteratorResult<Uint8Array, undefined>>;

/** Pieces on their way from one that has them to one that asks for them, one at a time. */
class Handover implements AsyncIterableIterator<Uint8Array, undefined> {
  /** Whoever takes the pieces waits for the next one. */
  #asked: Asked | undefined;
  /** Whoever gives them waits until the piece is done with. */
  #given: { readonly piece: Uint8Array; readonly done: PromiseWithResolvers<undefined> } | undefined;
  #isTaken = false;
  #ending: { readonly failure?: unknown } | undefined;
  #refusal: { readonly failure: unknown } | undefined;

  /** Resolves when the piece is no longer needed; rejects when no more are taken. */
  give(piece: Uint8Array): Promise<undefined> {
    const done = Promise.withResolvers<undefined>();
    // Nobody may be waiting yet when it is refused.
    done.promise.catch(() => undefined);
    this.#given = { piece, done };
    this.#isTaken = false;
    if (this.#refusal === undefined) this.#meet();
    else done.reject(this.#refusal.failure);
    return done.promise;
  }

  /** There are no more pieces. */
  end(): void {
    this.#ending ??= {};
    this.#meet();
  }

  /** There will be no more pieces, and what came is not all. */
  fail(failure: unknown): void {
    this.#ending ??= { failure };
    this.#meet();
  }

  /** No more pieces are taken. */
  refuse(failure: unknown): void {
    this.#refusal = { failure };
    this.#given?.done.reject(failure);
  }

  /** Asking for the next piece says that the one before is done with. */
  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#isTaken) this.#given?.done.resolve(undefined);
    this.#asked = Promise.withResolvers();
    const { promise } = this.#asked;
    this.#meet();
    return promise;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #meet(): void {
    const asked = this.#asked;
    if (asked === undefined) return;
    if (this.#given !== undefined && !this.#isTaken) {
      this.#isTaken = true;
      this.#asked = undefined;
      asked.resolve({ done: false, value: this.#given.piece });
    } else if (this.#ending !== undefined) {
      this.#asked = undefined;
      if ('failure' in this.#ending) asked.reject(this.#ending.failure);
      else asked.resolve({ done: true, value: undefined });
    }
  }
}
