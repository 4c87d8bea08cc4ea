// Taking possession: a whole file is moved into our own folder by one rename, then recorded. Files that wait together are taken
// in groups, which are announced in the journal before the first of them is moved.

import { join } from 'node:path';
import { announcementsOf } from '../domain/company-event.ts';
import { ulid, ulidTimeMs } from '../domain/identifiers.ts';
import { FileFailure, type FileEntry } from '../files/file-store.ts';
import type { OutboundContext } from './outbound-context.ts';
import type { CompanyFolders, OutboundPorts } from './outbound-ports.ts';
import { parseWorkingName, workingName } from './places.ts';
import { isIgnored, StillnessTracker } from './readiness.ts';
import { doneName, isDoneFile, whatIsMissing } from './wholeness.ts';
import { firstUnusedTelling, lastRestoreMs } from './restore.ts';

/** So many share the flushes of the folders and the commit of their records. */
const GROUP_MAX = 32;

/** A crash between rename and record is met again at the restart; a file that lay here for longer speaks of a restored journal. */
const CRASH_AGE_MAX_MS = 10 * 60_000;

/** Looks at one company's outbox as often as it is asked to. */
export class OutboxScanner {
  readonly #context: OutboundContext;
  readonly #ports: OutboundPorts;
  readonly #company: CompanyFolders;
  readonly #tracker: StillnessTracker;
  #unreachable = false;
  #strangers: ReadonlySet<string> = new Set();
  /** The done-files of the last listing, by name. */
  #done: ReadonlyMap<string, FileEntry> = new Map();
  /** At the start, and after a claim that failed half way: a file may lie in our folder without a record. */
  #unsure = true;
  #unrecovered = false;

  constructor(context: OutboundContext, company: CompanyFolders) {
    this.#context = context;
    this.#ports = context.ports;
    this.#company = company;
    this.#tracker = new StillnessTracker(context.ports.readiness);
  }

  /** Claims what is whole. Resolves to how soon another look is needed; undefined when nothing is waiting to stand still. */
  async scan(): Promise<number | undefined> {
    const entries = await this.#list();
    if (entries === undefined) return undefined;
    if (!(await this.#isSure())) return this.#ports.readiness.checkEveryMs;
    this.#tracker.look(entries, this.#ports.clock.running());
    const waitsMs: (number | undefined)[] = [];
    const still = entries.filter((entry) => {
      const stillness = this.#tracker.stillness(entry.name, this.#ports.clock.running());
      if (stillness.kind === 'look-again') waitsMs.push(stillness.inMs);
      return stillness.kind === 'still';
    });
    for (let from = 0; from < still.length; from += GROUP_MAX) {
      if (this.#context.stop.aborted) return undefined;
      waitsMs.push(...(await this.#takeGroup(still.slice(from, from + GROUP_MAX))));
      if (!(await this.#isSure())) return this.#ports.readiness.checkEveryMs;
    }
    return waitsMs.reduce(
      (least, waitMs) => (waitMs === undefined ? least : Math.min(waitMs, least ?? waitMs)),
      undefined,
    );
  }

  /** No file is taken while another one may lie in our folder without a record: what a crash leaves is of one group, or one file. */
  async #isSure(): Promise<boolean> {
    if (this.#unsure) await this.#recoverQuietly();
    return !this.#unsure;
  }

  /** Records files that were moved here before a crash kept us from recording them. */
  async #recover(): Promise<void> {
    const folder = this.#context.places.workingFolder(this.#company);
    // A rename may have happened and not be durable: recorded now and undone by a loss of power, the file would come again.
    await this.#ports.files.makeFolder(folder);
    const found: { readonly orderId: string; readonly fileName: string; readonly entry: FileEntry }[] = [];
    for (const entry of await this.#ports.files.list(folder)) {
      const parsed = parseWorkingName(entry.name);
      if (parsed === undefined || this.#context.book.get(parsed.orderId) !== undefined) continue;
      if (entry.kind !== 'file') {
        this.#reportStranger(entry);
        continue;
      }
      if ((await this.#ports.journal.read(`order/${parsed.orderId}`)).length > 0) continue;
      found.push({ ...parsed, entry });
    }
    const restoredMs = await lastRestoreMs(this.#ports.journal);
    const announced = await this.#announced();
    const unannounced = found.filter(({ orderId }) => !announced.has(orderId));
    for (const { orderId, fileName, entry } of found) {
      const claimedMs = ulidTimeMs(orderId);
      const ageMs = this.#ports.clock.now() - claimedMs;
      // A file that is taken alone is not announced; a crash leaves one of them at most.
      const isStrange = !announced.has(orderId) && unannounced.length > 1;
      // An id of the future was drawn before the clock was put right: as little can be said of its age.
      const restored = claimedMs <= restoredMs || Math.abs(ageMs) > CRASH_AGE_MAX_MS || isStrange;
      if (restored && claimedMs > restoredMs)
        this.#ports.log.error('outbox.unknown-order', {
          company: this.#company.name,
          file: fileName,
          order: orderId,
          remedy:
            'The journal does not know this file of our working folder, so it is held. If an older journal was put back, stop Goniec now and run "goniec journal restored": other orders may have been sent as well.',
        });
      await this.#removeDone(fileName);
      await this.#record(orderId, fileName, entry, restored);
    }
  }

  /** The orders of the group that was begun last. */
  async #announced(): Promise<ReadonlySet<string>> {
    const last = await this.#ports.journal.last(announcementsOf(this.#company.name));
    return new Set(last?.event.type === 'orders-announced' ? last.event.orders : []);
  }

  async #recoverQuietly(): Promise<void> {
    try {
      await this.#recover();
      this.#unsure = false;
      this.#unrecovered = false;
    } catch (failure) {
      if (!(failure instanceof FileFailure)) throw failure;
      // Said once: it is tried again at every look.
      if (!this.#unrecovered)
        this.#ports.log.error('outbox.not-recovered', {
          company: this.#company.name,
          reason: failure.message,
        });
      this.#unrecovered = true;
    }
  }

  async #list(): Promise<FileEntry[] | undefined> {
    try {
      const entries = await this.#ports.files.list(this.#company.outbox);
      if (this.#unreachable)
        this.#ports.log.info('outbox.back', { company: this.#company.name, folder: this.#company.outbox });
      this.#unreachable = false;
      const looked = entries.filter((entry) => !isIgnored(entry.name));
      this.#reportStrangers(looked.filter((entry) => entry.kind !== 'file'));
      const files = looked.filter((entry) => entry.kind === 'file');
      const done = files.filter(({ name }) => isDoneFile(this.#company, name));
      this.#done = new Map(done.map((entry) => [entry.name, entry]));
      return files.filter(({ name }) => !this.#done.has(name));
    } catch (failure) {
      if (!(failure instanceof FileFailure)) throw failure;
      // Said once: a share that is away for a night must not fill the log. Of a marked folder the guard says it.
      if (!this.#unreachable && failure.code !== 'gone')
        this.#ports.log.error('outbox.unreachable', {
          company: this.#company.name,
          folder: this.#company.outbox,
          reason: failure.message,
        });
      this.#unreachable = failure.code !== 'gone';
      this.#unsure = true;
      return undefined;
    }
  }

  /** Folders, links and devices are never taken; said once for each. */
  #reportStrangers(strangers: readonly FileEntry[]): void {
    for (const stranger of strangers) if (!this.#strangers.has(stranger.name)) this.#reportStranger(stranger);
    this.#strangers = new Set(strangers.map(({ name }) => name));
  }

  #reportStranger({ name, kind }: FileEntry): void {
    const remedy = 'Only ordinary files are taken over. Move it away.';
    this.#ports.log.warn('outbox.not-a-file', { company: this.#company.name, name, kind, remedy });
  }

  /** Claims those of some still files that are whole; says for each of the others how soon it should be looked at again. */
  async #takeGroup(entries: readonly FileEntry[]): Promise<(number | undefined)[]> {
    const waitsMs: (number | undefined)[] = [];
    const whole: FileEntry[] = [];
    const looks = entries.map(async (entry) => ({ entry, look: await this.#look(entry) }));
    for (const { entry, look } of await Promise.all(looks)) {
      if (look.kind === 'whole') whole.push(entry);
      else waitsMs.push(look.againMs);
    }
    if (whole.length === 0 || this.#context.stop.aborted) return waitsMs;
    const { clock, journal } = this.#ports;
    // In the order of their names, also within one instant.
    const ids = whole.map(() => ulid(clock.now(), clock.random(10))).sort();
    if (whole.length > 1)
      await journal.append([
        { stream: announcementsOf(this.#company.name), event: { type: 'orders-announced', orders: ids } },
      ]);
    const claims = await Promise.allSettled(
      whole.map((entry, index) => this.#claim(entry, ids[index] ?? '')),
    );
    claims.forEach((claim, index) => {
      if (claim.status === 'rejected') waitsMs.push(this.#notClaimed(whole[index]?.name, claim.reason));
    });
    return waitsMs;
  }

  /** Whether a file that stands still can be taken; else how soon another look is worth it. */
  async #look(entry: FileEntry): Promise<{ kind: 'whole' } | { kind: 'waits'; againMs: number | undefined }> {
    const { clock, readiness, log } = this.#ports;
    const { name: file, sizeBytes } = entry;
    if (sizeBytes > readiness.sizeMaxBytes) {
      if (this.#tracker.reportOnce(file))
        log.error('outbox.too-large', {
          company: this.#company.name,
          file,
          sizeBytes,
          sizeMaxBytes: readiness.sizeMaxBytes,
        });
      return { kind: 'waits', againMs: undefined };
    }
    try {
      const missing = await whatIsMissing(
        this.#ports.files,
        this.#company,
        entry,
        this.#done.get(doneName(file)),
      );
      if (missing !== undefined) {
        const stillness = this.#tracker.stillness(file, clock.running());
        const leftMs = readiness.incompleteAfterMs - (stillness.kind === 'still' ? stillness.forMs : 0);
        if (leftMs <= 0 && this.#tracker.reportOnce(file)) {
          log.warn('outbox.incomplete', {
            company: this.#company.name,
            file,
            sizeBytes,
            remedy: `${missing} It stays where it is and is looked at again whenever it changes.`,
          });
        }
        return { kind: 'waits', againMs: leftMs > 0 ? leftMs : undefined };
      }
      return { kind: 'whole' };
    } catch (failure) {
      return { kind: 'waits', againMs: this.#notClaimed(file, failure) };
    }
  }

  /** Renamed, taken back or locked while we looked: normal on a share; the next look decides. */
  #notClaimed(file: string | undefined, failure: unknown): number {
    if (!(failure instanceof FileFailure)) throw failure;
    // The rename of a claim may have happened all the same, so the next look begins in our own folder.
    this.#unsure = true;
    this.#ports.log.debug('outbox.not-claimed', {
      company: this.#company.name,
      file,
      reason: failure.message,
    });
    return this.#ports.readiness.checkEveryMs;
  }

  async #claim(entry: FileEntry, orderId: string): Promise<void> {
    const { files } = this.#ports;
    const name = workingName(orderId, entry.name);
    const [dropped, taken] = [
      join(this.#company.outbox, entry.name),
      join(this.#context.places.workingFolder(this.#company), name),
    ];
    // From this rename on the file is ours; its new name keeps the order id through a crash before the record.
    await files.move(dropped, taken);
    // Something else may have been put under the name since it was looked at; it goes back, where it is reported.
    const there = await files.stat(taken);
    if (there !== undefined && (there.kind !== 'file' || this.#isAnother(entry, there)))
      return files.move(taken, dropped);
    await this.#removeDone(entry.name);
    await this.#record(orderId, entry.name, entry);
  }

  /** Of a format without an end nothing else would tell that the next list was begun under the name meanwhile. */
  #isAnother(entry: FileEntry, { sizeBytes, mtimeMs }: FileEntry): boolean {
    const isSame = sizeBytes === entry.sizeBytes && mtimeMs === entry.mtimeMs;
    return this.#company.elixirO !== undefined && !isSame;
  }

  /** Before the order is on record, so that it is gone for certain: the next file of this name must not pass by it. */
  async #removeDone(fileName: string): Promise<void> {
    if (this.#company.elixirO?.complete !== 'done-file') return;
    const done = join(this.#company.outbox, doneName(fileName));
    if ((await this.#ports.files.stat(done))?.kind === 'file') await this.#ports.files.remove(done);
  }

  async #record(orderId: string, fileName: string, entry: FileEntry, restored = false): Promise<void> {
    await this.#context.book.record(orderId, {
      type: 'order-claimed',
      company: this.#company.name,
      fileName,
      workingName: workingName(orderId, fileName),
      sizeBytes: entry.sizeBytes,
      ...(restored ? { restored, tellFrom: firstUnusedTelling(orderId, this.#ports.clock.now()) } : {}),
    });
    this.#ports.log.info('order.claimed', {
      order: orderId,
      company: this.#company.name,
      file: fileName,
      sizeBytes: entry.sizeBytes,
    });
  }
}
