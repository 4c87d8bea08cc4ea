// The ERP of a simulation: it drops files into the outbox, reads the inbox whenever it likes, and notices what must never be seen.

import { createHash } from 'node:crypto';
import type { MemoryDisk } from '../files/memory-file-store.ts';

export interface Folders {
  readonly outbox: string;
  readonly inbox: string;
  readonly archive: string;
  readonly state: string;
}

export const FOLDERS: Folders = {
  outbox: '/erp/outbox',
  inbox: '/erp/inbox',
  archive: '/erp/archive',
  state: '/state',
};

export interface Dropped {
  readonly name: string;
  readonly sha256: string;
}

export class SimulatedErp {
  readonly dropped: Dropped[] = [];
  /** Everything that was ever to be seen in the inbox, by name, in the order seen. */
  readonly seen = new Map<string, string>();
  /** What must never be. */
  readonly complaints: string[] = [];
  readonly #disk: MemoryDisk;
  readonly #takes: boolean;
  #present: ReadonlySet<string> = new Set();

  /** An ERP that takes removes what it has read, at once. */
  constructor(disk: MemoryDisk, takes: boolean) {
    this.#disk = disk;
    this.#takes = takes;
  }

  /** No two files of one simulation have the same name, so that each can be followed. */
  drop(name: string, content: string): void {
    const bytes = Buffer.from(content);
    this.#disk.put(`${FOLDERS.outbox}/${name}`, bytes);
    this.dropped.push({ name, sha256: sha256(bytes) });
  }

  /** Looks at all that is visible at this instant. */
  async look(): Promise<void> {
    const paths = this.#disk.paths();
    for (const { name } of this.dropped) {
      if (placesOf(paths, name).length === 0) this.#complain(`lost: ${name} lies in none of our folders`);
    }
    const inbox = paths.filter((path) => path.startsWith(`${FOLDERS.inbox}/`) && !path.includes('/.'));
    for (const path of inbox) if (!this.#present.has(path)) await this.#read(path);
    this.#present = new Set(this.#takes ? [] : inbox);
    if (this.#takes) for (const path of inbox) this.#disk.take(path);
  }

  async #read(path: string): Promise<void> {
    const name = path.slice(FOLDERS.inbox.length + 1);
    const bytes = await this.#disk.fileStore().readWhole(path, Number.MAX_SAFE_INTEGER);
    const text = Buffer.from(bytes).toString('utf8');
    const known = this.seen.get(name);
    if (known === undefined) this.seen.set(name, text);
    else if (known !== text) this.#complain(`repeat-differs: ${name} was seen with two contents`);
    if (name.endsWith('.xml') && !/^<(?:\?xml.*?\?>\s*<)?(\w+)[^]*<\/\1>\s*$/.test(text))
      this.#complain(`half-written: ${name} in the inbox is no whole document`);
  }

  #complain(what: string): void {
    if (!this.complaints.includes(what)) this.complaints.push(what);
  }
}

/** Where a dropped file lies, by its name. */
export function placesOf(paths: readonly string[], name: string): string[] {
  return paths.filter(
    (path) =>
      path === `${FOLDERS.outbox}/${name}` ||
      (path.startsWith(`${FOLDERS.outbox}/.working/`) && path.endsWith(`.${name}`)) ||
      (path.startsWith(`${FOLDERS.archive}/`) && path.endsWith(`/erp_${name}`)),
  );
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
