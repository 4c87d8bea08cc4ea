// The outbox as a witness: it keeps how far our journal had got, outside of the state folder. A state folder that was put back
// whole, or a copy of it that works elsewhere, fits itself; by this it is met before it sends what another life has sent.

import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { isUlid, ulid } from '../domain/identifiers.ts';
import { FileFailure, type FileStore } from '../files/file-store.ts';
import type { Journal, JournalRecord } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import type { CompanyFolders } from './outbound-ports.ts';

/** Lies beside the claimed files; their names begin with an order id. */
const NAME = 'reached';
const LABEL = 'goniec-reached-1';
const SIZE_BYTES_MAX = 4_096;
/** A journal that moves on is noted so often: what was put back from further back is met. */
const NOTED_EVERY_MS = 60_000;

export interface WitnessPorts {
  readonly journal: Journal;
  readonly files: FileStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** Another copy of our journal has worked on this outbox. Nothing may be sent any more; the sentence says what to do. */
export class OutboxDisowned extends Error {}

/** Our own life's side of it, for one outbox. */
export class OutboxWitness {
  readonly #ports: WitnessPorts;
  readonly #company: CompanyFolders;
  /** Drawn for this life: two copies of one journal differ by it from their first note on. */
  readonly #life: string;
  #isNoted = false;
  #isFailing = false;
  #notedSequence = -1;
  #noteDueMs = 0;

  constructor(ports: WitnessPorts, company: CompanyFolders) {
    this.#ports = ports;
    this.#company = company;
    this.#life = ulid(ports.clock.now(), ports.clock.random(10));
  }

  /**
   * Looks at what the outbox has noted, and notes how far we have got. An outbox that can not be reached says nothing; it is
   * asked again at the next look. Throws OutboxDisowned when it was noted by a life that our journal knows nothing of.
   */
  async look(): Promise<void> {
    try {
      const note = await readNote(this.#ports, this.#company.outbox);
      if (note !== undefined && note.life !== this.#life) await this.#judge(note, this.#company.outbox);
      await this.#note();
      this.#isFailing = false;
    } catch (failure) {
      if (!(failure instanceof FileFailure)) throw failure;
      this.#say(failure);
    }
  }

  /** Said once; of an outbox that is away others speak. */
  #say({ code, message }: FileFailure): void {
    if (this.#isFailing || code === 'gone' || code === 'missing') return;
    this.#isFailing = true;
    this.#ports.log.warn('outbox.not-noted', {
      company: this.#company.name,
      reason: message,
      remedy:
        'How far the journal has got can not be noted in our working folder there. Until it can, a state folder that is put back whole, or a copy of it, is not noticed.',
    });
  }

  async #judge({ life, sequence, at, stream }: Note, outbox: string): Promise<void> {
    // Who writes after us works beside us, however much of our journal he shares.
    if (this.#isNoted)
      throw new OutboxDisowned(
        `Another Goniec with a copy of our journal works on ${outbox} (run ${life}): its state folder and ours were one once, as after a machine was cloned. Both would send the same payments. Stop the one that is not meant to run, and take its state folder away.`,
      );
    const ours = sequence === 0 ? undefined : await recordAt(this.#ports.journal, sequence);
    if (sequence === 0 || (ours?.at === at && ours.stream === stream)) return;
    throw new OutboxDisowned(
      `The outbox ${outbox} has seen record ${sequence} of our journal, of ${at}, which the journal does not hold: the state folder was put back from an older copy or snapshot, or it is a copy of one that works elsewhere. Working on could send payments a second time. If another Goniec works with that journal, this one must not run. Else put the newest state folder back; if there is none, run "goniec journal restored": it holds what may have been sent since, and the banks are asked.`,
    );
  }

  async #note(): Promise<void> {
    const { journal, files, clock } = this.#ports;
    if (this.#isNoted && clock.running() < this.#noteDueMs) return;
    const last = await journal.last();
    // A record that a loss of power can still take away must not be noted: the next start would miss it.
    await journal.append([]);
    const sequence = last?.sequence ?? 0;
    if (this.#isNoted && sequence === this.#notedSequence) return;
    const text = [LABEL, this.#life, sequence, last?.at ?? '-', last?.stream ?? '-'].join(' ');
    await files.write(notePath(journal.id, this.#company.outbox), Buffer.from(`${text}\n`), {
      replace: true,
    });
    this.#isNoted = true;
    this.#notedSequence = sequence;
    this.#noteDueMs = clock.running() + NOTED_EVERY_MS;
  }
}

/** After a restore that a person put on record the outbox takes the journal as it is. */
export async function forgetNote(
  { journal, files }: Pick<WitnessPorts, 'journal' | 'files'>,
  { outbox }: CompanyFolders,
): Promise<void> {
  await files.remove(notePath(journal.id, outbox));
}

interface Note {
  readonly life: string;
  /** The last record of the journal when it was noted; 0 when there was none. */
  readonly sequence: number;
  readonly at: string;
  readonly stream: string;
}

function notePath(journalId: string, outbox: string): string {
  return join(outbox, '.working', journalId, NAME);
}

async function readNote(
  { journal, files }: Pick<WitnessPorts, 'journal' | 'files'>,
  outbox: string,
): Promise<Note | undefined> {
  const path = notePath(journal.id, outbox);
  if ((await files.stat(path)) === undefined) return undefined;
  const [label, life = '', sequence, at = '', ...stream] = Buffer.from(
    await files.readWhole(path, SIZE_BYTES_MAX),
  )
    .toString()
    .trimEnd()
    .split(' ');
  if (label !== LABEL || !isUlid(life) || !/^\d{1,15}$/.test(sequence ?? ''))
    throw new OutboxDisowned(
      `The file ${path} is not as Goniec left it. It tells an old copy of the journal from the newest one. Put it back; if it can not be, and the state folder is certainly the newest one, move the file away.`,
    );
  return { life, sequence: Number(sequence), at, stream: stream.join(' ') };
}

async function recordAt(journal: Journal, sequence: number): Promise<JournalRecord | undefined> {
  for await (const record of journal.records(sequence - 1)) return record;
  return undefined;
}
