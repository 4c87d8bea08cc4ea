// Reads from our copy of the ERP's file what a part is cut from, and nothing else of it.

import type { ByteRange, ByteSource, PaymentLayout } from '../erp/format.ts';
import type { FileStore } from '../files/file-store.ts';

/** Small ranges are the head and the headers of blocks, which neighbouring parts share. */
const SHARED_SIZE_MAX_BYTES = 16 * 1024;
const SHARED_MAX = 64;

/** Gives the ranges of one file as often as needed, and asks the disk only once for small ones. */
export class SourceRanges {
  readonly #files: FileStore;
  readonly #path: string;
  readonly #shared = new Map<number, Uint8Array>();

  constructor(files: FileStore, path: string) {
    this.#files = files;
    this.#path = path;
  }

  /** The bytes of the ranges, one range after the other. */
  read(ranges: readonly ByteRange[]): ByteSource {
    return () => this.#bytesOf(ranges);
  }

  async *#bytesOf(ranges: readonly ByteRange[]): AsyncGenerator<Uint8Array> {
    for (const range of ranges) {
      if (range.to - range.from <= SHARED_SIZE_MAX_BYTES) yield await this.#sharedBytes(range);
      else yield* this.#files.read(this.#path, { ...range, lent: true });
    }
  }

  async #sharedBytes(range: ByteRange): Promise<Uint8Array> {
    const known = this.#shared.get(range.from);
    if (known?.length === range.to - range.from) return known;
    const bytes = Buffer.concat(await Array.fromAsync(this.#files.read(this.#path, range)));
    if (this.#shared.size >= SHARED_MAX) this.#shared.clear();
    this.#shared.set(range.from, bytes);
    return bytes;
  }
}

const REMEMBERED_SIZE_MAX_BYTES = 4 * 1024 * 1024;

/** Layouts found while files were checked, until their parts are prepared. One that is forgotten costs a reading of its file. */
export class LayoutMemory {
  readonly #layouts = new Map<string, PaymentLayout>();
  #sizeBytes = 0;

  /** Forgets older ones when they are too much together. */
  note(orderId: string, layout: PaymentLayout): void {
    this.forget(orderId);
    this.#layouts.set(orderId, layout);
    this.#sizeBytes += layout.sizeBytes;
    for (const older of this.#layouts.keys()) {
      if (this.#sizeBytes <= REMEMBERED_SIZE_MAX_BYTES || older === orderId) return;
      this.forget(older);
    }
  }

  get(orderId: string): PaymentLayout | undefined {
    return this.#layouts.get(orderId);
  }

  forget(orderId: string): void {
    this.#sizeBytes -= this.#layouts.get(orderId)?.sizeBytes ?? 0;
    this.#layouts.delete(orderId);
  }
}
