// The ERP of a simulation: it drops files into the outbox, at once or slowly, reads the inbox whenever it likes, and notices what
// must never be seen.

import { createHash } from 'node:crypto';
import type { SimulatedDisk } from '../files/simulated-disk.ts';

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
  readonly content: string;
  readonly sha256: string;
}

export class SimulatedErp {
  readonly dropped: Dropped[] = [];
  /** Everything that was ever to be seen in the inbox, by name, in the order seen. */
  readonly seen = new Map<string, string>();
  /** What must never be. */
  readonly complaints: string[] = [];
  #seenDigest = '';
  /** The version of the disk that was looked at last. */
  #lookedAt = -1;
  readonly #disk: SimulatedDisk;
  readonly #takes: boolean;
  /** Contents of what was there at the last look. */
  #present = new Map<string, Uint8Array>();

  /** An ERP that takes removes what it has read, at once. */
  constructor(disk: SimulatedDisk, takes: boolean) {
    this.#disk = disk;
    this.#takes = takes;
  }

  /** No two files of one simulation have the same name, so that each can be followed. */
  drop(name: string, content: string): void {
    this.begin(name, content);
    this.grow(name, Infinity);
  }

  /** From now on the file is looked for; `grow` writes it. */
  begin(name: string, content: string): void {
    this.dropped.push({ name, content, sha256: sha256(Buffer.from(content)) });
    this.grow(name, 1);
  }

  /** A slow writer: the file now has this much of its content, under its own name. */
  grow(name: string, sizeBytes: number): void {
    const file = this.dropped.find((dropped) => dropped.name === name);
    if (file === undefined) throw new Error(`${name} was never begun`);
    this.#disk.put(`${FOLDERS.outbox}/${name}`, Buffer.from(file.content).subarray(0, sizeBytes));
  }

  /** Says by an empty file beside it that a file is whole. */
  done(name: string): void {
    this.#disk.put(`${FOLDERS.outbox}/${name}.done`, new Uint8Array());
  }

  /** What it has done and seen. */
  state(): unknown {
    return [this.dropped.length, this.#seenDigest, this.complaints.length];
  }

  /** Looks at all that is visible at this instant. */
  look(): void {
    if (this.#lookedAt === this.#disk.version()) return;
    this.#lookedAt = this.#disk.version();
    const paths = this.#disk.paths();
    const found = placesByName(paths);
    for (const { name } of this.dropped) {
      const places = found.get(name) ?? [];
      if (places.length === 0) this.#complain(`lost: ${name} lies in none of our folders`);
      // The archive has its copy before the working file is let go of; anything else in two places is two orders.
      const archived = places.filter((path) => path.startsWith(FOLDERS.archive)).length;
      if (archived > 1 || places.length - archived > 1)
        this.#complain(`places: ${name} lay at once in ${places.join(', ')}`);
    }
    for (const path of paths) {
      if (path.startsWith(`${FOLDERS.archive}/`))
        this.#readOnce(path, (bytes) => this.#archived(path, bytes));
      if (!path.startsWith(`${FOLDERS.inbox}/`)) continue;
      this.#readOnce(path, (bytes) => this.#read(path.slice(FOLDERS.inbox.length + 1), bytes));
      if (this.#takes && !path.includes('/.')) this.#disk.take(path);
    }
  }

  /** Hidden names are nobody's yet. */
  #readOnce(path: string, read: (bytes: Uint8Array) => void): void {
    const bytes = path.includes('/.') ? undefined : this.#disk.content(path);
    if (bytes === undefined || this.#present.get(path) === bytes) return;
    this.#present.set(path, bytes);
    read(bytes);
  }

  #read(name: string, bytes: Uint8Array): void {
    const text = Buffer.from(bytes).toString('utf8');
    const known = this.seen.get(name);
    if (known === undefined) {
      this.seen.set(name, text);
      this.#seenDigest = sha256(Buffer.from(`${this.#seenDigest} ${name} ${text}`));
    } else if (known !== text) this.#complain(`repeat-differs: ${name} was seen with two contents`);
    if (!isWhole(name, text)) this.#complain(`half-written: ${name} in the inbox is no whole document`);
  }

  #archived(path: string, bytes: Uint8Array): void {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const dropped = this.dropped.find((file) => name === `erp_${file.name}`);
    const whole =
      dropped === undefined
        ? isWhole(name, Buffer.from(bytes).toString('utf8'))
        : sha256(bytes) === dropped.sha256;
    if (!whole) this.#complain(`half-written: ${path} in the archive is not whole`);
  }

  #complain(what: string): void {
    if (!this.complaints.includes(what)) this.complaints.push(what);
  }
}

const WORKING = `${FOLDERS.outbox}/.working/`;
const ORDER_ID_LENGTH = 26;

/** Where each of the ERP's files lies, by its name: in the outbox, in our working folder, in the archive. */
export function placesByName(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const path of paths) {
    const name = erpName(path);
    if (name !== undefined) places.set(name, [...(places.get(name) ?? []), path]);
  }
  return places;
}

function erpName(path: string): string | undefined {
  const last = path.slice(path.lastIndexOf('/') + 1);
  if (path.startsWith(WORKING)) return last.slice(ORDER_ID_LENGTH + 1);
  if (path.startsWith(`${FOLDERS.outbox}/`)) return last;
  if (path.startsWith(`${FOLDERS.archive}/`) && last.startsWith('erp_')) return last.slice('erp_'.length);
  return undefined;
}

/** By its end: of what is cut off anywhere the end is missing. */
function isWhole(name: string, text: string): boolean {
  // Answers of the simulated bank are JSON, whatever their names say.
  if (name.endsWith('.json') || text.startsWith('{')) return /\}\s*$/.test(text);
  if (name.endsWith('.xml')) return /^<(?:\?xml.*?\?>\s*<)?(\w+)[^]*<\/\1>\s*$/.test(text);
  if (name.endsWith('.txt')) return text.endsWith('\n');
  if (/\.(?:sta|mt942)$/.test(name)) return text.endsWith('\r\n-\r\n');
  return text !== '';
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
