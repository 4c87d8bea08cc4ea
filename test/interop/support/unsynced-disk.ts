// A disk that was written to by recorded system calls, and what a loss of power may leave on it: of what was
// not flushed anything may be missing, by blocks and in any order; names change in order.

import type { SystemCall } from './system-calls.ts';

/** A disk writes blocks of this size whole or not at all. */
const BLOCK_BYTES = 512;

export type Image = ReadonlyMap<string, Buffer>;

/** From 0 up to 1: which of the blocks not flushed, and how many of the changed names, have got there. */
export type Chance = () => number;

interface File {
  /** What is on the disk for certain. */
  durable: Buffer;
  pending: Extract<SystemCall, { kind: 'write' | 'truncate' }>[];
}

type Names = Map<string, File>;

export class UnsyncedDisk {
  #durable: Names = new Map();
  readonly #visible: Names = new Map();
  #changes: ((names: Names) => void)[] = [];

  perform(call: SystemCall): void {
    switch (call.kind) {
      case 'create': {
        const made: File = { durable: Buffer.alloc(0), pending: [] };
        if (!this.#visible.has(call.file)) this.#change((names) => names.set(call.file, made));
        break;
      }
      case 'unlink':
        this.#change((names) => names.delete(call.file));
        break;
      case 'rename':
        this.#change((names) => {
          const file = names.get(call.file);
          names.delete(call.file);
          if (file !== undefined) names.set(call.to, file);
        });
        break;
      case 'write':
      case 'truncate':
        this.#visible.get(call.file)?.pending.push(call);
        break;
      case 'flush':
        flush(this.#visible.get(call.file));
        break;
      case 'flush-folder':
        this.#durable = new Map(this.#visible);
        this.#changes = [];
        break;
      case 'print':
        break;
    }
  }

  /** What a loss of power leaves; a block or a change of name gets there when chance is below `share`. */
  afterPowerLoss(share: number, chance: Chance): Image {
    const names = new Map(this.#durable);
    for (const change of this.#changes.slice(0, Math.round(this.#changes.length * share))) change(names);
    return new Map([...names].map(([name, file]) => [name, contentOf(file, () => chance() < share)]));
  }

  #change(change: (names: Names) => void): void {
    change(this.#visible);
    this.#changes.push(change);
  }
}

function flush(file: File | undefined): void {
  if (file === undefined) return;
  file.durable = contentOf(file, () => true);
  file.pending = [];
}

/** The content with those pending blocks that get there. */
function contentOf(file: File, getsThere: () => boolean): Buffer {
  let content: Buffer = Buffer.from(file.durable);
  for (const call of file.pending) {
    if (call.kind === 'truncate') {
      if (getsThere()) content = resized(content, call.length);
      continue;
    }
    for (let at = 0; at < call.bytes.length;) {
      const position = call.position + at;
      const sizeBytes = Math.min(BLOCK_BYTES - (position % BLOCK_BYTES), call.bytes.length - at);
      if (getsThere()) {
        if (content.length < position + sizeBytes) content = resized(content, position + sizeBytes);
        call.bytes.copy(content, position, at, at + sizeBytes);
      }
      at += sizeBytes;
    }
  }
  return content;
}

function resized(content: Buffer, length: number): Buffer {
  const next = Buffer.alloc(length);
  content.copy(next);
  return next;
}
