// The head file: how far the journal had got, kept outside the database, so that a journal put back from an
// older copy is noticed. Two slots are written in turn, in place; a torn write spoils one and leaves the
// other.

import { createHash } from 'node:crypto';
import type { ChainEnd } from './hash-chain.ts';
import type { HeadDisk } from './journal-volume.ts';

export interface Head extends ChainEnd {
  readonly journalId: string;
  /** A working journal's own head, or the one that was written beside a backup. */
  readonly kind: 'own' | 'backup';
}

/** What reading a head file comes to. */
export type FoundHead = Head | 'missing' | 'unreadable';

/** Slots lie on pages of their own, because a disk writes and tears whole pages. */
const SLOT_OFFSET_BYTES = 4_096;
const SLOT_SIZE_BYTES = 256;
const SLOT_COUNT = 2;
const LABELS = { own: 'goniec-journal-head-1', backup: 'goniec-journal-backup-1' } as const;

/** An open head file; `write` resolves when the head is on the disk. */
export interface HeadFile {
  write(head: Head): Promise<void>;
  close(): Promise<void>;
}

/** The newer sound slot; a file with no sound slot is 'unreadable'. Safe while another process writes. */
export async function readHead(disk: HeadDisk): Promise<FoundHead> {
  const bytes = await disk.read();
  if (bytes === undefined) return 'missing';
  return newest(slotsOf(bytes))?.head ?? 'unreadable';
}

/**
 * Makes the file with `head` in both slots: from the first moment a torn write has something to fall back to.
 */
export async function createHead(disk: HeadDisk, head: Head): Promise<void> {
  const bytes = Buffer.alloc(SLOT_COUNT * SLOT_OFFSET_BYTES, ' ');
  for (let slot = 0; slot < SLOT_COUNT; slot++) bytes.set(encode(head), slot * SLOT_OFFSET_BYTES);
  await disk.create(bytes);
}

/** Opens an existing head file for writing. */
export async function openHead(disk: HeadDisk): Promise<HeadFile> {
  let current = newest(slotsOf((await disk.read()) ?? Buffer.alloc(0)))?.slot ?? 0;
  const file = await disk.open();
  return {
    async write(head) {
      // The slot that is not the newest is overwritten; the newest stays whole whatever happens here.
      const slot = (current + 1) % SLOT_COUNT;
      await file.write(encode(head), slot * SLOT_OFFSET_BYTES);
      await file.flush();
      current = slot;
    },
    close: () => file.close(),
  };
}

interface Slot {
  readonly slot: number;
  readonly head: Head;
}

function slotsOf(file: Uint8Array): readonly Slot[] {
  const slots: Slot[] = [];
  for (let slot = 0; slot < SLOT_COUNT; slot++) {
    const start = slot * SLOT_OFFSET_BYTES;
    const head = decode(file.subarray(start, start + SLOT_SIZE_BYTES));
    if (head !== undefined) slots.push({ slot, head });
  }
  return slots;
}

function newest(slots: readonly Slot[]): Slot | undefined {
  return slots.reduce<Slot | undefined>(
    (best, slot) => (best === undefined || slot.head.sequence > best.head.sequence ? slot : best),
    undefined,
  );
}

/** One line of text that a person can read, padded with spaces. */
function encode(head: Head): Uint8Array {
  const text = `${LABELS[head.kind]} ${head.journalId} ${head.sequence} ${Buffer.from(head.hash).toString('hex')}`;
  const line = `${text} ${checksum(text)}\n`;
  if (Buffer.byteLength(line) > SLOT_SIZE_BYTES) throw new RangeError(`head does not fit its slot: ${line}`);
  return Buffer.from(line.padEnd(SLOT_SIZE_BYTES, ' '), 'latin1');
}

function decode(slot: Uint8Array): Head | undefined {
  const line = Buffer.from(slot).toString('latin1').trimEnd();
  const end = line.lastIndexOf(' ');
  const text = line.slice(0, Math.max(end, 0));
  if (checksum(text) !== line.slice(end + 1)) return undefined;
  const [label, journalId, sequence, hash] = text.split(' ');
  const kind = label === LABELS.own ? 'own' : label === LABELS.backup ? 'backup' : undefined;
  if (kind === undefined || journalId === undefined || sequence === undefined || hash === undefined)
    return undefined;
  return { kind, journalId, sequence: Number(sequence), hash: Buffer.from(hash, 'hex') };
}

function checksum(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}
