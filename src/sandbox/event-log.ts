// The ledger's file: JSON lines, only ever appended to. What `durable` has resolved for survives a loss of power at any
// instant; all who wait while the disk is busy share its next flush.

import { closeSync, fsync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { LedgerEvent } from './ledger-event.ts';

const NEWLINE = 0x0a;

const flushed = promisify(fsync);

export class EventLog {
  readonly #file: number;
  #sizeBytes: number;
  #closed = false;
  #isFlushed = true;
  #flushing: Promise<void> | undefined;
  /** After this nobody knows what is on the disk. */
  #failure: Error | undefined;

  private constructor(file: number, sizeBytes: number) {
    this.#file = file;
    this.#sizeBytes = sizeBytes;
  }

  /**
   * Opens the log, or makes an empty one, and gives what is in it. A last line without its end was never acknowledged
   * and is cut off. Throws when another line cannot be read: such a log is damaged and nothing may be built on it.
   */
  static open(path: string): { readonly log: EventLog; readonly events: readonly LedgerEvent[] } {
    const file = openSync(path, 'a+', 0o600);
    const { events, sizeBytes } = parse(readFileSync(file), path);
    ftruncateSync(file, sizeBytes);
    fsyncSync(file);
    syncFolder(dirname(path));
    return { log: new EventLog(file, sizeBytes), events };
  }

  /** What is in a log, without touching it; also while a bank is writing it. Throws when there is none or it is damaged. */
  static read(path: string): readonly LedgerEvent[] {
    return parse(readFileSync(path), path).events;
  }

  /**
   * Writes the events behind the others. Synchronous, so that a decision and its record are one step that no other request
   * can come between; nobody may be told of it before `durable` has resolved. Throws when the system does not take it; then
   * nothing was written.
   */
  append(events: readonly LedgerEvent[]): void {
    // The system may have given a closed file's number to another one.
    if (this.#closed) throw new Error('The ledger is closed.');
    if (this.#failure !== undefined) throw this.#failure;
    const bytes = Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    try {
      for (let from = 0; from < bytes.length;) from += writeSync(this.#file, bytes, from);
    } catch (failure) {
      ftruncateSync(this.#file, this.#sizeBytes);
      throw failure;
    }
    this.#sizeBytes += bytes.length;
    this.#isFlushed = false;
  }

  /** Resolves when everything that was appended until now is on the disk. After its first failure it always fails. */
  async durable(): Promise<void> {
    // A flush that began before an append says nothing about it.
    if (this.#flushing !== undefined && !this.#isFlushed) await this.#flushing;
    if (this.#failure !== undefined) throw this.#failure;
    if (!this.#isFlushed) this.#flushing = this.#flush();
    await this.#flushing;
  }

  /** Resolves when nothing is under way. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#flushing?.catch(() => undefined);
    closeSync(this.#file);
  }

  async #flush(): Promise<void> {
    this.#isFlushed = true;
    try {
      await flushed(this.#file);
    } catch (failure) {
      this.#failure = failure as Error;
      throw failure;
    } finally {
      this.#flushing = undefined;
    }
  }
}

function parse(
  bytes: Buffer,
  path: string,
): { readonly events: readonly LedgerEvent[]; readonly sizeBytes: number } {
  const sizeBytes = bytes.lastIndexOf(NEWLINE) + 1;
  const lines = bytes.toString('utf8', 0, sizeBytes).split('\n').slice(0, -1);
  const events = lines.map((line, index) => {
    try {
      return JSON.parse(line) as LedgerEvent;
    } catch (cause) {
      throw new Error(`Line ${index + 1} of ${path} is damaged: the sandbox's ledger cannot be read.`, {
        cause,
      });
    }
  });
  return { events, sizeBytes };
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
