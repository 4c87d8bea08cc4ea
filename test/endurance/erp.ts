// The ERP of an endurance run: drops its files as ERPs do, takes what it finds in the inbox, and remembers what it saw.

import { createHash } from 'node:crypto';
import { appendFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Random } from '../iso20022/support/random.ts';
import type { PlannedFile } from './planned-files.ts';
import type { Site } from './site.ts';
import { isWholeXml, readStatusFile, shownPayments, type StatusFile } from './status-file.ts';

/** One name in the inbox, and all that was ever seen under it. */
export interface Sighting {
  readonly name: string;
  /** Digest of each time it appeared, the first one first. */
  readonly sha256: string[];
  readonly whole: boolean;
  readonly status: StatusFile | undefined;
  readonly shownPayments: readonly string[];
}

export interface Dropped {
  readonly file: PlannedFile;
  readonly sha256: string;
}

const LOOK_EVERY_MS = 25;
/** The ERP stops dropping while so many of its files have no end yet. */
const OPEN_MAX = 150;

export class Erp {
  readonly dropped: Dropped[] = [];
  readonly sightings = new Map<string, Sighting>();
  /** Files whose end was told. */
  readonly #ended = new Set<string>();
  readonly #spokenOf = new Set<string>();
  /** Names in the inbox that it has read and will not take away. */
  readonly #left = new Set<string>();
  readonly #site: Site;
  readonly #random: Random;
  readonly #files: readonly PlannedFile[];
  readonly #leaves: number;
  #waiting = 0;

  /** `leaves`: of a hundred files in the inbox so many are never taken away. */
  constructor(site: Site, files: readonly PlannedFile[], random: Random, leaves = 30) {
    this.#site = site;
    this.#files = files;
    this.#random = random;
    this.#leaves = leaves;
  }

  get isDone(): boolean {
    return this.dropped.length === this.#files.length;
  }

  /** Names of files that were dropped and whose end is not told yet. */
  open(): string[] {
    return this.dropped
      .filter(({ file }) => file.end !== 'waits' && !this.#ended.has(stemOf(file.name)))
      .map(({ file }) => file.name);
  }

  /** Drops file after file, never more than `allowed` says, until all are dropped or the signal aborts. */
  async drop(allowed: () => number, signal: AbortSignal): Promise<void> {
    const writing: Promise<void>[] = [];
    const later: PlannedFile[] = [];
    const queue = [...this.#files];
    while ((queue.length > 0 || later.length > 0) && !signal.aborted) {
      const mayGo = this.dropped.length + this.#waiting < allowed() && this.open().length < OPEN_MAX;
      const ready = later.findIndex(({ after }) => after === undefined || this.#spokenOf.has(stemOf(after)));
      const [file] = !mayGo ? [] : ready >= 0 ? later.splice(ready, 1) : queue.splice(0, 1);
      if (file === undefined) await pause(20);
      else if (file.after !== undefined && !this.#spokenOf.has(stemOf(file.after))) later.push(file);
      else {
        this.#waiting += 1;
        writing.push(this.#dropOne(file));
        await pause(this.#random.below(8));
      }
    }
    await Promise.all(writing);
  }

  /** Looks into the inbox again and again, and takes most of what is there. */
  async take(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.look();
      await pause(LOOK_EVERY_MS);
    }
  }

  async look(): Promise<void> {
    const names = await readdir(this.#site.inbox).catch(() => []);
    for (const name of names.filter((found) => !found.startsWith('.'))) await this.#lookAt(name);
  }

  /** Everything that was left in the inbox is read once more: what the ERP has once seen may never change. */
  async lookAgain(): Promise<void> {
    for (const name of this.#left) {
      const bytes = await readFile(join(this.#site.inbox, name)).catch(() => Buffer.alloc(0));
      const sha256 = digestOf(bytes);
      const seen = this.sightings.get(name)?.sha256;
      if (seen?.at(-1) !== sha256) seen?.push(sha256);
    }
    await this.look();
  }

  async #lookAt(name: string): Promise<void> {
    if (this.#left.has(name)) return;
    const path = join(this.#site.inbox, name);
    const bytes = await readFile(path).catch(() => undefined);
    // Only this ERP takes files away, so one that was listed and is gone would be a fault; it is seen as cut off.
    const text = bytes?.toString('utf8') ?? '';
    const sha256 = digestOf(bytes ?? Buffer.alloc(0));
    const before = this.sightings.get(name);
    if (before !== undefined) before.sha256.push(sha256);
    else this.#note(name, text, sha256);
    if (this.#random.percent(this.#leaves)) this.#left.add(name);
    else {
      await writeFile(join(this.#site.taken, name), bytes ?? '');
      // It stays where it is while the folder may only be read.
      await rm(path, { force: true }).catch(() => this.#left.add(name));
    }
  }

  #note(name: string, text: string, sha256: string): void {
    const whole = isWholeXml(text);
    const status = whole ? readStatusFile(name, text) : undefined;
    const isHistory = whole && name.startsWith('camt.052_') && name.includes('_history_');
    this.sightings.set(name, {
      name,
      sha256: [sha256],
      whole,
      status,
      shownPayments: isHistory ? shownPayments(text) : [],
    });
    if (status === undefined) return;
    this.#spokenOf.add(status.stem);
    if (status.final) this.#ended.add(status.stem);
  }

  async #dropOne(file: PlannedFile): Promise<void> {
    const path = join(this.#site.outbox, file.name);
    const bytes = Buffer.from(file.writing === 'never-finished' ? file.content.slice(0, -40) : file.content);
    const sha256 = digestOf(bytes);
    if (file.writing === 'renamed') {
      await writeFile(`${path}.tmp`, bytes);
      await rename(`${path}.tmp`, path);
    } else if (file.writing === 'in-pieces') await this.#writeInPieces(path, bytes);
    else await writeFile(path, bytes);
    this.dropped.push({ file, sha256 });
    this.#waiting -= 1;
  }

  /** Pauses longer than Goniec waits for a file to stand still; only its end tells that it is whole. */
  async #writeInPieces(path: string, bytes: Buffer): Promise<void> {
    const cuts = Array.from({ length: this.#random.between(1, 4) }, () =>
      this.#random.below(bytes.length - 20),
    );
    let from = 0;
    for (const cut of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
      await appendFile(path, bytes.subarray(from, cut));
      from = cut;
      await pause(this.#random.between(20, 350));
    }
  }
}

/** A file's name as the names in the inbox hold it. */
export function stemOf(fileName: string): string {
  return fileName.replace(/\.xml$/, '');
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
