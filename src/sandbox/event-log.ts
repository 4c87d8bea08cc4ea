// The ledger's file: JSON lines, only ever appended to. What `append` returned from survives a kill at any instant.

import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LedgerEvent } from './ledger-event.ts';

const NEWLINE = 0x0a;

export class EventLog {
  readonly #file: number;
  #sizeBytes: number;
  #closed = false;

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
   * Writes the events and waits for the disk. Synchronous, so that a decision and its record are one step that no other
   * request can come between. Throws when the disk does not take it; then nothing was written.
   */
  append(events: readonly LedgerEvent[]): void {
    // The system may have given a closed file's number to another one.
    if (this.#closed) throw new Error('The ledger is closed.');
    const bytes = Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    try {
      for (let from = 0; from < bytes.length;) from += writeSync(this.#file, bytes, from);
      fsyncSync(this.#file);
    } catch (failure) {
      ftruncateSync(this.#file, this.#sizeBytes);
      throw failure;
    }
    this.#sizeBytes += bytes.length;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#file);
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
